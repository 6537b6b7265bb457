import type { FieldShape, MessageShape } from '../connect/message-shape.ts';
import type { MessageJson } from '../connect/procedure.ts';

/** The number that stands for the text of an int64, or the text itself where it shall stay. */
export type Int64Reading = (text: string) => number | string;

/** A message whose int64 fields are numbers wherever their document takes numbers. */
export type MessageNumbers = (message: MessageJson, reading?: Int64Reading) => MessageJson;

/**
 * The messages of a shape with numbers in place of the texts that decoding gives for int64, so that bounds are checked
 * and limits read. The default reading leaves texts that no JSON number holds exactly, beyond 2^53.
 */
export function createMessageNumbers(shape: MessageShape): MessageNumbers {
  let hasNumbers: boolean | undefined;
  return (message, reading = exactInt64) => {
    hasNumbers ??= holdsNumbers(shape);
    return hasNumbers ? withNumbers(shape, message, reading) : message;
  };
}

/** The number of an int64, or its text where a double would be another number. */
export function exactInt64(text: string): number | string {
  const number = Number(text);
  return Number.isSafeInteger(number) || BigInt(number) === BigInt(text) ? number : text;
}

/** The greatest double that is not above an int64, or the least that is not below it. */
export function roundedInt64(text: string, towards: 'below' | 'above'): number {
  const integer = BigInt(text);
  const size = integer < 0n ? -integer : integer;
  // A double holds 53 digits of two.
  const step = 2n ** BigInt(Math.max(0, size.toString(2).length - 53));
  const below = integer - (((integer % step) + step) % step);
  return Number(towards === 'below' || below === integer ? below : below + step);
}

/** Looks at every message that can be reached; a set goes on with what is added while it is gone through. */
function holdsNumbers(shape: MessageShape): boolean {
  const reached = new Set([shape]);
  for (const { fields } of reached) {
    for (const { type, jsonNumbers } of fields) {
      if (jsonNumbers !== undefined) return true;
      if (typeof type !== 'string') reached.add(type);
    }
  }
  return false;
}

function withNumbers(shape: MessageShape, message: MessageJson, reading: Int64Reading): MessageJson {
  const changed = shape.fields.flatMap((field) => {
    const value = message[field.jsonName];
    if (value === undefined || (typeof field.type === 'string' && field.jsonNumbers === undefined)) return [];
    return [[field.jsonName, fieldNumbers(field, value, reading)]];
  });
  return changed.length === 0 ? message : { ...message, ...Object.fromEntries(changed) };
}

function fieldNumbers(field: FieldShape, value: unknown, reading: Int64Reading): unknown {
  if (Array.isArray(value)) return value.map((element) => fieldNumbers(field, element, reading));
  if (typeof field.type === 'string') return typeof value === 'string' ? reading(value) : value;
  const isMessage = typeof value === 'object' && value !== null;
  // An object that stands where a message stands is one.
  return isMessage ? withNumbers(field.type, value as MessageJson, reading) : value;
}
