const PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
  ['\\', '\\\\'],
]);

function quoteCharacter(character: string, quote: string): string {
  if (character === quote) return `\\${quote}`;
  const short = SHORT_ESCAPES.get(character);
  if (short !== undefined) return short;
  if (PRINTABLE.test(character)) return character;
  const codePoint = character.codePointAt(0) ?? 0;
  if (codePoint < 0x80) return `\\x${codePoint.toString(16).padStart(2, '0')}`;
  if (codePoint < 0x10000) return `\\u${codePoint.toString(16).padStart(4, '0')}`;
  return `\\U${codePoint.toString(16).padStart(8, '0')}`;
}

/** The text in double quotes as Go's `%q` writes it: the form values take in connect-go's messages. */
export function goQuote(text: string): string {
  return `"${Array.from(text, (character) => quoteCharacter(character, '"')).join('')}"`;
}

/** One character in single quotes as Go's `%q` writes it. */
export function goQuoteCharacter(character: string): string {
  return `'${quoteCharacter(character, "'")}'`;
}

/** The bytes in double quotes as Go's `%q` writes them: bytes that are not UTF-8 become `\xff`. */
export function goQuoteBytes(bytes: Uint8Array): string {
  let quoted = '';
  for (let at = 0; at < bytes.length; ) {
    const character = decodeCharacter(bytes.subarray(at, at + 4));
    if (character === undefined) {
      quoted += `\\x${(bytes[at] ?? 0).toString(16).padStart(2, '0')}`;
      at += 1;
      continue;
    }
    quoted += quoteCharacter(character, '"');
    at += Buffer.byteLength(character);
  }
  return `"${quoted}"`;
}

const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The UTF-8 character at the start of the bytes; undefined when they do not start with one. */
export function decodeCharacter(bytes: Uint8Array): string | undefined {
  const first = bytes[0];
  if (first === undefined) return undefined;
  const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  if (bytes.length < length) return undefined;
  try {
    return STRICT_UTF8.decode(bytes.subarray(0, length));
  } catch {
    return undefined;
  }
}
