import type { BoundPlan, PlanBinder } from './bound-plan.ts';
import {
  compileParsedSessionQuery,
  type SessionQuery,
  type SessionQueryOptions,
} from './compile-session-query.ts';
import { type ParsedQuery, parseQueryWithPositions } from './parse-query.ts';

/** A query and its plan over one world. */
export interface CachedQuery {
  readonly query: SessionQuery;
  readonly plan: BoundPlan;
}

/** What a query is looked up by. */
export interface QueryRequest {
  readonly text: string;
  readonly options: SessionQueryOptions;
  /** Binds to the world's columns. */
  readonly binder: PlanBinder;
  /** Changes whenever the world's dictionaries do. */
  readonly dataVersion: string;
}

/** Remembers compiled queries. */
export interface QueryCache {
  /** The query, compiled and bound now or earlier. Throws QueryError. */
  get(request: QueryRequest): CachedQuery;
}

/** Most queries a cache holds. Source: assumed. */
export const MAX_CACHED_QUERIES = 256;

/**
 * A cache of the last 256 queries, by text, settings and data version. A query with relative dates keeps only its
 * tree, since its dates move with `now`.
 */
export function createQueryCache(): QueryCache {
  const entries = new Map<string, ParsedQuery | CachedQuery>();
  const remember = (key: string, entry: ParsedQuery | CachedQuery): void => {
    entries.delete(key);
    entries.set(key, entry);
    const [oldest] = entries.keys();
    if (entries.size > MAX_CACHED_QUERIES && oldest !== undefined) entries.delete(oldest);
  };
  return {
    get: ({ text, options, binder, dataVersion }) => {
      const { now: _, ...settings } = options;
      const key = JSON.stringify([text, dataVersion, settings]);
      const known = entries.get(key);
      if (known !== undefined && 'plan' in known) {
        remember(key, known);
        return known;
      }
      const parsed = known ?? parseQueryWithPositions(text, options);
      const query = compileParsedSessionQuery(parsed, options);
      const compiled = { query, plan: binder.bind(query.plan) };
      remember(key, query.usesNow ? parsed : compiled);
      return compiled;
    },
  };
}
