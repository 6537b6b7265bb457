import type { Chunk } from './chunk.ts';
import { type Draft, type Recipe, ROW_FIELDS, rowKeyOf } from './draft.ts';
import { draw } from './hash.ts';
import { orderRows } from './order-rows.ts';

const TWO_TO_32 = 4294967296;

/** The chunk of a draft: its rows in world order. */
export function sortDraft(draft: Draft, { ids, shares }: Recipe): Chunk {
  const { rows, offset, spanMs, rowsKey, bucket, order, ends } = draft;
  const idsKey = ids.bucketKey(bucket);
  orderRows({ rows, offset, spanMs, tieOf: (emission) => ids.tieOf(idsKey, emission), order, ends });
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
    emission: rows <= 65_536 ? new Uint16Array(order.subarray(0, rows)) : order.slice(0, rows),
    user: reordered(draft.user, draft),
    endUser: reordered(draft.endUser, draft),
    resource: reordered(draft.resource, draft),
    parents: draft.families.length === 0 ? NO_PARENTS : parentsByRow(draft),
    clients: draft.clients.size === 0 ? NO_CLIENTS : clientsByRow(draft),
    derived: new Map(),
    parent: undefined,
  };
}

const NO_PARENTS: ReadonlyMap<number, number> = new Map();
const NO_CLIENTS: ReadonlyMap<number, number> = new Map();

function reordered(column: Uint16Array, { order, rows }: Draft): Uint16Array {
  const sorted = new Uint16Array(rows);
  for (let row = 0; row < rows; row++) sorted[row] = column[order[row] ?? 0] ?? 0;
  return sorted;
}

function parentsByRow({ families, order, ends: rowOf, rows }: Draft): ReadonlyMap<number, number> {
  for (let row = 0; row < rows; row++) rowOf[order[row] ?? 0] = row;
  const parents = new Map<number, number>();
  for (let i = 0; i < families.length; i += 2) {
    parents.set(rowOf[families[i] ?? 0] ?? 0, rowOf[families[i + 1] ?? 0] ?? 0);
  }
  return parents;
}

function clientsByRow({ clients, order, rows }: Draft): ReadonlyMap<number, number> {
  const byRow = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const client = clients.get(order[row] ?? 0);
    if (client !== undefined) byRow.set(row, client);
  }
  return byRow;
}
