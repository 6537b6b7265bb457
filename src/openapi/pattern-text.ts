import { type Draw, drawsOf } from './draw.ts';
import { patternTest } from './pattern.ts';
import {
  type PatternNode,
  type PatternReading,
  type PatternRepeat,
  type PatternSet,
  parsePattern,
  UnsupportedPattern,
} from './pattern-tree.ts';

/** Longest text that is made for a pattern. */
const MAX_LENGTH = 10_000;

/** How long a text must be, in characters. */
export interface LengthBounds {
  readonly minLength: number;
  readonly maxLength: number;
}

/** Tries before a pattern with length bounds is given up; more where look-arounds make chance decide. */
const ATTEMPTS = 40;
const LOOKING_ATTEMPTS = 400;

/** A text that matches a pattern and has a length in bounds; undefined where none was found. */
export function textForPattern(pattern: string, draw: Draw, bounds: LengthBounds): string | undefined {
  const reading = readingOf(pattern);
  if (reading === undefined) return undefined;
  const expression = patternTest(pattern);
  const fits = (text: string): boolean => {
    const length = [...text].length;
    return length >= bounds.minLength && length <= bounds.maxLength && expression.test(text);
  };
  for (let attempt = 0; attempt < (reading.looksAround ? LOOKING_ATTEMPTS : ATTEMPTS); attempt++) {
    const found = triedTexts(reading, draw, { ...bounds, attempt }).find(fits);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Texts of a pattern's tree: from the usual ones over the shortest and the longest to those of the right length. */
function triedTexts(
  reading: PatternReading,
  draw: Draw,
  { attempt, ...bounds }: LengthBounds & { readonly attempt: number },
): string[] {
  const round = attempt % ATTEMPTS;
  const lean = round < ATTEMPTS / 2 ? undefined : round % 2 === 0 ? 'short' : 'long';
  const text = textOf(reading.tree, { draw, hints: reading.hints, timesOf: usualTimes(draw, lean) });
  const grown = attempt % 4 === 3 ? [grownText(reading, draw, bounds)] : [];
  return [text, pad(text, bounds), ...grown];
}

/** Why no text can be made for a pattern; undefined where it can. */
export function patternTextProblem(pattern: string): string | undefined {
  try {
    if (!parsePattern(pattern).looksAround) return undefined;
  } catch (error) {
    if (error instanceof UnsupportedPattern) return `values for ${error.message} cannot be made up`;
    throw error;
  }
  const text = textForPattern(pattern, drawsOf('probe'), { minLength: 0, maxLength: Infinity });
  return text === undefined ? 'values for look-arounds cannot be made up' : undefined;
}

function readingOf(pattern: string): PatternReading | undefined {
  try {
    return parsePattern(pattern);
  } catch (error) {
    if (error instanceof UnsupportedPattern) return undefined;
    throw error;
  }
}

interface Making extends Pick<PatternReading, 'hints'> {
  readonly draw: Draw;
  readonly timesOf: (repeat: PatternRepeat) => number;
}

function textOf(node: PatternNode, making: Making): string {
  switch (node.kind) {
    case 'set':
      return characterOf(node, making);
    case 'sequence':
      return node.parts.map((part) => textOf(part, making)).join('');
    case 'choice':
      return textOf(making.draw.pick(node.options), making);
    case 'repeat': {
      const times = Math.min(making.timesOf(node), MAX_LENGTH);
      return Array.from({ length: times }, () => textOf(node.part, making)).join('');
    }
  }
}

function usualTimes(draw: Draw, lean: 'short' | 'long' | undefined): Making['timesOf'] {
  return ({ low, high }) => {
    if (lean === 'short') return low;
    if (lean === 'long') return Math.max(low, high);
    // Bounds such as {1,255} are limits, not habits.
    return draw.int(low, Math.max(low, Math.min(high, low + 12)));
  };
}

/** How often any character is one that something further on asks for. */
const HINT_SHARE = 0.4;

function characterOf({ ranges, isAny }: PatternSet, { draw, hints }: Making): string {
  const isHinted = isAny === true && hints.length > 0 && draw.float() < HINT_SHARE;
  const wanted = isHinted ? draw.pick(hints) : ranges;
  if (wanted.length === 0) return '';
  const [low, high] = draw.pick(wanted);
  return String.fromCodePoint(draw.int(low, high));
}

/** A pattern without anchors allows anything around it, so a short text may be made longer. */
function pad(text: string, { minLength }: LengthBounds): string {
  return text + 'a'.repeat(Math.max(0, Math.min(minLength - [...text].length, MAX_LENGTH)));
}

/** Rounds of growing before a text is given up. */
const MOST_ROUNDS = 40;

/** The shortest text, grown at its repeated parts until it is long enough. */
function grownText({ tree, hints }: PatternReading, draw: Draw, { minLength }: LengthBounds): string {
  const repeats = repeatsIn(tree);
  const times = new Map<PatternRepeat, number>();
  const making: Making = { draw, hints, timesOf: (repeat) => times.get(repeat) ?? repeat.low };
  let text = textOf(tree, making);
  for (let round = 0; round < MOST_ROUNDS && repeats.length > 0; round++) {
    const missing = minLength - [...text].length;
    if (missing <= 0) break;
    const repeat = draw.pick(repeats);
    const grown = making.timesOf(repeat) + draw.int(1, missing);
    times.set(repeat, repeat.isBounded ? Math.min(grown, repeat.high) : grown);
    text = textOf(tree, making);
  }
  return text;
}

function repeatsIn(node: PatternNode): PatternRepeat[] {
  switch (node.kind) {
    case 'set':
      return [];
    case 'sequence':
      return node.parts.flatMap(repeatsIn);
    case 'choice':
      return node.options.flatMap(repeatsIn);
    case 'repeat':
      return [node, ...repeatsIn(node.part)];
  }
}
