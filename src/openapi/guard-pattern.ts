import { type Context, createContext, Script } from 'node:vm';

/** What a check needs of a regular expression. */
export interface PatternTest {
  test(text: string): boolean;
  /** The expression as it is written, different for different ones: the validator keeps patterns by it. */
  toString(): string;
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
  let guard: ((text: string) => boolean) | undefined;
  return {
    test: (text) => {
      if (text.length <= MAX_UNGUARDED_LENGTH) return expression.test(text);
      guard ??= timedTest(expression);
      return guard(text);
    },
    toString: () => String(expression),
  };
}

/** A test in a context of its own, the only place where the engine can be stopped. */
function timedTest(expression: RegExp): (text: string) => boolean {
  const script = new Script('expression.test(text)');
  const asked = { expression, text: '' };
  const context: Context = createContext(asked);
  return (text) => {
    asked.text = text;
    try {
      return script.runInContext(context, { timeout: TIMEOUT_MS }) === true;
    } catch {
      // Out of time: nobody can say that it matches.
      return false;
    }
  };
}
