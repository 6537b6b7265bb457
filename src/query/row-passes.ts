import type { PlanNode } from './plan.ts';
import { QueryError } from './query-error.ts';

/** Most passes over the rows that a query may cost: one for each column a group looks at. Source: assumed. */
export const MAX_ROW_PASSES = 250;

/** Throws QueryError, `unsupported`, for a plan that would look at every row too often. */
export function refuseManyPasses(plan: PlanNode): void {
  const passes = countRowPasses(plan);
  if (passes <= MAX_ROW_PASSES) return;
  throw new QueryError({
    kind: 'unsupported',
    problem: `the query looks at every session ${passes} times`,
    expected: `at most ${MAX_ROW_PASSES}`,
    suggestion: 'use sets, field:IN [a b c], or split it into several requests',
  });
}

/** An upper bound of the passes over the rows: leaves of one column in one group share one. */
export function countRowPasses(node: PlanNode): number {
  if (node.kind === 'all' || node.kind === 'none') return 0;
  if (node.kind === 'leaf') return 1;
  if (node.kind === 'not') return countRowPasses(node.part);
  const columns = new Set<string | undefined>();
  let passes = 0;
  for (const part of node.parts) {
    const inner = part.kind === 'not' ? part.part : part;
    if (inner.kind === 'leaf') columns.add(inner.field.column);
    else passes += countRowPasses(inner);
  }
  return passes + columns.size;
}
