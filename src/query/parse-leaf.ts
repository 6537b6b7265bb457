import { isBlank, isBoundCharacter, isDelimiter, isNameSpecial, isSeparator } from './characters.ts';
import { parseValue } from './parse-value.ts';
import {
  afterSeparators,
  endOfDigits,
  endOfNumber,
  located,
  type ParserState,
  peek,
  skipSeparators,
  unexpected,
} from './parser-state.ts';
import { quoteText } from './query-error.ts';
import type { QueryNode, RangeEnds } from './query-tree.ts';

/** The field of a leaf: its own name, else the one of the group it stands in. */
export interface LeafField {
  readonly own: string | null;
  readonly name: string | null;
}

/** Reads `name :` when the text goes on with one; else leaves the parser where it is and gives null. */
export function readFieldName(state: ParserState): string | null {
  const { text, at: start } = state;
  // Scans of the same run of name characters all end at the same place, unless one begins inside an escape.
  if (start < state.fieldFreeUntil && text.charAt(start - 1) !== '\\') return null;
  let end = endOfFirstNameCharacter(text, start);
  if (end === start) return null;
  let name = text.slice(end - 1, end);
  let from = end;
  while (end < text.length) {
    const char = text.charAt(end);
    if (char === '\\' && isNameSpecial(text.charAt(end + 1)) && end + 1 < text.length) {
      name += text.slice(from, end);
      from = end + 1;
      end += 2;
    } else if (char !== '\\' && isNameSpecial(char)) break;
    else end += 1;
  }
  const colon = afterSeparators(text, end);
  if (text.charAt(colon) !== ':') {
    state.fieldFreeUntil = Math.max(state.fieldFreeUntil, end);
    return null;
  }
  state.at = afterSeparators(text, colon + 1);
  return name + text.slice(from, end);
}

function endOfFirstNameCharacter(text: string, start: number): number {
  const first = text.charAt(start);
  if (first === '\\')
    return start + 1 < text.length && isNameSpecial(text.charAt(start + 1)) ? start + 2 : start;
  return first === '' || first === '-' || isNameSpecial(first) ? start : start + 1;
}

/** Parses what follows an optional field name: range, set, presence, pattern or term. Throws QueryError. */
export function parseLeaf(state: ParserState, field: LeafField, start: number): QueryNode {
  const node =
    parseComparison(state, field) ??
    parseInterval(state, field) ??
    parseSet(state, field) ??
    parseExists(state, field) ??
    parsePattern(state, field) ??
    parseTerm(state, field);
  return located(state, start, node);
}

const COMPARISONS = [
  ['>=', 'gte'],
  ['<=', 'lte'],
  ['<', 'lt'],
  ['>', 'gt'],
] as const;

function parseComparison(state: ParserState, field: LeafField): QueryNode | undefined {
  const at = afterSeparators(state.text, state.at);
  const found = COMPARISONS.find(([sign]) => state.text.startsWith(sign, at));
  if (found === undefined) return undefined;
  const [sign, end] = found;
  const bound = readBound(state.text, afterSeparators(state.text, at + sign.length));
  if (bound === undefined) return undefined;
  state.at = bound.end;
  return { range: { field: field.name, [end]: bound.text } };
}

function parseInterval(state: ParserState, field: LeafField): QueryNode | undefined {
  const open = peek(state);
  if (open !== '[' && open !== '{') return undefined;
  state.at += 1;
  skipSeparators(state);
  const lower = requireBound(state);
  requireSeparator(state, 'a blank and TO');
  if (!state.text.startsWith('TO', state.at)) {
    throw unexpected(state, 'TO between the ends of a range', 'write [1 TO 5]; TO is upper case');
  }
  state.at += 2;
  requireSeparator(state, 'a blank after TO');
  const upper = requireBound(state);
  skipSeparators(state);
  const close = peek(state);
  if (close !== ']' && close !== '}') {
    throw unexpected(
      state,
      '] or } at the end of the range',
      'ends of a range hold no blank, quote or bracket',
    );
  }
  state.at += 1;
  const ends: RangeEnds = {
    ...(lower === '*' ? {} : { [open === '[' ? 'gte' : 'gt']: lower }),
    ...(upper === '*' ? {} : { [close === ']' ? 'lte' : 'lt']: upper }),
  };
  return { range: { field: field.name, ...ends } };
}

function requireSeparator(state: ParserState, expected: string): void {
  if (!skipSeparators(state)) throw unexpected(state, expected);
}

function requireBound(state: ParserState): string {
  const bound = readBound(state.text, state.at);
  if (bound === undefined) {
    throw unexpected(state, 'an end of the range', 'ends of a range hold no blank, quote or bracket');
  }
  state.at = bound.end;
  return bound.text;
}

function readBound(text: string, at: number): { readonly text: string; readonly end: number } | undefined {
  if (text.charAt(at) === '-') {
    const end = endOfNumber(text, at + 1);
    if (end > at + 1) return { text: text.slice(at, end), end };
  }
  if (text.charAt(at) === '`' || !isBoundCharacter(text.charAt(at))) return undefined;
  let end = at;
  while (isBoundCharacter(text.charAt(end))) end += 1;
  return { text: text.slice(at, end), end };
}

function parseSet(state: ParserState, field: LeafField): QueryNode | undefined {
  const at = afterSeparators(state.text, state.at);
  if (!state.text.startsWith('IN', at)) return undefined;
  const bracket = afterSeparators(state.text, at + 2);
  if (bracket === at + 2 || state.text.charAt(bracket) !== '[') return undefined;
  state.at = bracket + 1;
  skipSeparators(state);
  const values: string[] = [];
  while (peek(state) !== ']') {
    if (values.length > 0) requireSeparator(state, 'a blank or ] in the set');
    if (peek(state) === ']')
      throw unexpected(state, 'a value', 'leave no blank before the closing bracket of a set');
    values.push(parseValue(state, 'a value or ] in the set').text);
  }
  state.at += 1;
  return { set: { field: field.name, values } };
}

function parseExists(state: ParserState, field: LeafField): QueryNode | undefined {
  if (field.own === null || peek(state) !== '*') return undefined;
  const next = state.text.charAt(state.at + 1);
  if (next !== '' && !isBlank(next) && !isDelimiter(next)) return undefined;
  state.at += 1;
  return { exists: field.own };
}

function parsePattern(state: ParserState, field: LeafField): QueryNode | undefined {
  if (peek(state) !== '/') return undefined;
  const { text } = state;
  let end = state.at + 1;
  let pattern = '';
  let from = end;
  while (end < text.length && text.charAt(end) !== '/') {
    if (text.startsWith('\\/', end)) {
      pattern += text.slice(from, end);
      from = end + 1;
      end += 2;
    } else end += 1;
  }
  if (end >= text.length || end === state.at + 1) return undefined;
  const next = text.charAt(end + 1);
  if (next !== '' && next !== ')' && next !== '^' && !isSeparator(next)) return undefined;
  state.at = end + 1;
  return { regex: { field: field.name, pattern: pattern + text.slice(from, end) } };
}

function parseTerm(state: ParserState, field: LeafField): QueryNode {
  const expected =
    field.own === null ? 'a word, a field or a bracket' : `a value for ${quoteText(field.own)}`;
  const { text, quote } = parseValue(state, expected);
  const base = { field: field.name, text, quote };
  if (peek(state) === '*') {
    state.at += 1;
    return { term: { ...base, prefix: true } };
  }
  const slop = readSlop(state);
  return { term: slop > 0 ? { ...base, slop } : base };
}

const MAX_SLOP = 4_294_967_295;

function readSlop(state: ParserState): number {
  if (peek(state) !== '~') return 0;
  const end = endOfDigits(state.text, state.at + 1);
  const slop = Number(state.text.slice(state.at + 1, end));
  if (end === state.at + 1 || slop > MAX_SLOP) return 0;
  state.at = end;
  return slop;
}
