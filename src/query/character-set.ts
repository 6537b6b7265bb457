import { lowerCase } from './tokenize.ts';

/** Code points in ranges `[low0, high0, low1, high1, …]`, or all but those. */
export interface CharacterSet {
  readonly ranges: readonly number[];
  readonly isNegated: boolean;
}

const DIGITS = [0x30, 0x39];
const WORD = [...DIGITS, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a];
const SPACE = [
  0x09, 0x0d, 0x20, 0x20, 0x85, 0x85, 0xa0, 0xa0, 0x1680, 0x1680, 0x2000, 0x200a, 0x2028, 0x2029,
];
const MORE_SPACE = [0x202f, 0x202f, 0x205f, 0x205f, 0x3000, 0x3000];

/** Any character but a line feed, what a dot means. */
export const ANY_CHARACTER: CharacterSet = { ranges: [0x0a, 0x0a], isNegated: true };

/** Exactly one character. */
export function singleCharacter(point: number): CharacterSet {
  return { ranges: [point, point], isNegated: false };
}

/** The ranges of `\d`, `\w` or `\s`; undefined for any other letter. */
export function shorthandRanges(letter: string): readonly number[] | undefined {
  if (letter === 'd') return DIGITS;
  if (letter === 'w') return WORD;
  return letter === 's' ? [...SPACE, ...MORE_SPACE] : undefined;
}

/** The ranges of everything outside the given ones. */
export function invertRanges(ranges: readonly number[]): readonly number[] {
  const pairs: [number, number][] = [];
  for (let index = 0; index < ranges.length; index += 2)
    pairs.push([ranges[index] ?? 0, ranges[index + 1] ?? 0]);
  pairs.sort((left, right) => left[0] - right[0]);
  const rest: number[] = [];
  let low = 0;
  for (const [start, end] of pairs) {
    if (start > low) rest.push(low, start - 1);
    low = Math.max(low, end + 1);
  }
  return low <= 0x10ffff ? [...rest, low, 0x10ffff] : rest;
}

/** Tells whether a character belongs to the set; `foldCase` also tries its other case. */
export function holdsCharacter(set: CharacterSet, point: number, foldCase: boolean): boolean {
  const isListed = isInRanges(set.ranges, point) || (foldCase && isOtherCaseListed(set.ranges, point));
  return isListed !== set.isNegated;
}

function isInRanges(ranges: readonly number[], point: number): boolean {
  for (let index = 0; index < ranges.length; index += 2) {
    if (point >= (ranges[index] ?? 0) && point <= (ranges[index + 1] ?? 0)) return true;
  }
  return false;
}

function isOtherCaseListed(ranges: readonly number[], point: number): boolean {
  const char = String.fromCodePoint(point);
  return [lowerCase(char), char.toUpperCase()].some((other) => {
    const otherPoint = other.codePointAt(0) ?? 0;
    return otherPoint !== point && isInRanges(ranges, otherPoint);
  });
}
