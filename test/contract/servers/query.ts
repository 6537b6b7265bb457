import type { StoredSession } from './data.ts';

/** Decides whether a session matches. */
export type Matcher = (session: StoredSession) => boolean;

/** Names of fields and where they are. */
export type FieldTable = Readonly<Record<string, (session: StoredSession) => string>>;

/** The names this server knows. */
export const FIELDS: FieldTable = {
  id: ({ id }) => id,
  session_status: ({ sessionStatus }) => sessionStatus,
  'resource.technology': ({ resource }) => resource.technology,
};

/** What may be done differently. */
export interface QueryOptions {
  readonly fields?: FieldTable;
  readonly negate?: (matches: Matcher) => Matcher;
  readonly and?: (a: Matcher, b: Matcher) => Matcher;
  readonly or?: (a: Matcher, b: Matcher) => Matcher;
  readonly unknown?: Matcher;
}

/** A query that cannot be parsed. */
export class QueryProblem extends Error {}

/** Clauses `field:value`, NOT, AND, OR, `*`; clauses without an operator are joined by AND. */
export function compileQuery(text: string, options: QueryOptions = {}): Matcher {
  const and = options.and ?? ((a, b) => (session) => a(session) && b(session));
  const or = options.or ?? ((a, b) => (session) => a(session) || b(session));
  if (text.trim() === '') return () => true;
  return text
    .trim()
    .split(/\s+OR\s+/)
    .map((part) =>
      part
        .split(/\s+AND\s+|\s+(?!AND\b)(?<!\bNOT\s)/)
        .map((clause) => compileClause(clause, options))
        .reduce(and),
    )
    .reduce(or);
}

function compileClause(text: string, options: QueryOptions): Matcher {
  const negate = options.negate ?? ((matches) => (session) => !matches(session));
  if (text.startsWith('NOT ')) return negate(compileClause(text.slice(4), options));
  if (text === '*') return () => true;
  const match = /^([\w.]+):(?:"([^"]*)"|([\w.-]+))$/.exec(text);
  if (match === null) throw new QueryProblem(`cannot parse ${text}`);
  const field = (options.fields ?? FIELDS)[match[1] ?? ''];
  const value = match[2] ?? match[3];
  if (field === undefined) return options.unknown ?? (() => false);
  return (session) => field(session) === value;
}
