import { utf8Length } from './text-size.ts';

/**
 * How a field's text is cut and compared. `raw`: whole value, case kept. `lowercase`, `raw_lowercase`: whole
 * value, lower-cased. `text`, `default`: cut at every non-alphanumeric character, lower-cased. `whitespace`: cut
 * at blanks, case kept. Source: documented (Quickwit tokenizers).
 */
export type TextType = 'raw' | 'lowercase' | 'raw_lowercase' | 'text' | 'default' | 'whitespace';

/** Longest token in bytes; longer ones are not indexed. Source: documented (Quickwit). */
export const MAX_TOKEN_BYTES = 255;

const ALPHANUMERIC = /[\p{Alphabetic}\p{N}]+/gu;
const NOT_BLANK = /\P{White_Space}+/gu;
const NON_ASCII = /[\u0080-\uffff]/;

/** Tells whether values of this type are matched token by token. */
export function isTokenised(type: TextType): boolean {
  return type === 'text' || type === 'default' || type === 'whitespace';
}

/** Tells whether values of this type are compared without regard to case. */
export function isCaseFolded(type: TextType): boolean {
  return type !== 'raw' && type !== 'whitespace';
}

/** The tokens of a text in order; a token too long to be indexed leaves its place empty. */
export function tokenize(type: TextType, text: string): readonly string[] {
  if (type === 'whitespace') return text.match(NOT_BLANK) ?? [];
  const tokens = text.match(ALPHANUMERIC) ?? [];
  return tokens.map((token) => (isIndexed(token) ? lowerCase(token) : ''));
}

/** Tells whether a whole value or token is short enough to be indexed. */
export function isIndexed(text: string): boolean {
  return (
    text.length * 3 <= MAX_TOKEN_BYTES ||
    (text.length <= MAX_TOKEN_BYTES && utf8Length(text) <= MAX_TOKEN_BYTES)
  );
}

/** Lower case character by character: unlike JavaScript's own, blind to the place in a word (Greek sigma). */
export function lowerCase(text: string): string {
  if (!NON_ASCII.test(text)) return text.toLowerCase();
  let lower = '';
  for (const char of text) lower += char.toLowerCase();
  return lower;
}
