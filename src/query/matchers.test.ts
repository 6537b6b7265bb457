import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePattern } from './compile-pattern.ts';
import { compileGlob, hasWildcard } from './glob.ts';
import { complementOf, holdsNumber, intersectIntervals, intervalOf, uniteIntervals } from './intervals.ts';
import { PatternError } from './pattern-tree.ts';
import { holdsSloppyPhrase } from './phrase.ts';
import { compareCodePoints } from './text-size.ts';
import { isIndexed, tokenize } from './tokenize.ts';

test('a wildcard matches what its plain reading by recursion matches', () => {
  const plain = (glob: readonly string[], text: readonly string[]): boolean => {
    const [step, ...rest] = glob;
    if (step === undefined) return text.length === 0;
    if (step === '*') return plain(rest, text) || (text.length > 0 && plain(glob, text.slice(1)));
    return text.length > 0 && (step === '?' || step === text[0]) && plain(rest, text.slice(1));
  };
  const letters = fc.array(fc.constantFrom('a', 'b', '😀'), { maxLength: 8 });
  const globs = fc.array(fc.constantFrom('a', 'b', '😀', '*', '?'), { maxLength: 8 });
  fc.assert(
    fc.property(globs, letters, (glob, text) => {
      const matcher = compileGlob(glob.join(''), { foldCase: false });
      expect(matcher.matches(text.join(''))).toBe(plain(glob, text));
      expect(matcher.canMatchShape(text)).toBe(plain(glob, text));
    }),
    { numRuns: 2000, seed: 1 },
  );
});

test('only a star or question mark without a backslash is a wildcard', () => {
  expect(['a*', '?', 'a\\\\*'].every(hasWildcard)).toBe(true);
  expect(['a\\*', 'a', '\\?', ''].some(hasWildcard)).toBe(false);
  expect(compileGlob('a\\*b*', { foldCase: false }).matches('a*bc')).toBe(true);
  expect(compileGlob('a\\*b*', { foldCase: false }).matches('axbc')).toBe(false);
});

const patternText = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '[a-c]', '\\d', '\\.', '[\\d-]', '\\w'),
    fc.tuple(tie('pattern'), tie('pattern')).map((parts) => parts.join('')),
    fc.tuple(tie('pattern'), tie('pattern')).map(([left, right]) => `(${left}|${right})`),
    fc
      .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{1,}', '{0,2}'))
      .map(([inner, count]) => `(?:${inner})${count}`),
  ),
})).pattern;

test('a pattern matches what the same pattern of JavaScript, anchored, matches', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'A', '1', '.', '-'), maxLength: 7 });
  fc.assert(
    fc.property(patternText, text, fc.boolean(), (pattern, value, foldCase) => {
      const matcher = compilePattern(pattern, { foldCase });
      const expected = new RegExp(`^(?:${pattern})$`, foldCase ? 'iu' : 'u').test(value);
      expect(matcher.matches(value)).toBe(expected);
      expect(matcher.canMatchShape(Array.from(value))).toBe(expected);
    }),
    { numRuns: 1500, seed: 2 },
  );
});

test.for(['^a', 'a$', '\\ba', 'a*?', '(?=a)', '(?i)a', '\\1', '[[:alpha:]]', 'a{2000}'])(
  'the pattern %s is unsupported',
  (pattern) => {
    expect(() => compilePattern(pattern, { foldCase: false })).toThrow(
      expect.objectContaining({ name: 'PatternError', kind: 'unsupported' }),
    );
  },
);

test.for(['(a', 'a)', '[a', '*a', 'a**', 'a{', 'a{2,1}', '[b-a]', '\\'])(
  'the pattern %s is malformed',
  (pattern) => {
    expect(() => compilePattern(pattern, { foldCase: false })).toThrow(PatternError);
  },
);

test('sets of numbers are united, intersected and inverted as sets', () => {
  const end = fc.constantFrom(-2, -1, -0, 0, 0.5, 1, 2, 3);
  const set = fc.array(fc.tuple(end, end, fc.boolean(), fc.boolean()), { maxLength: 4 }).map((list) =>
    uniteIntervals(
      list.map(([a, b, isOpenLow, isOpenHigh]) =>
        intervalOf({
          [isOpenLow ? 'gt' : 'gte']: Math.min(a, b),
          [isOpenHigh ? 'lt' : 'lte']: Math.max(a, b),
        }),
      ),
    ),
  );
  const probe = fc.constantFrom(
    -3,
    -2,
    -1.5,
    -1,
    -Number.MIN_VALUE,
    0,
    0.25,
    0.5,
    1,
    1 + Number.EPSILON,
    2,
    3,
    4,
  );
  fc.assert(
    fc.property(set, set, probe, (left, right, value) => {
      const [inLeft, inRight] = [holdsNumber(left, value), holdsNumber(right, value)];
      expect(holdsNumber(uniteIntervals([left, right]), value)).toBe(inLeft || inRight);
      expect(holdsNumber(intersectIntervals([left, right]), value)).toBe(inLeft && inRight);
      expect(holdsNumber(complementOf(left), value)).toBe(!inLeft);
      expect(holdsNumber(left, Number.NaN)).toBe(false);
    }),
    { numRuns: 2000, seed: 3 },
  );
});

test('an open end leaves out exactly the number it names', () => {
  expect(holdsNumber(intervalOf({ gt: 1 }), 1)).toBe(false);
  expect(holdsNumber(intervalOf({ gt: 1 }), 1 + Number.EPSILON)).toBe(true);
  expect(holdsNumber(intervalOf({ lt: 0 }), -Number.MIN_VALUE)).toBe(true);
});

test('swapping two words of a phrase costs 2, a word in between costs 1', () => {
  const tokens = ['big', 'red', 'old', 'car'];
  expect(holdsSloppyPhrase(tokens, ['red', 'big'], 1)).toBe(false);
  expect(holdsSloppyPhrase(tokens, ['red', 'big'], 2)).toBe(true);
  expect(holdsSloppyPhrase(tokens, ['red', 'car'], 0)).toBe(false);
  expect(holdsSloppyPhrase(tokens, ['red', 'car'], 1)).toBe(true);
  expect(holdsSloppyPhrase(tokens, ['red', 'blue'], 99)).toBe(false);
});

test('the default tokenizer cuts at everything but letters and digits, and lower-cases letter by letter', () => {
  expect(tokenize('default', "Dave_O'Neil-2 ΣΊΣΥΦΟΣ אליס日本")).toEqual([
    'dave',
    'o',
    'neil',
    '2',
    'σίσυφοσ',
    'אליס日本',
  ]);
  expect(tokenize('whitespace', ' Dave  O-Neil\u00a0x ')).toEqual(['Dave', 'O-Neil', 'x']);
  expect(tokenize('default', `a ${'b'.repeat(256)} c`)).toEqual(['a', '', 'c']);
  expect([isIndexed('é'.repeat(127)), isIndexed('é'.repeat(128))]).toEqual([true, false]);
});

test('texts are ordered by code point, not by UTF-16 unit', () => {
  expect(compareCodePoints('\uffee', '😀')).toBeLessThan(0);
  expect(['b', 'a', '', 'ab', 'B'].toSorted(compareCodePoints)).toEqual(['', 'B', 'a', 'ab', 'b']);
});
