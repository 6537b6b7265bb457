/** Rows of one bucket to put in order of (offset, tie), and the room to do it in. */
export interface RowOrder {
  readonly rows: number;
  /** Ms after the bucket's start, by emission number. */
  readonly offset: Uint32Array;
  /** Length of the bucket: offsets are below it. */
  readonly spanMs: number;
  /** Order of rows with equal offsets. */
  readonly tieOf: (emission: number) => number;
  /** Receives the emission numbers in order; at least `rows` long. */
  readonly order: Uint32Array;
  /** Working space, longer than `rows`. */
  readonly ends: Uint32Array;
}

/**
 * Writes the emission numbers in order to `order`, in time proportional to their number: distributes them over
 * as many bins as rows, then sorts neighbours by insertion.
 */
export function orderRows(given: RowOrder): void {
  const { rows, order } = given;
  distribute(given);
  for (let i = 1; i < rows; i++) {
    const e = order[i] ?? 0;
    let at = i;
    while (at > 0 && isAfter(order[at - 1] ?? 0, e, given)) {
      order[at] = order[at - 1] ?? 0;
      at--;
    }
    order[at] = e;
  }
}

function distribute({ rows, offset, spanMs, order, ends }: RowOrder): void {
  const scale = rows / spanMs;
  ends.fill(0, 0, rows + 1);
  for (let e = 0; e < rows; e++) {
    const bin = Math.floor((offset[e] ?? 0) * scale);
    ends[bin] = (ends[bin] ?? 0) + 1;
  }
  for (let bin = 1; bin <= rows; bin++) ends[bin] = (ends[bin] ?? 0) + (ends[bin - 1] ?? 0);
  for (let e = rows - 1; e >= 0; e--) {
    const bin = Math.floor((offset[e] ?? 0) * scale);
    const at = (ends[bin] ?? 0) - 1;
    ends[bin] = at;
    order[at] = e;
  }
}

function isAfter(a: number, b: number, { offset, tieOf }: RowOrder): boolean {
  const difference = (offset[a] ?? 0) - (offset[b] ?? 0);
  return difference > 0 || (difference === 0 && tieOf(a) > tieOf(b));
}
