import type { World } from '../world/world.ts';
import type { Overlay } from './apply-fixtures.ts';
import type { FixtureRow } from './fixture-row.ts';

/** What stands at an index: row `row` of the overlay, or session `base` of the world below. */
export type Place = { readonly row: number } | { readonly base: number };

/** Numbers of sessions before and after an overlay; everything is a binary search. */
export interface LayerIndex {
  /** What stands at an index of the layered world. */
  placeOf(index: number): Place;
  /** The index of an overlay row. */
  indexOfRow(row: number): number;
  /** The index of a session of the world below, which must not be removed. */
  indexOfBase(base: number): number;
  /** Sessions of the layered world among the first `base` of the world below and the first `rows` of the overlay. */
  sizeOf(base: number, rows: number): number;
  /** Rank among the removed, or -1. */
  removedRank(base: number): number;
  /** How many consecutive sessions, going up or down from this one, are the overlay's, or the base's without a gap. */
  runAt(index: number, descending: boolean): number;
  /** Overlay rows that start before `time`. */
  rowsBefore(time: number): number;
}

/** Makes the numbering of a world under an overlay. */
export function createLayerIndex(world: World, { removed, rows }: Overlay): LayerIndex {
  const anchors = Float64Array.from(rows, (row) => anchorOf(world, row));
  const starts = Float64Array.from(rows, ({ start }) => start);
  const positions = anchors.map((anchor, row) => anchor - lowerBound(removed, anchor) + row);
  /** By removed rank: how many sessions that are left stand before it; never descends. */
  const leftBefore = removed.map((base, rank) => base - rank);
  const placeOf = (index: number): Place => {
    const upTo = lowerBound(positions, index + 1);
    if (upTo > 0 && positions[upTo - 1] === index) return { row: upTo - 1 };
    const left = index - upTo;
    return { base: left + lowerBound(leftBefore, left + 1) };
  };
  const removedRank = (base: number): number => {
    const rank = lowerBound(removed, base);
    return removed[rank] === base ? rank : -1;
  };
  const rowRun = (row: number, step: number): number => {
    let length = 1;
    while (positions[row + length * step] === (positions[row] ?? 0) + length * step) length++;
    return length;
  };
  const baseRun = (base: number, index: number, descending: boolean): number => {
    const nextRow = lowerBound(positions, index);
    const nextRemoved = lowerBound(removed, base);
    if (descending) {
      const untilRow = index - (positions[nextRow - 1] ?? -1);
      return Math.min(untilRow, base - (removed[nextRemoved - 1] ?? -1));
    }
    const untilRow = (positions[nextRow] ?? Number.POSITIVE_INFINITY) - index;
    return Math.min(untilRow, (removed[nextRemoved] ?? Number.POSITIVE_INFINITY) - base);
  };
  return {
    placeOf,
    removedRank,
    indexOfRow: (row) => positions[row] ?? -1,
    indexOfBase: (base) => base - lowerBound(removed, base) + lowerBound(anchors, base + 1),
    sizeOf: (base, count) => base - lowerBound(removed, base) + count,
    runAt: (index, descending) => {
      const place = placeOf(index);
      if ('base' in place) return baseRun(place.base, index, descending);
      return rowRun(place.row, descending ? -1 : 1);
    },
    rowsBefore: (time) => lowerBound(starts, time),
  };
}

/** How many sessions of the world come before a row. */
function anchorOf(world: World, { start, id }: FixtureRow): number {
  const until = world.count(start);
  let anchor = world.indexAt(start);
  while (anchor < until && world.idAt(anchor) < id) anchor++;
  return anchor;
}

/** How many of the ascending values are below `value`. */
function lowerBound(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
