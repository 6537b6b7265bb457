/**
 * A set of numbers as closed intervals `[low0, high0, low1, high1, …]`: sorted, apart, ends may be infinite.
 * An open end is the neighbouring double.
 */
export type Intervals = readonly number[];

/** No number. */
export const NO_NUMBER: Intervals = [];

/** Every number. */
export const EVERY_NUMBER: Intervals = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];

/** Ends of one interval; a missing end is open to infinity. */
export interface NumberEnds {
  readonly gte?: number | undefined;
  readonly gt?: number | undefined;
  readonly lte?: number | undefined;
  readonly lt?: number | undefined;
}

/** The numbers between two ends. */
export function intervalOf({ gte, gt, lte, lt }: NumberEnds): Intervals {
  const low = gt === undefined ? (gte ?? Number.NEGATIVE_INFINITY) : nextUp(gt);
  const high = lt === undefined ? (lte ?? Number.POSITIVE_INFINITY) : nextDown(lt);
  return low <= high ? [low, high] : NO_NUMBER;
}

/** Tells whether a number is in the set; NaN never is. */
export function holdsNumber(set: Intervals, value: number): boolean {
  let low = 0;
  let high = set.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= (set[2 * middle + 1] ?? Number.NaN)) high = middle;
    else low = middle + 1;
  }
  return value >= (set[2 * low] ?? Number.NaN) && value <= (set[2 * low + 1] ?? Number.NaN);
}

/** Numbers in any of the sets. */
export function uniteIntervals(sets: readonly Intervals[]): Intervals {
  const pairs = sets.flatMap(toPairs).sort((left, right) => left[0] - right[0]);
  const united: number[] = [];
  for (const [low, high] of pairs) {
    const last = united.length - 1;
    if (last > 0 && low <= nextUp(united[last] ?? Number.NaN))
      united[last] = Math.max(united[last] ?? high, high);
    else united.push(low, high);
  }
  return united;
}

/** Numbers that are not in the set. */
export function complementOf(set: Intervals): Intervals {
  const rest: number[] = [];
  let low = Number.NEGATIVE_INFINITY;
  for (const [start, end] of toPairs(set)) {
    if (start > low) rest.push(low, nextDown(start));
    if (end === Number.POSITIVE_INFINITY) return rest;
    low = nextUp(end);
  }
  return [...rest, low, Number.POSITIVE_INFINITY];
}

/** Numbers in all of the sets. */
export function intersectIntervals(sets: readonly Intervals[]): Intervals {
  return complementOf(uniteIntervals(sets.map(complementOf)));
}

function toPairs(set: Intervals): [low: number, high: number][] {
  const pairs: [number, number][] = [];
  for (let index = 0; index + 1 < set.length; index += 2) pairs.push([set[index] ?? 0, set[index + 1] ?? 0]);
  return pairs;
}

/** The next double above; infinity stays. */
export function nextUp(value: number): number {
  if (!Number.isFinite(value)) return value === Number.NEGATIVE_INFINITY ? -Number.MAX_VALUE : value;
  if (value === 0) return Number.MIN_VALUE;
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + (value > 0 ? 1n : -1n));
  return bits.getFloat64(0);
}

/** The next double below; minus infinity stays. */
export function nextDown(value: number): number {
  return -nextUp(-value);
}
