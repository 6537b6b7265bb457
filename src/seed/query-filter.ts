import { sessionIndexOf } from '../sessions/session-index.ts';
import { DEFAULT_SETTINGS, type SessionsSettings } from '../sessions/settings.ts';
import type { World } from '../world/world.ts';
import type { RowFilter } from './row-selection.ts';

/** What a filter is compiled for. */
export interface FilterContext {
  /** The instant at which rows are seen, ms since 1970. */
  readonly now: number;
  /** Default: those of the mock's default mode. */
  readonly settings?: SessionsSettings;
}

/** A query ready to select rows. */
export interface CompiledFilter {
  readonly filter: RowFilter;
  /** What is legal in the query and probably not what was meant, one line each. */
  readonly warnings: readonly string[];
}

/** Compiles a query to the sessions that the mock would list for it. Throws QueryError. */
export function compileRowFilter(
  world: World,
  query: string,
  { now, settings = DEFAULT_SETTINGS }: FilterContext,
): CompiledFilter {
  const { plan, warnings } = sessionIndexOf(world).query(query, { now, settings });
  return {
    warnings: warnings.map(({ message }) => message),
    filter: (block, mask) => (plan.isEmpty ? selectNone(block.length, mask) : plan.select(block, mask, now)),
  };
}

function selectNone(length: number, mask: Uint8Array): number {
  mask.fill(0, 0, length);
  return 0;
}
