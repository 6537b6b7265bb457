import { type BoundPlan, createPlanBinder } from '../query/bound-plan.ts';
import { parseSort, type SortKey } from '../query/parse-sort.ts';
import { createQueryCache } from '../query/query-cache.ts';
import type { QueryWarning } from '../query/query-warning.ts';
import { bindOrder, type RowOrder } from '../query/row-order.ts';
import { sortSpellingOf } from '../query/sort-spelling.ts';
import type { World } from '../world/world.ts';
import { attempt } from './read-field.ts';
import type { SessionsSettings } from './settings.ts';

/** What a listing looks up in a world; everything is worked out once and remembered. */
export interface SessionIndex {
  /** A query over the world's columns. Throws QueryError. */
  query(text: string, context: QueryContext): SessionPlan;
  /** An order of the world's rows. Throws QueryError of kind `bad_sort`, unless such texts are ignored. */
  order(sortBy: string, settings: SessionsSettings): RowOrder;
}

/** What a query's meaning depends on besides its text. */
export interface QueryContext {
  /** Clock of relative dates, ms since 1970. */
  readonly now: number;
  readonly settings: SessionsSettings;
}

/** A query ready to select rows. */
export interface SessionPlan {
  readonly plan: BoundPlan;
  readonly warnings: readonly QueryWarning[];
}

const MAX_ORDERS = 64;

const OLDEST_FIRST: readonly SortKey[] = [{ path: 'start_time', descending: false }];

const indexes = new WeakMap<World, SessionIndex>();

/** The index of a world: one for each, gone with it. */
export function sessionIndexOf(world: World): SessionIndex {
  const known = indexes.get(world);
  if (known !== undefined) return known;
  const made = createSessionIndex(world);
  indexes.set(world, made);
  return made;
}

function createSessionIndex(world: World): SessionIndex {
  const binder = createPlanBinder(world);
  const queries = createQueryCache();
  const orders = new Map<string, RowOrder>();
  return {
    query: (text, { now, settings }) => {
      const { dialect, unknownField: unknown, defaultOperator, extraFields, unknownNames } = settings;
      const options = { dialect, unknown, defaultOperator, extraFields, unknownNames, now };
      const { query, plan } = queries.get({ text, options, binder, dataVersion: world.identity });
      return { plan, warnings: query.warnings };
    },
    order: (sortBy, settings) => {
      const { dialect, sortExamples, unknownSort, defaultOrder } = settings;
      const key = JSON.stringify([sortBy, dialect, sortExamples, unknownSort, defaultOrder]);
      const known = orders.get(key);
      if (known !== undefined) return known;
      const made = bindOrder(sortKeys(sortBy, settings), world);
      if (orders.size >= MAX_ORDERS) orders.clear();
      orders.set(key, made);
      return made;
    },
  };
}

function sortKeys(
  sortBy: string,
  { dialect, sortExamples, unknownSort, defaultOrder }: SessionsSettings,
): readonly SortKey[] {
  const spelling = sortExamples && sortSpellingOf(sortExamples);
  const read = (): readonly SortKey[] => parseSort(sortBy, dialect, spelling);
  const keys = (unknownSort === 'ignored' ? attempt(read) : read()) ?? [];
  return keys.length === 0 && defaultOrder === 'oldest first' ? OLDEST_FIRST : keys;
}
