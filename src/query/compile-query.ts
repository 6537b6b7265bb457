import { compileTree } from './compile-tree.ts';
import { parseRfc3339 } from './parse-instant.ts';
import type { QueryDialect } from './parse-query.ts';
import { type PlanNode, toMatcher } from './plan.ts';
import type { NodePositions, QueryNode } from './query-tree.ts';
import type { QueryWarning } from './query-warning.ts';
import { createSchemaResolver, type Schema } from './schema-resolver.ts';

/** What `now` means: ms since 1970, a Date or RFC 3339. */
export type Instant = number | Date | string;

/** Options of {@link compileQuery}. */
export interface CompileOptions {
  /** Fields that words without a field look in. Default none, which makes such a word an error. */
  readonly defaults?: readonly string[];
  /** An unknown field matches nothing (`empty`, the default) or is an error. Source: assumed. */
  readonly unknown?: 'empty' | 'error';
  /** What a missing operator means. Default `AND`. Source: assumed. */
  readonly defaultOperator?: 'AND' | 'OR';
  /** Default `docs`. */
  readonly dialect?: QueryDialect;
  /** What `now` means in relative dates; without it they are an error. */
  readonly now?: Instant;
  /** Where the nodes begin, from parseQueryWithPositions: gives errors and warnings their position. */
  readonly positions?: NodePositions;
}

/** A query ready to run. */
export interface CompiledQuery {
  /** Tells whether a document matches. */
  matches(document: unknown): boolean;
  /** The query as tests of fields, to be bound to columns. */
  readonly plan: PlanNode;
  readonly warnings: readonly QueryWarning[];
}

/**
 * Compiles a tree for documents of a schema. Throws QueryError: `unknown_field`, `bad_value`, `unsupported`,
 * `no_default_field`. Source: documented and measured (Quickwit).
 */
export function compileQuery(tree: QueryNode, schema: Schema, options: CompileOptions = {}): CompiledQuery {
  const { root, warnings } = compileTree(tree, {
    resolver: createSchemaResolver(schema),
    defaults: options.defaults ?? [],
    unknown: options.unknown ?? 'empty',
    defaultOperator: options.defaultOperator ?? 'AND',
    dialect: options.dialect ?? 'docs',
    now: instantToMs(options.now),
    positions: options.positions,
  });
  return { matches: toMatcher(root), plan: root, warnings };
}

/** An instant in ms since 1970. Throws RangeError when it is none. */
export function instantToMs(instant: Instant | undefined): number | undefined {
  if (instant === undefined) return undefined;
  const ms = typeof instant === 'string' ? parseRfc3339(instant) : Number(instant);
  if (ms === undefined || !Number.isFinite(ms))
    throw new RangeError(`now must be an instant (got ${instant})`);
  return ms;
}
