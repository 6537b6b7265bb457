import { ConnectError } from '../connect/connect-error.ts';
import { QueryError } from '../query/query-error.ts';

/**
 * What `read` returns; a QueryError it throws becomes a ConnectError `invalid_argument` that names the
 * request's field, e.g. `startTimestamp: …`.
 */
export function readField<T>(field: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    throw new ConnectError('invalid_argument', `${field}: ${error.message}`, { cause: error });
  }
}
