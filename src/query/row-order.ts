import type { ColumnBlock, ColumnSource } from './columns.ts';
import { compareSortValues, DEFAULT_SORT, fieldOf, sortValueOf } from './compare-sessions.ts';
import { isEntityColumn } from './dictionary-index.ts';
import type { BoundField } from './field.ts';
import type { OrderedRow } from './ordered-row.ts';
import type { SortKey } from './parse-sort.ts';
import { TopRows } from './top-rows.ts';

/** An order bound to one world. Its order is that of createSessionComparator. */
export interface RowOrder {
  /** `world`: rows come in ascending index, `reverse`: in descending index, else undefined. */
  readonly natural: 'world' | 'reverse' | undefined;
  /** What row `k` of a block is sorted by at `now`. */
  rowOf(block: ColumnBlock, k: number, now: number): OrderedRow;
  compare(left: OrderedRow, right: OrderedRow): number;
  /** Gathers the first `limit` rows in order, after `after` where given, from rows added in any order. */
  createTop(options: { readonly limit: number; readonly after?: OrderedRow }): TopRows;
}

/**
 * Binds the keys of parseSort to a world: texts are ranked once per dictionary; ids must ascend with the indexes, as
 * ids that begin with their start time do. No key: start_time descending.
 */
export function bindOrder(keys: readonly SortKey[], source: ColumnSource): RowOrder {
  const active = keys.length === 0 ? DEFAULT_SORT : keys;
  const descending = active.map((key) => key.descending);
  const tieDescending = descending[0] ?? true;
  const readers = active.map(({ path }) => createReader(fieldOf(path), source));
  const compare = (left: OrderedRow, right: OrderedRow): number => {
    for (let key = 0; key < readers.length; key += 1) {
      const order = compareNumbers(left.values[key], right.values[key], descending[key] ?? true);
      if (order !== 0) return order;
    }
    return tieDescending ? right.index - left.index : left.index - right.index;
  };
  const firstOf = readers[0] ?? (() => Number.NaN);
  const compareFirst = (left: number, right: number): number => compareNumbers(left, right, tieDescending);
  const isByTime = active[0]?.path === 'start_time' || active[0]?.path === 'id';
  const isNatural = isByTime && (active.length === 1 || active[0]?.path === 'id');
  const rowOf = (block: ColumnBlock, k: number, now: number): OrderedRow => ({
    index: block.first + k,
    values: readers.map((read) => read(block, k, now)),
  });
  return {
    natural: isNatural ? (tieDescending ? 'reverse' : 'world') : undefined,
    rowOf,
    compare,
    createTop: ({ limit, after }) => new TopRows({ limit, after, compare, rowOf, firstOf, compareFirst }),
  };
}

function compareNumbers(left: number | undefined, right: number | undefined, descending: boolean): number {
  const isLeftAbsent = left === undefined || Number.isNaN(left);
  const isRightAbsent = right === undefined || Number.isNaN(right);
  if (isLeftAbsent || isRightAbsent) return Number(isLeftAbsent) - Number(isRightAbsent);
  return descending ? right - left : left - right;
}

type RowReader = (block: ColumnBlock, k: number, now: number) => number;

const STATUS_RANK = { active: 0, completed: 1, idle: 2 } as const;

function createReader(field: BoundField | undefined, source: ColumnSource): RowReader {
  const column = field?.column;
  if (field !== undefined && isEntityColumn(column)) {
    const ranks = rankEntries(field, source.dictionary(column));
    return (block, k) => ranks[block.codes(column)[k] ?? 0] ?? Number.NaN;
  }
  switch (column) {
    case 'start':
      return (block, k) => block.start[k] ?? Number.NaN;
    case 'end':
      return (block, k, now) => closedOr((block.end[k] ?? 0) <= now, block.end[k]);
    case 'duration':
    case 'durationMs':
      return (block, k, now) =>
        closedOr((block.end[k] ?? 0) <= now, (block.end[k] ?? 0) - (block.start[k] ?? 0));
    case 'status':
      return (block, k, now) => {
        if ((block.end[k] ?? 0) <= now) return STATUS_RANK.completed;
        return block.quiet[k] === 1 ? STATUS_RANK.idle : STATUS_RANK.active;
      };
    case 'id':
      return (block, k) => block.first + k;
    case 'parent':
      return (block, k) => closedOr(block.parent[k] !== -1, block.parent[k]);
    default:
      return () => Number.NaN;
  }
}

function closedOr(isPresent: boolean, value: number | undefined): number {
  return isPresent ? (value ?? Number.NaN) : Number.NaN;
}

/** The place of each entry's value among all, equal values sharing one; NaN where it is absent. */
function rankEntries(field: BoundField, dictionary: readonly object[]): Float64Array {
  const values = dictionary.map((entry) => sortValueOf(field, entry));
  const order = values.map((_, entry) => entry).filter((entry) => values[entry] !== undefined);
  order.sort((left, right) => compareSortValues(values[left], values[right], false));
  const ranks = new Float64Array(values.length).fill(Number.NaN);
  let rank = 0;
  order.forEach((entry, place) => {
    if (place > 0 && values[entry] !== values[order[place - 1] ?? 0]) rank += 1;
    ranks[entry] = rank;
  });
  return ranks;
}
