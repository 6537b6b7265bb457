import { goQuoteBytes, goQuoteCharacter } from './go-quote.ts';
import { ProtoJsonError, syntaxError, UNEXPECTED_EOF } from './proto-json-error.ts';
import { utf8SequenceLength } from './utf8.ts';

/**
 * Checks the JSON string that starts at `start` (its opening quote) and returns the byte after its closing quote.
 * Throws ProtoJsonError for bad escapes, control characters, lone surrogates and bytes that are not UTF-8.
 */
export function scanJsonString(bytes: Buffer, start: number): number {
  let at = start + 1;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x22) return at + 1;
    at = byte >= 0x20 && byte < 0x80 && byte !== 0x5c ? at + 1 : scanSpecial(bytes, start, at);
  }
  throw new ProtoJsonError(UNEXPECTED_EOF);
}

/** Checks an escape, a control character or a character beyond ASCII; returns the byte after it. */
function scanSpecial(bytes: Buffer, start: number, at: number): number {
  const byte = bytes[at] ?? 0;
  if (byte === 0x5c) return scanEscape(bytes, start, at);
  if (byte < 0x20) {
    const character = goQuoteCharacter(String.fromCharCode(byte));
    throw syntaxError(bytes, start, `invalid character ${character} in string`);
  }
  const length = utf8SequenceLength(bytes, at);
  if (length === 0) throw syntaxError(bytes, start, 'invalid UTF-8 in string');
  return at + length;
}

const SHORT_ESCAPES = Buffer.from('"\\/bfnrt');

function scanEscape(bytes: Buffer, start: number, at: number): number {
  const escaped = bytes[at + 1];
  if (escaped === undefined) throw new ProtoJsonError(UNEXPECTED_EOF);
  if (SHORT_ESCAPES.includes(escaped)) return at + 2;
  if (escaped !== 0x75) throw badEscape(bytes, start, bytes.subarray(at, at + 2));
  const unit = hexUnit(bytes, at);
  if (unit === undefined) throw badEscape(bytes, start, bytes.subarray(at, at + 6));
  if (unit < 0xd800 || unit > 0xdfff) return at + 6;
  return scanLowSurrogate(bytes, { start, at: at + 6, high: unit });
}

function scanLowSurrogate(bytes: Buffer, pair: { start: number; at: number; high: number }): number {
  const { start, at, high } = pair;
  const low = hexUnit(bytes, at);
  const isPair = high < 0xdc00 && low !== undefined && low >= 0xdc00 && low <= 0xdfff;
  if (!isPair || bytes[at] !== 0x5c || bytes[at + 1] !== 0x75) {
    throw badEscape(bytes, start, bytes.subarray(at, at + 6));
  }
  return at + 6;
}

/** The code unit of a `\uXXXX` escape, undefined when the digits are not hexadecimal. */
function hexUnit(bytes: Buffer, at: number): number | undefined {
  if (at + 6 > bytes.length) throw new ProtoJsonError(UNEXPECTED_EOF);
  const digits = bytes.toString('latin1', at + 2, at + 6);
  return /^[0-9a-fA-F]{4}$/.test(digits) ? Number.parseInt(digits, 16) : undefined;
}

function badEscape(bytes: Buffer, start: number, bad: Buffer): ProtoJsonError {
  return syntaxError(bytes, start, `invalid escape code ${goQuoteBytes(bad)} in string`);
}

/** The value of a string that {@link scanJsonString} has passed; `start` and `end` include the quotes. */
export function decodeJsonString(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString('utf8', start + 1, end - 1);
  if (!text.includes('\\')) return text;
  // The escapes are checked already and JSON's are the same everywhere.
  return String(JSON.parse(`"${text}"`));
}
