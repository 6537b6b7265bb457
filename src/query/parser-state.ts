import { isBlank, isDigit, isSeparator } from './characters.ts';
import { QueryError, quoteText } from './query-error.ts';
import type { QueryNode } from './query-tree.ts';

/** What the parser carries through one text. */
export interface ParserState {
  readonly text: string;
  /** Offset of the next character. */
  at: number;
  /** Brackets and negations open at this point. */
  depth: number;
  /** No field name can begin before this offset: a scan that failed is never repeated. */
  fieldFreeUntil: number;
  readonly positions: Map<QueryNode, number>;
}

/** Deepest nesting of brackets and negations. Source: assumed (the reference has no limit and aborts). */
export const MAX_DEPTH = 200;

/** The next character, or '' at the end. */
export function peek(state: ParserState): string {
  return state.text.charAt(state.at);
}

/** Steps over blanks that separate; tells whether there were any. */
export function skipSeparators(state: ParserState): boolean {
  const start = state.at;
  while (isSeparator(peek(state))) state.at += 1;
  return state.at > start;
}

/** Offset of the first character from `at` on that is not a separator. */
export function afterSeparators(text: string, at: number): number {
  let end = at;
  while (isSeparator(text.charAt(end))) end += 1;
  return end;
}

/** End of a run of digits with an optional fraction that begins at `at`; `at` itself when there is none. */
export function endOfNumber(text: string, at: number): number {
  const whole = endOfDigits(text, at);
  if (whole === at || text.charAt(whole) !== '.') return whole;
  const fraction = endOfDigits(text, whole + 1);
  return fraction === whole + 1 ? whole : fraction;
}

/** End of a run of digits that begins at `at`. */
export function endOfDigits(text: string, at: number): number {
  let end = at;
  while (isDigit(text.charAt(end))) end += 1;
  return end;
}

/** Runs `parse` one level deeper; throws when the text nests too deep. */
export function nested<T>(state: ParserState, parse: () => T): T {
  state.depth += 1;
  if (state.depth > MAX_DEPTH) {
    throw new QueryError({
      kind: 'syntax',
      problem: `brackets and NOT nest deeper than ${MAX_DEPTH} levels`,
      position: state.at,
      suggestion: 'use a set, field:IN [a b c], instead of nested brackets',
    });
  }
  const result = parse();
  state.depth -= 1;
  return result;
}

/** Remembers where a node began and gives it back. */
export function located<N extends QueryNode>(state: ParserState, start: number, node: N): N {
  state.positions.set(node, start);
  return node;
}

/** The error for an unexpected character at the parser's place. */
export function unexpected(state: ParserState, expected: string, suggestion?: string): QueryError {
  const char = String.fromCodePoint(state.text.codePointAt(state.at) ?? 0);
  const found = state.at >= state.text.length ? 'the query ends' : `unexpected ${quoteText(char)}`;
  return new QueryError({
    kind: 'syntax',
    problem: found,
    position: state.at,
    expected,
    suggestion: suggestion ?? hintFor(peek(state)),
  });
}

const HINTS: Readonly<Record<string, string>> = {
  ':': 'a value with a colon must be quoted, e.g. user:"idp:formal:human:x"',
  "'": 'a text with an apostrophe must stand in double quotes',
  '"': 'close the quotes, and put a blank between clauses',
  '^': 'a boost is a caret and a number, e.g. a^2',
  '[': 'write \\[ for a bracket inside a word',
  '(': 'put a blank before a bracket',
  ')': 'a bracket is closed that was not opened, or holds nothing',
  '-': 'a minus must touch a single clause; quote a value that begins with one',
  '!': 'there is no ! operator: write NOT or -',
};

function hintFor(char: string): string | undefined {
  if (isBlank(char) && !isSeparator(char)) {
    const code = char.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase();
    const name = char === '\u00a0' ? 'a no-break space' : 'not a plain space';
    return `U+${code} is ${name}, often left by copy and paste: replace it by a plain space`;
  }
  return HINTS[char];
}
