import { type CompiledQuery, type Instant, instantToMs } from './compile-query.ts';
import { compileTree } from './compile-tree.ts';
import type { Resolution } from './field.ts';
import { type ParsedQuery, parseQueryWithPositions, type QueryDialect } from './parse-query.ts';
import { toMatcher } from './plan.ts';
import type { QueryNode } from './query-tree.ts';
import { refuseManyPasses } from './row-passes.ts';
import { SESSION_DEFAULT_FIELDS } from './session-fields.ts';
import { createSessionResolver } from './session-resolver.ts';

/** Options of {@link compileSessionQuery}. */
export interface SessionQueryOptions {
  /** Default `docs`. Source: assumed. */
  readonly dialect?: QueryDialect;
  /** What `now` means in relative dates; without it they are an error. */
  readonly now?: Instant;
  /** An unknown field matches nothing (`empty`, the default) or is an error. Source: assumed. */
  readonly unknown?: 'empty' | 'error';
  /** What a missing operator means. Default `AND`. Source: assumed. */
  readonly defaultOperator?: 'AND' | 'OR';
  /** Names that words without a field look in. Default SESSION_DEFAULT_FIELDS. Source: assumed. */
  readonly defaults?: readonly string[];
  /** Names besides the usual ones, each with the canonical path it stands for. Default none. Source: assumed. */
  readonly extraFields?: Readonly<Record<string, string>>;
  /** Usual names that are not known. Default none. Source: assumed. */
  readonly unknownNames?: readonly string[];
}

/** A query over sessions, ready to run. */
export interface SessionQuery extends CompiledQuery {
  readonly tree: QueryNode;
  /** What each name in the query means, in order of appearance. */
  readonly names: ReadonlyMap<string, Resolution>;
  /** The plan holds dates that were worked out from `now`: it is good for that instant only. */
  readonly usesNow: boolean;
}

/**
 * Parses and compiles a query over SessionObjects in their JSON form. Throws QueryError.
 * Source: documented and measured (the language), assumed (names, types, defaults).
 */
export function compileSessionQuery(text: string, options: SessionQueryOptions = {}): SessionQuery {
  return compileParsedSessionQuery(parseQueryWithPositions(text, options), options);
}

/** {@link compileSessionQuery} for a text that is already parsed, in the same dialect. */
export function compileParsedSessionQuery(
  { tree, positions }: ParsedQuery,
  options: SessionQueryOptions = {},
): SessionQuery {
  const { root, ...rest } = compileTree(tree, {
    resolver: createSessionResolver(options),
    defaults: options.defaults ?? defaultNames(options),
    unknown: options.unknown ?? 'empty',
    defaultOperator: options.defaultOperator ?? 'AND',
    dialect: options.dialect ?? 'docs',
    now: instantToMs(options.now),
    positions,
  });
  refuseManyPasses(root);
  return { tree, plan: root, matches: toMatcher(root), ...rest };
}

/** The default fields under the names that are known. */
function defaultNames({ extraFields = {}, unknownNames = [] }: SessionQueryOptions): readonly string[] {
  if (unknownNames.length === 0) return SESSION_DEFAULT_FIELDS;
  const extra = Object.entries(extraFields);
  return SESSION_DEFAULT_FIELDS.flatMap((name) => {
    if (!unknownNames.includes(name)) return [name];
    return extra.filter(([, path]) => path === name).map(([other]) => other);
  });
}
