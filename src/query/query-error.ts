/**
 * What is wrong with a request's text: the query itself, a name or value in it, the sort, a time or the cursor.
 * Source: assumed (the real service answers one `invalid_argument` for all of them).
 */
export type QueryErrorKind =
  | 'syntax'
  | 'unknown_field'
  | 'bad_value'
  | 'unsupported'
  | 'no_default_field'
  | 'bad_sort'
  | 'bad_time'
  | 'bad_cursor';

/** What a {@link QueryError} is made of. */
export interface QueryErrorDetails {
  readonly kind: QueryErrorKind;
  /** What is wrong, in a few words, with the offending text quoted. */
  readonly problem: string;
  /** Offset of the offending character in UTF-16 units, from 0. */
  readonly position?: number | undefined;
  /** What would have been right here. */
  readonly expected?: string | undefined;
  /** What to write instead. */
  readonly suggestion?: string | undefined;
}

/**
 * A query, sort, time or cursor that cannot be obeyed; on the wire it becomes `invalid_argument`.
 * `message` is one line: what, where, what was expected, what to do.
 */
export class QueryError extends Error {
  readonly kind: QueryErrorKind;
  /** Offset of the offending character in UTF-16 units, from 0; undefined when the whole text is meant. */
  readonly position: number | undefined;
  readonly expected: string | undefined;
  readonly suggestion: string | undefined;

  constructor(details: QueryErrorDetails) {
    super(formatMessage(details));
    this.name = 'QueryError';
    this.kind = details.kind;
    this.position = details.position;
    this.expected = details.expected;
    this.suggestion = details.suggestion;
  }
}

function formatMessage({ kind, problem, position, expected, suggestion }: QueryErrorDetails): string {
  const where = position === undefined ? '' : ` at character ${position + 1}`;
  const wanted = expected === undefined ? '' : `: expected ${expected}`;
  const hint = suggestion === undefined ? '' : `; ${suggestion}`;
  return `${kind}: ${problem}${where}${wanted}${hint}`;
}

/** A piece of user text as it appears in a message: at most 40 characters, quoted, on one visible line. */
export function quoteText(text: string): string {
  const points = Array.from(text.slice(0, 82));
  const short = points.length > 40 || text.length > 82 ? `${points.slice(0, 40).join('')}…` : text;
  return JSON.stringify(short).replace(
    INVISIBLE,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

// Line separators and marks that turn the direction of text would garble a one-line message.
const INVISIBLE = /[\u007f-\u00a0\u061c\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]/g;
