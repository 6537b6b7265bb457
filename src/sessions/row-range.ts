/** World indices `[low, high)`; empty when `low >= high`. */
export interface RowRange {
  readonly low: number;
  readonly high: number;
}

/** No row at all. */
export const NO_ROWS: RowRange = { low: 0, high: 0 };

/** The rows in both ranges. */
export function intersectRows(a: RowRange, b: RowRange): RowRange {
  return { low: Math.max(a.low, b.low), high: Math.min(a.high, b.high) };
}
