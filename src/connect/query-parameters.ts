import { ConnectError } from './connect-error.ts';

/**
 * The query of a URL as Go reads it: `+` is a space, the first value of a name counts, pairs with a `;` or a broken
 * escape are left out. Values are bytes, as they need not be text. Source: measured.
 */
export function parseQuery(url: string): ReadonlyMap<string, Buffer> {
  const parameters = new Map<string, Buffer>();
  const start = url.indexOf('?');
  for (const pair of start === -1 ? [] : url.slice(start + 1).split('&')) {
    if (pair === '' || pair.includes(';')) continue;
    const [rawName, rawValue] = splitPair(pair);
    const name = unescapeQuery(rawName)?.toString();
    const value = unescapeQuery(rawValue);
    if (name !== undefined && value !== undefined && !parameters.has(name)) parameters.set(name, value);
  }
  return parameters;
}

function splitPair(pair: string): readonly [string, string] {
  const separator = pair.indexOf('=');
  return separator === -1 ? [pair, ''] : [pair.slice(0, separator), pair.slice(separator + 1)];
}

function unescapeQuery(text: string): Buffer | undefined {
  if (!/[%+]/.test(text)) return Buffer.from(text);
  if (/%(?![0-9a-fA-F]{2})/.test(text)) return undefined;
  const source = Buffer.from(text);
  const unescaped = Buffer.allocUnsafe(source.length);
  let length = 0;
  for (let at = 0; at < source.length; at += 1) {
    let byte = source[at] ?? 0;
    if (byte === 0x2b) byte = 0x20;
    if (byte === 0x25) {
      byte = Number.parseInt(source.toString('latin1', at + 1, at + 3), 16);
      at += 2;
    }
    unescaped[length++] = byte;
  }
  return unescaped.subarray(0, length);
}

/**
 * Decodes the URL-safe base64 of a `message` parameter, padded or not; its length tells which. Throws `unknown` (not
 * `invalid_argument`) for anything else. Source: measured.
 */
export function decodeQueryBase64(value: Buffer): Buffer {
  const text = value.toString('latin1').replace(/[\r\n]/g, '');
  if (value.length % 4 === 0) assertPadded(text);
  else assertUnpadded(text);
  return Buffer.from(text, 'base64url');
}

const NOT_BASE64URL = /[^A-Za-z0-9_-]/;

function assertPadded(text: string): void {
  const bad = text.search(NOT_BASE64URL);
  if (bad !== -1) {
    const padding = 4 - (bad % 4);
    if (padding > 2 || !text.startsWith('='.repeat(padding), bad)) throw illegal(bad);
    if (bad + padding < text.length) throw illegal(bad + padding);
  }
  if (text.length % 4 !== 0) throw new ConnectError('unknown', 'read message: unexpected EOF');
}

function assertUnpadded(text: string): void {
  const bad = text.search(NOT_BASE64URL);
  // What is left after the last full group of four is a fragment with positions of its own.
  const fragment = text.length - (text.length % 4);
  if (bad !== -1) throw illegal(bad >= fragment ? bad - fragment : bad);
  if (text.length % 4 === 1) throw illegal(0);
}

function illegal(at: number): ConnectError {
  return new ConnectError('unknown', `read message: illegal base64 data at input byte ${at}`);
}
