const SPECIALS: ReadonlySet<string> = new Set('+^`:{}"\'[]()!\\* ');
const DELIMITERS: ReadonlySet<string> = new Set('^`:{}"\'[]()');
const BOUND_STOPS: ReadonlySet<string> = new Set('{}"[]()');

/** What separates clauses: space, tab, CR, LF. Source: measured (tantivy grammar). */
export function isSeparator(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\r' || char === '\n';
}

/** Unicode white space: ends a word, but only {@link isSeparator} separates. Source: measured. */
export function isBlank(char: string): boolean {
  if (char <= ' ') return char === ' ' || (char >= '\t' && char <= '\r');
  if (char < '\u0085') return false;
  return (
    char === '\u0085' ||
    char === '\u00a0' ||
    char === '\u1680' ||
    (char >= '\u2000' && char <= '\u200a') ||
    char === '\u2028' ||
    char === '\u2029' ||
    char === '\u202f' ||
    char === '\u205f' ||
    char === '\u3000'
  );
}

/** Characters that a field name holds only after a backslash. Source: measured. */
export function isNameSpecial(char: string): boolean {
  return SPECIALS.has(char);
}

/** Characters that end a word wherever they stand. Source: measured. */
export function isDelimiter(char: string): boolean {
  return DELIMITERS.has(char);
}

/** Characters that may stand inside the end of a range. Source: measured. */
export function isBoundCharacter(char: string): boolean {
  return char !== '' && !BOUND_STOPS.has(char) && !isBlank(char);
}

/** Characters that may stand inside a word without a backslash. Source: measured. */
export function isWordCharacter(char: string): boolean {
  return char !== '' && char !== '\\' && !DELIMITERS.has(char) && !isBlank(char);
}

/** ASCII digits only. */
export function isDigit(char: string): boolean {
  return char >= '0' && char <= '9' && char.length === 1;
}
