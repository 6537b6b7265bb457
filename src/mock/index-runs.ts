/** Positions of a page whose sessions are neighbours in the world, or nearly. */
export interface IndexRun {
  /** World indices `[low, high)` that hold all of them. */
  readonly low: number;
  readonly high: number;
  /** True where the indices fall. */
  readonly descending: boolean;
  /** Positions `[first, last)`. */
  readonly first: number;
  readonly last: number;
}

/** Sessions between two of a page that are passed over rather than looked up anew. */
const MAX_GAP = 256;

/** Cuts positions `[from, until)` of a page into runs of rising or falling indices without large gaps. */
export function* runsOf(indices: readonly number[], from: number, until: number): Generator<IndexRun> {
  for (let first = from; first < until; ) {
    const descending = (indices[first + 1] ?? -1) < (indices[first] ?? 0);
    let last = first + 1;
    while (last < until && isNext(indices[last - 1] ?? 0, indices[last] ?? 0, descending)) last += 1;
    const [one, other] = [indices[first] ?? 0, indices[last - 1] ?? 0];
    yield { low: Math.min(one, other), high: Math.max(one, other) + 1, descending, first, last };
    first = last;
  }
}

function isNext(before: number, index: number, descending: boolean): boolean {
  const step = descending ? before - index : index - before;
  return step > 0 && step <= MAX_GAP;
}
