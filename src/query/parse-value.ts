import { isBlank, isDelimiter, isWordCharacter } from './characters.ts';
import { endOfNumber, type ParserState, peek, unexpected } from './parser-state.ts';
import { QueryError } from './query-error.ts';
import type { QuoteStyle } from './query-tree.ts';

/** A value and the quotes it was written in. */
export interface ParsedValue {
  readonly text: string;
  readonly quote: QuoteStyle;
}

const KEYWORDS: ReadonlySet<string> = new Set(['AND', 'OR', 'NOT', 'IN']);

/** Parses a negative number, a quoted text or a word. Throws QueryError, saying what was `expected`. */
export function parseValue(state: ParserState, expected: string): ParsedValue {
  const first = peek(state);
  if (first === '"' || first === "'") return parseQuoted(state, first);
  if (first === '-') {
    const end = endOfNumber(state.text, state.at + 1);
    if (end === state.at + 1) throw unexpected(state, expected);
    return take(state, end);
  }
  return parseWord(state, expected);
}

function take(state: ParserState, end: number): ParsedValue {
  const text = state.text.slice(state.at, end);
  state.at = end;
  return { text, quote: 'none' };
}

function parseQuoted(state: ParserState, quote: '"' | "'"): ParsedValue {
  const { text } = state;
  let end = state.at + 1;
  let value = '';
  let from = end;
  while (end < text.length && text.charAt(end) !== quote) {
    if (text.charAt(end) === '\\') {
      value += text.slice(from, end);
      from = end + 1;
      end += 2;
    } else end += 1;
  }
  if (end >= text.length) {
    throw new QueryError({
      kind: 'syntax',
      problem: `a ${quote} is not closed`,
      position: state.at,
      expected: `a closing ${quote}`,
      suggestion: `write \\${quote} for a quote inside the text`,
    });
  }
  state.at = end + 1;
  return { text: value + text.slice(from, end), quote: quote === '"' ? 'double' : 'single' };
}

function parseWord(state: ParserState, expected: string): ParsedValue {
  const end = endOfWord(state.text, state.at);
  if (end === state.at) throw unexpected(state, expected);
  const raw = state.text.slice(state.at, end);
  if (KEYWORDS.has(raw)) {
    throw new QueryError({
      kind: 'syntax',
      problem: `${raw} stands where a value belongs`,
      position: state.at,
      expected,
      suggestion: `follow AND and OR by a plain space and a clause, or quote the word: "${raw}"`,
    });
  }
  refuseStarBeforeOddBlank(state, end, raw);
  state.at = end;
  return { text: unescapeWord(raw), quote: 'none' };
}

function endOfWord(text: string, start: number): number {
  let end = start;
  for (;;) {
    const char = text.charAt(end);
    if (char === '\\' && end + 1 < text.length) end += 2;
    else if (isWordCharacter(char)) end += 1;
    else return end;
  }
}

// The reference aborts on a lone star followed by such a blank; a plain error serves better.
function refuseStarBeforeOddBlank(state: ParserState, end: number, raw: string): void {
  if (raw !== '*' || !isBlank(state.text.charAt(end))) return;
  state.at = end;
  throw unexpected(state, 'a space after *');
}

/** A backslash goes away only before a blank, `-`, `\` and the characters that end a word. */
function unescapeWord(raw: string): string {
  let text = '';
  let from = 0;
  let at = raw.indexOf('\\');
  while (at !== -1) {
    const next = raw.charAt(at + 1);
    if (next === '-' || next === '\\' || isBlank(next) || isDelimiter(next)) {
      text += raw.slice(from, at);
      from = at + 1;
    }
    at = raw.indexOf('\\', at + 2);
  }
  return text + raw.slice(from);
}
