import { bindRows } from './bind-rows.ts';
import type { ColumnBlock, ColumnSource } from './columns.ts';
import { DictionaryIndex } from './dictionary-index.ts';
import { evaluateRows } from './evaluate-rows.ts';
import type { PlanNode } from './plan.ts';
import { QueryError } from './query-error.ts';
import type { RowNode } from './row-node.ts';

/** Ends of a run of numbers, both included. */
export interface ClosedInterval {
  readonly from: number;
  readonly to: number;
}

/** Rows looked at in one go, so that masks stay in the processor's cache. Source: measured. */
export const CHUNK_ROWS = 16_384;

/** A plan bound to the columns of one world. It selects exactly the sessions that the query's `matches` does. */
export interface BoundPlan {
  /** No session can match: nothing needs to be scanned. */
  readonly isEmpty: boolean;
  /** Sessions that start outside, in ms since 1970, cannot match; infinite where the query sets no limit. */
  readonly timeRange: ClosedInterval;
  /** Sessions outside these indexes cannot match; infinite unless the query names ids. */
  readonly rowRange: ClosedInterval;
  /**
   * Writes 1 or 0 into `mask[0 … block.length)` for each row that matches at `now` (ms since 1970) and gives the
   * number of matches. `mask` must be at least as long as the block.
   */
  select(block: ColumnBlock, mask: Uint8Array, now: number): number;
}

/** Binds plans to one world. Keep it for as long as the world's dictionaries stay the same. */
export interface PlanBinder {
  /** Throws QueryError, `unsupported`, for a plan that would have to look at ids too often. */
  bind(plan: PlanNode): BoundPlan;
}

/** A binder; it reads and indexes each dictionary once, on first use. */
export function createPlanBinder(source: ColumnSource): PlanBinder {
  const index = new DictionaryIndex(source);
  return {
    bind: (plan) => {
      const root = bindRows(plan, index);
      refuseManyIdTests(root);
      return createBoundPlan(root, source);
    },
  };
}

/** Most wildcards, patterns and ranges over ids, which are made and looked at row by row. Source: assumed. */
export const MAX_ID_TESTS = 2;

function refuseManyIdTests(root: RowNode): void {
  if (countIdTests(root) <= MAX_ID_TESTS) return;
  throw new QueryError({
    kind: 'unsupported',
    problem: `more than ${MAX_ID_TESTS} wildcards, patterns or ranges have to look at every session's id`,
    suggestion: 'name the field they are for, e.g. user:a*',
  });
}

function countIdTests(node: RowNode): number {
  if (node.kind === 'ids') return 1;
  if (node.kind === 'not') return countIdTests(node.part);
  if (node.kind !== 'and' && node.kind !== 'or') return 0;
  return node.parts.reduce((count, part) => count + countIdTests(part), 0);
}

function createBoundPlan(root: RowNode, source: ColumnSource): BoundPlan {
  const scratches: Uint8Array[] = [];
  const idAt = (index: number): string => source.idAt(index);
  const select = (block: ColumnBlock, mask: Uint8Array, now: number): number => {
    const scratch = (depth: number): Uint8Array => {
      const known = scratches[depth];
      if (known !== undefined && known.length >= block.length) return known;
      const made = new Uint8Array(block.length);
      scratches[depth] = made;
      return made;
    };
    for (let from = 0; from < block.length; from += CHUNK_ROWS) {
      const to = Math.min(from + CHUNK_ROWS, block.length);
      evaluateRows(root, { block, from, to, now, idAt, scratch }, { mask, mode: 'set', depth: 0 });
    }
    return countOnes(mask, block.length);
  };
  const required = root.kind === 'and' ? root.parts : [root];
  return {
    isEmpty: root.kind === 'none',
    timeRange: required.map(startRange).reduce(overlap, EVERYWHERE),
    rowRange: required.map(indexRange).reduce(overlap, EVERYWHERE),
    select,
  };
}

const EVERYWHERE: ClosedInterval = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

function overlap(left: ClosedInterval, right: ClosedInterval): ClosedInterval {
  return { from: Math.max(left.from, right.from), to: Math.min(left.to, right.to) };
}

function startRange(node: RowNode): ClosedInterval {
  if (node.kind !== 'times' || node.column !== 'start') return EVERYWHERE;
  return { from: node.intervals[0] ?? EVERYWHERE.from, to: node.intervals.at(-1) ?? EVERYWHERE.to };
}

function indexRange(node: RowNode): ClosedInterval {
  if (node.kind !== 'rows' || node.column !== 'id' || node.isNegated) return EVERYWHERE;
  let { from, to } = { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY };
  for (const index of node.indexes) {
    from = Math.min(from, index);
    to = Math.max(to, index);
  }
  return { from, to };
}

function countOnes(mask: Uint8Array, length: number): number {
  let count = 0;
  for (let row = 0; row < length; row += 1) count += mask[row] ?? 0;
  return count;
}
