import {
  ANY_CHARACTER,
  type CharacterSet,
  invertRanges,
  shorthandRanges,
  singleCharacter,
} from './character-set.ts';
import { endOfDigits } from './parser-state.ts';
import { PatternError, type PatternNode } from './pattern-tree.ts';

interface PatternState {
  readonly text: string;
  at: number;
  depth: number;
}

const MAX_GROUP_DEPTH = 100;
const MAX_COUNT = 1000;
const CONTROL: Readonly<Record<string, number>> = {
  n: 0x0a,
  t: 0x09,
  r: 0x0d,
  f: 0x0c,
  v: 0x0b,
  a: 0x07,
  '0': 0,
};

/**
 * Reads a pattern: characters, `.`, `[…]`, `\d \w \s`, groups, `|`, `* + ? {n,m}`. It is always anchored, so there
 * is no `^ $ \b`; nor are there lazy counts, back-references or look-around. Throws PatternError.
 * Source: measured (tantivy patterns).
 */
export function parsePattern(text: string): PatternNode {
  const state: PatternState = { text, at: 0, depth: 0 };
  const node = parseChoice(state);
  if (state.at < text.length) throw new PatternError('bad_value', 'a ) without its (');
  return node;
}

function parseChoice(state: PatternState): PatternNode {
  const options = [parseSequence(state)];
  while (state.text.charAt(state.at) === '|') {
    state.at += 1;
    options.push(parseSequence(state));
  }
  const [only] = options;
  return only !== undefined && options.length === 1 ? only : { kind: 'choice', options };
}

function parseSequence(state: PatternState): PatternNode {
  const parts: PatternNode[] = [];
  for (;;) {
    const char = state.text.charAt(state.at);
    if (char === '' || char === '|' || char === ')') return { kind: 'sequence', parts };
    parts.push(parseRepeats(state));
  }
}

function parseRepeats(state: PatternState): PatternNode {
  const part = parseAtom(state);
  const count = readCount(state);
  if (count === undefined) return part;
  const next = state.text.charAt(state.at);
  if (next === '?') throw new PatternError('unsupported', 'lazy counts such as *?');
  if (next === '*' || next === '+' || next === '{')
    throw new PatternError('bad_value', 'a count upon a count');
  return { kind: 'repeat', part, ...count };
}

function readCount(state: PatternState): { min: number; max: number } | undefined {
  const char = state.text.charAt(state.at);
  if (char === '{') return readBraces(state);
  if (char !== '*' && char !== '+' && char !== '?') return undefined;
  state.at += 1;
  return { min: char === '+' ? 1 : 0, max: char === '?' ? 1 : Number.POSITIVE_INFINITY };
}

function readBraces(state: PatternState): { min: number; max: number } {
  const close = state.text.indexOf('}', state.at);
  const [low = '', high, ...rest] = state.text
    .slice(state.at + 1, close === -1 ? undefined : close)
    .split(',', 3);
  const isNumber = (digits: string): boolean => digits !== '' && endOfDigits(digits, 0) === digits.length;
  const isWellFormed =
    isNumber(low) && (high === undefined || high === '' || isNumber(high)) && rest.length === 0;
  if (close === -1 || !isWellFormed)
    throw new PatternError('bad_value', 'a count that is not {n}, {n,} or {n,m}');
  const min = Number(low);
  const max = high === undefined ? min : high === '' ? Number.POSITIVE_INFINITY : Number(high);
  if (max < min) throw new PatternError('bad_value', `a count whose end is below its start: {${min},${max}}`);
  if (min > MAX_COUNT || (max !== Number.POSITIVE_INFINITY && max > MAX_COUNT)) {
    throw new PatternError('unsupported', `counts above ${MAX_COUNT}`);
  }
  state.at = close + 1;
  return { min, max };
}

function parseAtom(state: PatternState): PatternNode {
  const char = state.text.charAt(state.at);
  if (char === '(') return parseGroup(state);
  if (char === '[') return { kind: 'set', set: parseBracketSet(state) };
  if (char === '\\') return { kind: 'set', set: parseEscape(state) };
  if (char === '*' || char === '+' || char === '?' || char === '{') {
    throw new PatternError('bad_value', `a count without anything to count: ${char}`);
  }
  if (char === '^' || char === '$') {
    throw new PatternError('unsupported', `${char}: a pattern is always anchored at both ends, leave it out`);
  }
  const point = state.text.codePointAt(state.at) ?? 0;
  state.at += point > 0xffff ? 2 : 1;
  return { kind: 'set', set: char === '.' ? ANY_CHARACTER : singleCharacter(point) };
}

function parseGroup(state: PatternState): PatternNode {
  state.at += 1;
  state.depth += 1;
  if (state.depth > MAX_GROUP_DEPTH) throw new PatternError('unsupported', 'groups nested this deep');
  if (state.text.charAt(state.at) === '?') {
    if (!state.text.startsWith('?:', state.at))
      throw new PatternError('unsupported', 'look-around and flags, (?…)');
    state.at += 2;
  }
  const node = parseChoice(state);
  if (state.text.charAt(state.at) !== ')') throw new PatternError('bad_value', 'a ( that is not closed');
  state.at += 1;
  state.depth -= 1;
  return node;
}

function parseEscape(state: PatternState): CharacterSet {
  const point = state.text.codePointAt(state.at + 1);
  if (point === undefined) throw new PatternError('bad_value', 'a backslash at the end');
  const char = String.fromCodePoint(point);
  const ranges = shorthandRanges(char.toLowerCase());
  state.at += 1 + char.length;
  if (ranges !== undefined) return { ranges, isNegated: char !== char.toLowerCase() };
  if (Object.hasOwn(CONTROL, char)) return singleCharacter(CONTROL[char] ?? 0);
  if (/[a-zA-Z1-9]/.test(char)) throw new PatternError('unsupported', `\\${char}`);
  return singleCharacter(point);
}

function parseBracketSet(state: PatternState): CharacterSet {
  state.at += 1;
  const isNegated = state.text.charAt(state.at) === '^';
  if (isNegated) state.at += 1;
  const ranges: number[] = [];
  do parseSetRange(state, ranges);
  while (state.text.charAt(state.at) !== ']');
  state.at += 1;
  return { ranges, isNegated };
}

function parseSetRange(state: PatternState, ranges: number[]): void {
  const low = parseSetMember(state, ranges);
  if (low === undefined) return;
  const isRange = state.text.charAt(state.at) === '-' && state.text.charAt(state.at + 1) !== ']';
  if (isRange) state.at += 1;
  const high = isRange ? parseSetMember(state, ranges) : low;
  if (high === undefined || high < low) {
    throw new PatternError('bad_value', 'a range in [ ] that runs backwards');
  }
  ranges.push(low, high);
}

/** One character of a bracket set; a shorthand adds its ranges at once and gives nothing. */
function parseSetMember(state: PatternState, ranges: number[]): number | undefined {
  const char = state.text.charAt(state.at);
  if (char === '') throw new PatternError('bad_value', 'a [ that is not closed');
  if (state.text.startsWith('[:', state.at)) throw new PatternError('unsupported', 'named classes, [:…:]');
  if (char === '\\') {
    const set = parseEscape(state);
    if (set.ranges.length === 2 && set.ranges[0] === set.ranges[1]) return set.ranges[0];
    ranges.push(...(set.isNegated ? invertRanges(set.ranges) : set.ranges));
    return undefined;
  }
  const point = state.text.codePointAt(state.at) ?? 0;
  state.at += point > 0xffff ? 2 : 1;
  return point;
}
