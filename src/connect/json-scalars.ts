import { integerDigits, numberLength } from './json-number.ts';
import type { ScalarType } from './message-shape.ts';

/** A JSON scalar as the tokenizer found it. */
export interface JsonScalar {
  /** What the token was. */
  readonly kind: 'number' | 'string' | 'bool' | 'other';
  /** The value of a string, the spelling of everything else. */
  readonly text: string;
}

/** A scalar field's canonical JSON value. */
export type ScalarValue = string | number | boolean;

/**
 * The canonical value of a scalar field, undefined when the token cannot be one: int64 as decimal text, bytes as
 * padded base64, NaN and the infinities of a double as text. Source: measured.
 */
export function parseScalar(type: ScalarType, scalar: JsonScalar): ScalarValue | undefined {
  switch (type) {
    case 'string':
      return scalar.kind === 'string' ? scalar.text : undefined;
    case 'bool':
      return scalar.kind === 'bool' ? scalar.text === 'true' : undefined;
    case 'int32':
      return parseInteger(scalar, -(2n ** 31n), 2n ** 31n - 1n)?.number;
    case 'uint32':
      return parseInteger(scalar, 0n, 2n ** 32n - 1n)?.number;
    case 'int64':
      return parseInteger(scalar, -(2n ** 63n), 2n ** 63n - 1n)?.text;
    case 'double':
      return parseDouble(scalar);
    case 'bytes':
      return scalar.kind === 'string' ? parseBytes(scalar.text) : undefined;
    default:
      return type satisfies never;
  }
}

/** True for the value an unset field has, which the wire leaves out. */
export function isZeroValue(value: ScalarValue, type: ScalarType): boolean {
  if (type === 'int64') return value === '0' || value === 0;
  return value === '' || value === false || Object.is(value, 0);
}

function numberText(scalar: JsonScalar): string | undefined {
  if (scalar.kind === 'number') return scalar.text;
  if (scalar.kind !== 'string' || /^\s|\s$/u.test(scalar.text)) return undefined;
  // Only the first token of the text counts: "1 2" is 1. Source: measured.
  const bytes = Buffer.from(scalar.text);
  return bytes.toString('latin1', 0, numberLength(bytes, 0));
}

const SMALL_INTEGER = /^(?:0|[1-9][0-9]{0,8})$/;

function parseInteger(
  scalar: JsonScalar,
  lowest: bigint,
  highest: bigint,
): { readonly number: number; readonly text: string } | undefined {
  const text = numberText(scalar) ?? '';
  if (SMALL_INTEGER.test(text)) return { number: Number(text), text };
  const digits = integerDigits(text);
  if (digits === undefined || digits.length > 21) return undefined;
  const integer = BigInt(digits);
  if (integer < lowest || integer > highest) return undefined;
  return { number: Number(integer), text: String(integer) };
}

function parseDouble(scalar: JsonScalar): ScalarValue | undefined {
  if (scalar.kind === 'string' && /^(NaN|-?Infinity)$/.test(scalar.text)) return scalar.text;
  const text = numberText(scalar);
  if (text === undefined || text === '') return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

const BASE64 = /^(?:[A-Za-z0-9+/]*|[A-Za-z0-9_-]*)$/;

/** Line breaks are passed over, after the length has decided whether padding is due. Source: measured. */
function parseBytes(text: string): string | undefined {
  const isPadded = text.length % 4 === 0;
  const joined = text.replace(/[\r\n]/g, '');
  if (isPadded && joined.length % 4 !== 0) return undefined;
  const body = isPadded ? joined.replace(/={1,2}$/, '') : joined;
  if (body.length % 4 === 1 || !BASE64.test(body)) return undefined;
  return Buffer.from(body, 'base64').toString('base64');
}
