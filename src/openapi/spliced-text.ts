import { type Belief, plainText } from './believable-text.ts';
import type { Facets } from './facets.ts';
import { formattedText } from './format-text.ts';
import { patternTest } from './pattern.ts';
import { textForPattern } from './pattern-text.ts';
import { sizedText } from './sized-text.ts';

/** Draws of a pattern that are tried at every place. */
const ROUNDS = 2;

/** Longest text that is taken apart. */
const MAX_LENGTH = 40;

/**
 * Texts of a format with what a pattern asks for put in at every place, or in place of every part: an e-mail address
 * that ends on `@acme.com`, a date that begins with `2024-`. Several patterns are put one behind another.
 */
export function* splicedTexts(facets: Facets, belief: Belief): Iterable<string> {
  const { patterns, formats, minLength, maxLength } = facets;
  if (patterns.length === 0) return;
  const { draw } = belief;
  for (let round = 0; round < ROUNDS; round++) {
    const whole = inOrder(patterns).map(
      (pattern) => textForPattern(pattern, draw, { minLength: 0, maxLength }) ?? '',
    );
    for (const base of basesOf(formats, belief)) {
      yield* spliced(base, whole.join(''), patterns);
      const [first = '', ...others] = whole;
      if (others.length > 0) yield first + base + others.join('');
    }
    // A pattern is met wherever it stands in a text; the rest may be anything.
    const missing = Math.max(0, minLength - whole.join('').length);
    yield whole.join('') + 'a'.repeat(Math.min(missing, 100_000));
    yield 'a'.repeat(Math.min(missing, 100_000)) + whole.join('');
  }
}

/** What begins a text first, what ends it last. */
function inOrder(patterns: readonly string[]): readonly string[] {
  const place = (pattern: string): number => (pattern.startsWith('^') ? 0 : pattern.endsWith('$') ? 2 : 1);
  return patterns.toSorted((a, b) => place(a) - place(b));
}

function basesOf(formats: readonly string[], belief: Belief): string[] {
  const believable = formats.flatMap((format) => formattedText(format, belief) ?? []);
  const sized = formats.flatMap((format) =>
    [8, 16, 32].flatMap((length) => sizedText(format, length, belief.draw) ?? []),
  );
  const whole = believable.map((text) => text.replace(/\.\d+/, ''));
  const all = [...new Set([...believable, ...whole, ...sized])].filter(({ length }) => length <= MAX_LENGTH);
  return all.length > 0 ? all : [plainText(belief)];
}

function* spliced(base: string, part: string, patterns: readonly string[]): Iterable<string> {
  const matches = (text: string): boolean => patterns.every((pattern) => patternTest(pattern).test(text));
  // What a pattern begins or ends has nothing before or behind it.
  const lastFrom = matches(`~${part}`) ? base.length : 0;
  const canFollow = matches(`${part}~`);
  for (let from = 0; from <= lastFrom; from++) {
    for (let to = canFollow ? from : base.length; to <= base.length; to++) {
      yield base.slice(0, from) + part + base.slice(to);
    }
  }
}
