import type { Code } from '../connect/code.ts';
import { ConnectError } from '../connect/connect-error.ts';
import { QueryError } from '../query/query-error.ts';

/**
 * What `read` returns; a QueryError it throws becomes a ConnectError `invalid_argument` that names the request's
 * field, e.g. `startTimestamp: …`. `syntaxCode` is the code of a text that cannot be parsed, where it is another.
 */
export function readField<T>(field: string, read: () => T, syntaxCode: Code = 'invalid_argument'): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    const code = error.kind === 'syntax' ? syntaxCode : 'invalid_argument';
    throw new ConnectError(code, `${field}: ${error.message}`, { cause: error });
  }
}

/** What `read` returns, or undefined where it throws a QueryError: for servers that ignore what they cannot read. */
export function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof QueryError) return undefined;
    throw error;
  }
}
