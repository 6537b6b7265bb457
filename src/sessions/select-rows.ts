import type { BoundPlan } from '../query/bound-plan.ts';
import type { RowOrder } from '../query/row-order.ts';
import type { World, WorldBlock } from '../world/world.ts';
import { intersectRows, type RowRange } from './row-range.ts';

/** Which rows to pick, and in what order. */
export interface RowSelection {
  readonly rows: RowRange;
  readonly order: RowOrder;
  /** Undefined: every row matches. */
  readonly plan: BoundPlan | undefined;
  /** The instant at which rows are seen, ms since 1970. */
  readonly now: number;
  /** Stop after so many. */
  readonly most: number;
  /** World index of the session to go on behind; undefined: from the start. */
  readonly after: number | undefined;
}

/**
 * Work done in steps: it pauses every so many rows, so that whoever drives it can serve others in between,
 * or give up.
 */
export type Steps<T> = Generator<void, T, void>;

/** Rows looked at between two pauses: a few milliseconds of work. */
const ROWS_PER_STEP = 65_536;

/** World indices of the first matching rows in order. */
export function selectRows(world: World, selection: RowSelection): Steps<readonly number[]> {
  const { natural } = selection.order;
  const rows = narrowRows(world, selection);
  if (natural === undefined) return selectByKey(world, { ...selection, rows });
  return selectByTime(world, { ...selection, rows }, natural === 'reverse');
}

/** How many rows match, whatever the order. */
export function* countRows(
  world: World,
  selection: Pick<RowSelection, 'rows' | 'plan' | 'now'>,
): Steps<number> {
  const { plan, now } = selection;
  const rows = plan === undefined ? selection.rows : intersectRows(selection.rows, planRows(world, plan));
  if (plan === undefined) return Math.max(0, rows.high - rows.low);
  let count = 0;
  for (const matches of matchingBlocks(world, { rows, plan, now }, true)) {
    if (matches === undefined) yield;
    else count += matches.count;
  }
  return count;
}

/** Cuts the rows to those the plan can match and, where rows come in world order, to those behind the cursor. */
function narrowRows(world: World, { rows, plan, order, after }: RowSelection): RowRange {
  const possible = plan === undefined ? rows : intersectRows(rows, planRows(world, plan));
  if (after === undefined || order.natural === undefined) return possible;
  const behind =
    order.natural === 'reverse'
      ? { low: 0, high: after }
      : { low: after + 1, high: Number.POSITIVE_INFINITY };
  return intersectRows(possible, behind);
}

function planRows(world: World, { isEmpty, timeRange, rowRange }: BoundPlan): RowRange {
  if (isEmpty) return { low: 0, high: 0 };
  const low = Number.isFinite(timeRange.from) ? world.indexAt(timeRange.from) : 0;
  const high = Number.isFinite(timeRange.to) ? world.count(timeRange.to) : Number.POSITIVE_INFINITY;
  return intersectRows({ low, high }, { low: rowRange.from, high: rowRange.to + 1 });
}

function* selectByTime(world: World, selection: RowSelection, descending: boolean): Steps<readonly number[]> {
  const { rows, plan, most } = selection;
  if (plan === undefined) return takeRows(rows, most, descending);
  const found: number[] = [];
  for (const matches of matchingBlocks(world, selection, descending)) {
    if (matches === undefined) yield;
    else collectRows(matches, { descending, most }, found);
    if (found.length >= most) break;
  }
  return found;
}

function* selectByKey(world: World, selection: RowSelection): Steps<readonly number[]> {
  const { order, most, after, now } = selection;
  const border = after === undefined ? undefined : orderedRowAt(world, after, selection);
  const top = order.createTop({ limit: most, ...(border === undefined ? {} : { after: border }) });
  for (const matches of matchingBlocks(world, selection, true)) {
    if (matches === undefined) yield;
    else top.add(matches.block, matches.mask, now);
  }
  return top.rows().map(({ index }) => index);
}

function orderedRowAt(
  world: World,
  index: number,
  { order, now }: RowSelection,
): ReturnType<RowOrder['rowOf']> {
  for (const block of world.scan({ low: index, high: index + 1, descending: false })) {
    return order.rowOf(block, index - block.first, now);
  }
  throw new RangeError(`no session at index ${index}`);
}

function takeRows({ low, high }: RowRange, most: number, descending: boolean): readonly number[] {
  const length = Math.max(0, Math.min(most, high - low));
  return Array.from({ length }, (_, step) => (descending ? high - 1 - step : low + step));
}

/** A block with at least one match, and where the matches are. */
interface Matches {
  readonly block: WorldBlock;
  /** 1 for each row that matches; valid until the next block. */
  readonly mask: Uint8Array;
  readonly count: number;
}

/** The blocks that hold matches; `undefined` marks a place to pause. */
function* matchingBlocks(
  world: World,
  { rows, plan, now }: Pick<RowSelection, 'rows' | 'plan' | 'now'>,
  descending: boolean,
): Generator<Matches | undefined> {
  if (rows.low >= rows.high) return;
  let mask = new Uint8Array(0);
  let rowsUntilPause = ROWS_PER_STEP;
  for (const block of world.scan({ ...rows, descending })) {
    if (mask.length < block.length) mask = new Uint8Array(block.length);
    const places = mask.subarray(0, block.length);
    const count = plan === undefined ? places.fill(1).length : plan.select(block, places, now);
    if (count > 0) yield { block, mask: places, count };
    rowsUntilPause -= block.length;
    if (rowsUntilPause > 0) continue;
    rowsUntilPause = ROWS_PER_STEP;
    yield undefined;
  }
}

function collectRows(
  { block, mask }: Matches,
  { descending, most }: { readonly descending: boolean; readonly most: number },
  found: number[],
): void {
  const search = (from: number): number => {
    if (from < 0 || from >= mask.length) return -1;
    return descending ? mask.lastIndexOf(1, from) : mask.indexOf(1, from);
  };
  const step = descending ? -1 : 1;
  let row = search(descending ? mask.length - 1 : 0);
  while (row !== -1 && found.length < most) {
    found.push(block.first + row);
    row = search(row + step);
  }
}
