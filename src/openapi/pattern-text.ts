import type { Draw } from './draw.ts';
import { compilePattern } from './pattern.ts';
import { type CodeRange, type PatternNode, parsePattern, UnsupportedPattern } from './pattern-tree.ts';

/** Longest text that is made for a pattern. */
const MAX_LENGTH = 10_000;

/** How long a text must be, in characters. */
export interface LengthBounds {
  readonly minLength: number;
  readonly maxLength: number;
}

/** Tries before a pattern with length bounds is given up. */
const ATTEMPTS = 40;

/** A text that matches a pattern and has a length in bounds; undefined where none was found. */
export function textForPattern(pattern: string, draw: Draw, bounds: LengthBounds): string | undefined {
  const tree = treeOf(pattern);
  if (tree === undefined) return undefined;
  const expression = compilePattern(pattern);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    // From the shortest texts over the usual ones to the longest.
    const text = textOf(tree, {
      draw,
      lean: attempt < 20 ? undefined : attempt % 2 === 0 ? 'short' : 'long',
    });
    const padded = pad(text, expression, bounds);
    const length = [...padded].length;
    if (length >= bounds.minLength && length <= bounds.maxLength && expression.test(padded)) return padded;
  }
  return undefined;
}

/** Why no text can be made for a pattern; undefined where it can. */
export function patternTextProblem(pattern: string): string | undefined {
  try {
    parsePattern(pattern);
    return undefined;
  } catch (error) {
    if (error instanceof UnsupportedPattern) return `values for ${error.message} cannot be made up`;
    throw error;
  }
}

function treeOf(pattern: string): PatternNode | undefined {
  try {
    return parsePattern(pattern);
  } catch (error) {
    if (error instanceof UnsupportedPattern) return undefined;
    throw error;
  }
}

interface Making {
  readonly draw: Draw;
  readonly lean: 'short' | 'long' | undefined;
}

function textOf(node: PatternNode, making: Making): string {
  switch (node.kind) {
    case 'set':
      return characterOf(node.ranges, making.draw);
    case 'sequence':
      return node.parts.map((part) => textOf(part, making)).join('');
    case 'choice':
      return textOf(making.draw.pick(node.options), making);
    case 'repeat': {
      const times = timesOf(node.low, Math.min(node.high, MAX_LENGTH), making);
      return Array.from({ length: times }, () => textOf(node.part, making)).join('');
    }
  }
}

function timesOf(low: number, high: number, { draw, lean }: Making): number {
  if (lean === 'short') return low;
  if (lean === 'long') return Math.max(low, high);
  // Bounds such as {1,255} are limits, not habits.
  return draw.int(low, Math.max(low, Math.min(high, low + 12)));
}

function characterOf(ranges: readonly CodeRange[], draw: Draw): string {
  if (ranges.length === 0) return '';
  const [low, high] = draw.pick(ranges);
  return String.fromCodePoint(draw.int(low, high));
}

/** A pattern without anchors allows anything around it, so a short text may be made longer. */
function pad(text: string, expression: RegExp, { minLength }: LengthBounds): string {
  const missing = minLength - [...text].length;
  if (missing <= 0) return text;
  const longer = text + 'a'.repeat(Math.min(missing, MAX_LENGTH));
  return expression.test(longer) ? longer : text;
}
