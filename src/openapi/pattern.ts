import { guardPattern, type PatternTest } from './guard-pattern.ts';

/**
 * The RegExp of a `pattern`: Unicode where it can be, as JSON Schema asks, else without, because many published
 * documents escape characters that need none, e.g. `\-`, which Unicode expressions refuse.
 * Throws SyntaxError for what is no regular expression either way.
 */
export function compilePattern(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    // Tried again by the looser grammar, whose error is the one to report.
    return new RegExp(pattern);
  }
}

/** Expressions kept, so that none is compiled for every text; more than any document holds by far. */
const MOST_TESTS = 5000;
const tests = new Map<string, PatternTest>();

/** The test of a valid `pattern`, with an end to its patience: see {@link guardPattern}. */
export function patternTest(pattern: string): PatternTest {
  const known = tests.get(pattern);
  if (known !== undefined) return known;
  if (tests.size >= MOST_TESTS) tests.clear();
  const made = guardPattern(compilePattern(pattern));
  tests.set(pattern, made);
  return made;
}

/** What a `pattern` must be, with the reason why this one is not; undefined where it is fine. */
export function patternProblem(pattern: string): string | undefined {
  try {
    compilePattern(pattern);
    return undefined;
  } catch (error) {
    return `a regular expression: ${error instanceof Error ? error.message : String(error)}`;
  }
}
