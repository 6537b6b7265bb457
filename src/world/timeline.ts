import { type Chunk, lowerRow } from './chunk.ts';
import type { ChunkStore } from './chunk-store.ts';

/** Where a session is: a row of a bucket. */
export interface Place {
  readonly bucket: number;
  readonly row: number;
}

/** Numbers and places of sessions, from the lower edge on. */
export interface Timeline {
  /** Index of a bucket's first row; below 0 for rows before the lower edge. */
  baseOf(bucket: number): number;
  /** Number of the bucket that holds an index. Throws RangeError beyond the horizon. */
  bucketOf(index: number): number;
  /** Index of the first session that starts at or after `time`. */
  indexAt(time: number): number;
  /** The first bucket shown, and the last within the horizon. */
  readonly firstBucket: number;
  readonly lastBucket: number;
}

/** What a timeline is made from. */
export interface TimelineOptions {
  readonly bucketMs: number;
  /** Lower edge: the first row shown. */
  readonly edge: Place;
  /** The instant up to which indices are known, in ms. */
  readonly horizon: number;
  readonly total: (bucket: number) => number;
  readonly chunks: ChunkStore;
}

/** Makes a timeline; sums over buckets are taken as far as they are asked for. */
export function createTimeline(options: TimelineOptions): Timeline {
  const { bucketMs, edge, total, chunks } = options;
  const firstBucket = edge.bucket;
  const lastBucket = Math.max(firstBucket, Math.floor(options.horizon / bucketMs));
  let bases = new Float64Array(1024);
  let known = 1;
  bases[0] = -edge.row;
  let indexed = 0;
  const extendTo = (bucket: number): void => {
    const wanted = bucket - firstBucket + 1;
    if (wanted > bases.length) {
      const larger = new Float64Array(Math.max(wanted, bases.length * 2));
      larger.set(bases);
      bases = larger;
    }
    for (; known < wanted; known++) {
      bases[known] = (bases[known - 1] ?? 0) + total(firstBucket + known - 1);
    }
    indexed = bases[known - 1] ?? 0;
  };
  const baseOf = (bucket: number): number => {
    extendTo(bucket);
    return bases[bucket - firstBucket] ?? 0;
  };
  const bucketOf = (index: number): number => {
    while (index >= indexed) {
      const next = firstBucket + known;
      if (next > lastBucket + 1) throw new RangeError(`no session has index ${index}`);
      extendTo(Math.min(lastBucket + 1, next + 63));
    }
    return firstBucket + lastAtMost(bases, known, index);
  };
  const indexAt = (time: number): number => {
    const bucket = Math.floor(time / bucketMs);
    if (bucket < firstBucket) return 0;
    if (bucket > lastBucket) return baseOf(lastBucket) + total(lastBucket);
    const chunk: Chunk = chunks.get(bucket);
    return Math.max(0, baseOf(bucket) + lowerRow(chunk, time));
  };
  return { firstBucket, lastBucket, baseOf, bucketOf, indexAt };
}

/** The last of `known` ascending values that is at most `value`. */
function lastAtMost(values: Float64Array, known: number, value: number): number {
  let low = 0;
  let high = known;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
