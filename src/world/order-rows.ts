/** Puts the rows of one bucket in order of (offset, tie), in time proportional to their number. */
export interface RowOrder {
  readonly rows: number;
  /** Ms after the bucket's start, by emission number. */
  readonly offset: Uint32Array;
  /** Length of the bucket: offsets are below it. */
  readonly spanMs: number;
  /** Order of rows with equal offsets. */
  readonly tieOf: (emission: number) => number;
}

/** The emission numbers in order. Distributes over as many bins as rows, then sorts neighbours by insertion. */
export function orderRows(given: RowOrder): Uint32Array {
  const order = distributed(given);
  for (let i = 1; i < order.length; i++) {
    const e = order[i] ?? 0;
    let at = i;
    while (at > 0 && isAfter(order[at - 1] ?? 0, e, given)) {
      order[at] = order[at - 1] ?? 0;
      at--;
    }
    order[at] = e;
  }
  return order;
}

function distributed({ rows, offset, spanMs }: RowOrder): Uint32Array {
  const ends = new Uint32Array(rows + 1);
  const scale = rows / spanMs;
  for (let e = 0; e < rows; e++) {
    const bin = Math.floor((offset[e] ?? 0) * scale);
    ends[bin] = (ends[bin] ?? 0) + 1;
  }
  for (let bin = 1; bin <= rows; bin++) ends[bin] = (ends[bin] ?? 0) + (ends[bin - 1] ?? 0);
  const order = new Uint32Array(rows);
  for (let e = rows - 1; e >= 0; e--) {
    const bin = Math.floor((offset[e] ?? 0) * scale);
    const at = (ends[bin] ?? 0) - 1;
    ends[bin] = at;
    order[at] = e;
  }
  return order;
}

function isAfter(a: number, b: number, { offset, tieOf }: RowOrder): boolean {
  const difference = (offset[a] ?? 0) - (offset[b] ?? 0);
  return difference > 0 || (difference === 0 && tieOf(a) > tieOf(b));
}
