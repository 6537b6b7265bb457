import { createContext, Script } from 'node:vm';

/** What a check needs of a regular expression. */
export interface PatternTest {
  test(text: string): boolean;
}

/** Only a repeated group can make the engine try exponentially many ways, and only on a text of some length. */
const REPEATED_GROUP = /\)[*+{]/;
const MAX_UNGUARDED_LENGTH = 24;

/** Time one text may take. */
const TIMEOUT_MS = 100;

/**
 * The expression, with an end to its patience: a text that takes longer than 100 ms counts as not matching, so that
 * a careless pattern in somebody's document cannot hold the server.
 */
export function guardPattern(expression: RegExp): PatternTest {
  if (!REPEATED_GROUP.test(expression.source)) return expression;
  const script = new Script('expression.test(text)');
  return {
    test: (text) => {
      if (text.length <= MAX_UNGUARDED_LENGTH) return expression.test(text);
      try {
        return script.runInContext(createContext({ expression, text }), { timeout: TIMEOUT_MS }) === true;
      } catch {
        // Out of time: nobody can say that it matches.
        return false;
      }
    },
  };
}
