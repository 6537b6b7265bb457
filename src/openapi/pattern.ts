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

/** What a `pattern` must be, with the reason why this one is not; undefined where it is fine. */
export function patternProblem(pattern: string): string | undefined {
  try {
    compilePattern(pattern);
    return undefined;
  } catch (error) {
    return `a regular expression: ${error instanceof Error ? error.message : String(error)}`;
  }
}
