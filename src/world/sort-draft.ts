import type { BucketPlan } from './bucket-plan.ts';
import type { Chunk } from './chunk.ts';
import { type Draft, type Recipe, ROW_FIELDS, rowKeyOf } from './draft.ts';
import { draw } from './hash.ts';
import { orderRows } from './order-rows.ts';

const TWO_TO_32 = 4294967296;

/** What sorting needs besides the rows. */
interface Sorting {
  readonly recipe: Recipe;
  readonly bucket: number;
  readonly plan: BucketPlan;
  readonly hasChildren: boolean;
}

/** The chunk of a draft: its rows in world order. */
export function sortDraft(draft: Draft, { recipe, bucket, plan, hasChildren }: Sorting): Chunk {
  const rows = plan.total;
  const idsKey = recipe.ids.bucketKey(bucket);
  const tieOf = (emission: number): number => recipe.ids.tieOf(idsKey, emission);
  const order = orderRows({ rows, offset: draft.offset, spanMs: draft.spanMs, tieOf });
  const start = new Float64Array(rows);
  const end = new Float64Array(rows);
  const quiet = new Uint8Array(rows);
  const quietBelow = recipe.shares.quiet * TWO_TO_32;
  for (let row = 0; row < rows; row++) {
    const e = order[row] ?? 0;
    const from = draft.from + (draft.offset[e] ?? 0);
    start[row] = from;
    end[row] = from + (draft.duration[e] ?? 0);
    quiet[row] = draw(rowKeyOf(draft.rowsKey, e), ROW_FIELDS.quiet) < quietBelow ? 1 : 0;
  }
  return {
    bucket,
    rowsKey: draft.rowsKey,
    idsKey,
    length: rows,
    start,
    end,
    quiet,
    emission: order,
    user: reordered(draft.user, order),
    endUser: reordered(draft.endUser, order),
    resource: reordered(draft.resource, order),
    parentRow: hasChildren ? parentRows(draft.parent, order) : undefined,
    derived: new Map(),
    parent: undefined,
  };
}

function reordered(column: Uint16Array, order: Uint32Array): Uint16Array {
  const sorted = new Uint16Array(order.length);
  for (let row = 0; row < order.length; row++) sorted[row] = column[order[row] ?? 0] ?? 0;
  return sorted;
}

function parentRows(parent: Int32Array, order: Uint32Array): Int32Array {
  const rowOf = new Int32Array(order.length);
  for (let row = 0; row < order.length; row++) rowOf[order[row] ?? 0] = row;
  const rows = new Int32Array(order.length).fill(-1);
  for (let row = 0; row < order.length; row++) {
    const parentEmission = parent[order[row] ?? 0] ?? -1;
    if (parentEmission >= 0) rows[row] = rowOf[parentEmission] ?? -1;
  }
  return rows;
}
