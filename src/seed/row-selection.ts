import type { World, WorldBlock } from '../world/world.ts';
import { invalidOption } from './invalid-option.ts';

/**
 * Which rows of a block belong to the demo data: writes 1 or 0 for each row into `mask[0 … block.length)` and gives
 * the number of ones. Made by compiling a query; gives the same for the same block.
 */
export type RowFilter = (block: WorldBlock, mask: Uint8Array) => number;

/** Which sessions are written: world indices `[low, high)` that pass the filter, seen at `now`. */
export interface RowSelection {
  readonly world: World;
  /** The instant that decides what is active, idle or completed; ms since 1970. */
  readonly now: number;
  /** World index of the first row. */
  readonly low: number;
  /** World index after the last row. */
  readonly high: number;
  /** Absent: every row. */
  readonly filter?: RowFilter;
}

/** A run of a selection that is written as one piece; pieces in order are the whole, byte for byte. */
export interface RowPart {
  readonly low: number;
  readonly high: number;
  /** Its bytes begin with the format's head. */
  readonly isFirst: boolean;
  /** Its bytes end with the format's tail. */
  readonly isLast: boolean;
}

/** One of `count` equal runs of a selection, oldest first; `index` counts from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Shards a selection can be cut into, at most. */
export const MAX_SHARDS = 100_000;

/** Bounds of a selection inside a world. */
export interface SelectionBounds {
  /** ms since 1970. */
  readonly now: number;
  /** First start included, ms since 1970; default and at least the world's lower edge. */
  readonly from?: number;
  /** First start left out, ms since 1970; default and at most just after `now`. */
  readonly until?: number;
  readonly filter?: RowFilter;
}

/** The sessions of a world that started in `[from, until)` and not after `now`; inverted bounds select nothing. */
export function selectRows(world: World, bounds: SelectionBounds): RowSelection {
  const { now, filter } = bounds;
  const total = world.count(now);
  const low = bounds.from === undefined ? 0 : Math.max(0, Math.min(total, world.indexAt(bounds.from)));
  const high = bounds.until === undefined ? total : Math.min(total, world.indexAt(bounds.until));
  return { world, now, low, high: Math.max(low, high), ...(filter && { filter }) };
}

/** Reads `i/n`, 1 <= i <= n <= {@link MAX_SHARDS}. Throws KitError `ERR_OPTION_INVALID`. */
export function parseShard(text: string): Shard {
  const [, index, count] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (shard.index >= 1 && shard.index <= shard.count && shard.count <= MAX_SHARDS) return shard;
  throw invalidOption('--shard', `i/n with 1 <= i <= n <= ${MAX_SHARDS}`, text);
}

/** The rows of one shard. Sizes differ by at most one row (before the filter). */
export function shardOf(selection: RowSelection, { index, count }: Shard): RowPart {
  const border = (number: number): number =>
    selection.low + Math.floor(((selection.high - selection.low) * number) / count);
  return {
    low: border(index - 1),
    high: border(index),
    isFirst: index === 1,
    isLast: index === count,
  };
}

/** Cuts a shard into parts of `rows` rows (before the filter); at least one, which may be empty. */
export function cutParts(shard: RowPart, rows: number): RowPart[] {
  const parts: RowPart[] = [];
  let low = shard.low;
  do {
    const high = Math.min(shard.high, low + rows);
    parts.push({
      low,
      high,
      isFirst: shard.isFirst && low === shard.low,
      isLast: shard.isLast && high === shard.high,
    });
    low = high;
  } while (low < shard.high);
  return parts;
}

/**
 * Makes a reader of the filter: 1 where a row of a block is selected, undefined where every row is. The array is the
 * same each time and holds until the next block.
 */
export function createRowMask({ filter }: RowSelection): (block: WorldBlock) => Uint8Array | undefined {
  if (filter === undefined) return () => undefined;
  let mask = new Uint8Array(0);
  return (block) => {
    if (mask.length < block.length) mask = new Uint8Array(block.length);
    filter(block, mask);
    return mask;
  };
}

/** World index of the last selected row before `index`, or -1: what the first row of a part continues. */
export function rowBefore(selection: RowSelection, index: number): number {
  const { world, low, filter } = selection;
  if (filter === undefined) return index > low ? index - 1 : -1;
  const maskOf = createRowMask(selection);
  for (const block of world.scan({ low, high: Math.max(low, index), descending: true })) {
    const row = maskOf(block)?.lastIndexOf(1, block.length - 1) ?? -1;
    if (row >= 0) return block.first + row;
  }
  return -1;
}
