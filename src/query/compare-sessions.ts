import type { BoundField } from './field.ts';
import type { SortKey } from './parse-sort.ts';
import { resolveField } from './session-resolver.ts';
import { compareCodePoints } from './text-size.ts';
import { addressesOf, numbersOf } from './value-test.ts';

/** What a document is sorted by: a number, a text, or undefined where the field is absent. */
export type SortValue = number | string | undefined;

/** The order without any key. Source: seen (newest first). */
export const DEFAULT_SORT: readonly SortKey[] = [{ path: 'start_time', descending: true }];

/**
 * Compares two sessions in their JSON form by the keys of parseSort: texts by code point, addresses and dates by
 * value, absent values last in both directions, ties by id in the direction of the first key.
 * Source: documented (Quickwit), assumed (Formal).
 */
export function createSessionComparator(keys: readonly SortKey[]): (left: unknown, right: unknown) => number {
  const active = keys.length === 0 ? DEFAULT_SORT : keys;
  const ties: SortKey = { path: 'id', descending: active[0]?.descending ?? true };
  const steps = [...active, ties].map((key) => ({ ...key, field: fieldOf(key.path) }));
  return (left, right) => {
    for (const { field, descending } of steps) {
      const order = compareSortValues(sortValueOf(field, left), sortValueOf(field, right), descending);
      if (order !== 0) return order;
    }
    return 0;
  };
}

/** The field of a sort key; undefined for `_score`, which every session shares. */
export function fieldOf(path: string): BoundField | undefined {
  const resolution = resolveField(path);
  return resolution.kind === 'fields' ? resolution.fields[0] : undefined;
}

/** What a field is sorted by in one document. */
export function sortValueOf(field: BoundField | undefined, document: unknown): SortValue {
  if (field === undefined) return undefined;
  const values = field.read(document);
  if (field.type === 'date' || field.type === 'number') return numbersOf(field, values)[0];
  if (field.type === 'ip') return addressesOf(values)[0];
  return values.length === 0 ? undefined : String(values[0]);
}

/** Order of two values: absent ones last whatever the direction. */
export function compareSortValues(left: SortValue, right: SortValue, descending: boolean): number {
  if (left === undefined || right === undefined) {
    return (left === undefined ? 1 : 0) - (right === undefined ? 1 : 0);
  }
  const order =
    typeof left === 'number' && typeof right === 'number'
      ? left - right
      : compareCodePoints(String(left), String(right));
  return descending ? -order : order;
}
