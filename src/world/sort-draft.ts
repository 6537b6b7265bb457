import type { Chunk } from './chunk.ts';
import { type Draft, type Recipe, ROW_FIELDS, rowKeyOf } from './draft.ts';
import { draw } from './hash.ts';
import { orderRows } from './order-rows.ts';

const TWO_TO_32 = 4294967296;

/** The chunk of a draft: its rows in world order. */
export function sortDraft(draft: Draft, { ids, shares }: Recipe): Chunk {
  const { rows, offset, spanMs, rowsKey, bucket } = draft;
  const idsKey = ids.bucketKey(bucket);
  const order = orderRows({ rows, offset, spanMs, tieOf: (emission) => ids.tieOf(idsKey, emission) });
  const start = new Float64Array(rows);
  const end = new Float64Array(rows);
  const quiet = new Uint8Array(rows);
  const quietBelow = shares.quiet * TWO_TO_32;
  for (let row = 0; row < rows; row++) {
    const e = order[row] ?? 0;
    const from = draft.from + (offset[e] ?? 0);
    start[row] = from;
    end[row] = from + (draft.duration[e] ?? 0);
    if (draw(rowKeyOf(rowsKey, e), ROW_FIELDS.quiet) < quietBelow) quiet[row] = 1;
  }
  return {
    bucket,
    rowsKey,
    idsKey,
    length: rows,
    start,
    end,
    quiet,
    emission: order,
    user: reordered(draft.user, order),
    endUser: reordered(draft.endUser, order),
    resource: reordered(draft.resource, order),
    parents: draft.families.length === 0 ? NO_PARENTS : parentsByRow(draft.families, order),
    derived: new Map(),
    parent: undefined,
  };
}

const NO_PARENTS: ReadonlyMap<number, number> = new Map();

function reordered(column: Uint16Array, order: Uint32Array): Uint16Array {
  const sorted = new Uint16Array(order.length);
  for (let row = 0; row < order.length; row++) sorted[row] = column[order[row] ?? 0] ?? 0;
  return sorted;
}

function parentsByRow(families: readonly number[], order: Uint32Array): ReadonlyMap<number, number> {
  const rowOf = new Uint32Array(order.length);
  for (let row = 0; row < order.length; row++) rowOf[order[row] ?? 0] = row;
  const parents = new Map<number, number>();
  for (let i = 0; i < families.length; i += 2) {
    parents.set(rowOf[families[i] ?? 0] ?? 0, rowOf[families[i + 1] ?? 0] ?? 0);
  }
  return parents;
}
