import type { StoredSession } from './data.ts';

/** Decides whether a session matches. */
export type Matcher = (session: StoredSession) => boolean;

/** Names of fields and where they are. */
export type FieldTable = Readonly<Record<string, (session: StoredSession) => string | undefined>>;

/** The names this server knows. */
export const FIELDS: FieldTable = {
  id: ({ id }) => id,
  session_status: ({ sessionStatus }) => sessionStatus,
  'resource.technology': ({ resource }) => resource.technology,
  'connector.name': ({ connector }) => connector?.name,
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

/** Clauses `field:value`, NOT, AND, OR, groups, `*`; clauses without an operator are joined by AND. */
export function compileQuery(text: string, options: QueryOptions = {}): Matcher {
  const tokens = text.match(/[()]|[^\s()"]*"[^"]*"|[^\s()]+/g) ?? [];
  if (tokens.length === 0) return () => true;
  const parser: Parser = { tokens, options, at: 0 };
  const matches = readUnion(parser);
  if (parser.at < tokens.length) throw new QueryProblem(`cannot parse ${text}`);
  return matches;
}

interface Parser {
  readonly tokens: readonly string[];
  readonly options: QueryOptions;
  at: number;
}

function take(parser: Parser, token: string): boolean {
  if (parser.tokens[parser.at] !== token) return false;
  parser.at += 1;
  return true;
}

function readUnion(parser: Parser): Matcher {
  const or = parser.options.or ?? ((a, b) => (session) => a(session) || b(session));
  let matches = readIntersection(parser);
  while (take(parser, 'OR')) matches = or(matches, readIntersection(parser));
  return matches;
}

function readIntersection(parser: Parser): Matcher {
  const and = parser.options.and ?? ((a, b) => (session) => a(session) && b(session));
  let matches = readOne(parser);
  const isEnd = (): boolean => [undefined, 'OR', ')'].includes(parser.tokens[parser.at]);
  while (!isEnd()) {
    take(parser, 'AND');
    matches = and(matches, readOne(parser));
  }
  return matches;
}

function readOne(parser: Parser): Matcher {
  const { options } = parser;
  if (take(parser, 'NOT')) {
    const negate = options.negate ?? ((matches) => (session) => !matches(session));
    return negate(readOne(parser));
  }
  if (take(parser, '(')) {
    const matches = readUnion(parser);
    if (!take(parser, ')')) throw new QueryProblem('a parenthesis is not closed');
    return matches;
  }
  const token = parser.tokens[parser.at] ?? '';
  parser.at += 1;
  return compileClause(token, options);
}

function compileClause(text: string, options: QueryOptions): Matcher {
  if (text === '*') return () => true;
  const match = /^([\w.]+):(?:"([^"]*)"|([\w.-]+))$/.exec(text);
  if (match === null) throw new QueryProblem(`cannot parse ${text}`);
  const field = (options.fields ?? FIELDS)[match[1] ?? ''];
  const value = match[2] ?? match[3];
  if (field === undefined) return options.unknown ?? (() => false);
  return (session) => field(session) === value;
}
