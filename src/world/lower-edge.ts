import { lowerRow } from './chunk.ts';
import type { ChunkStore } from './chunk-store.ts';
import { DAY_MS } from './civil-time.ts';
import type { Place } from './timeline.ts';
import { MAX_DAYS, type ResolvedWorldOptions } from './world-options.ts';

/** The first row a world shows, and its instant. */
export interface LowerEdge {
  readonly edge: Place;
  readonly from: number;
}

/** What finding an edge needs of a world. */
export interface EdgeSource {
  readonly bucketMs: number;
  readonly chunks: ChunkStore;
  readonly total: (bucket: number) => number;
}

/** The lower edge that options ask for: `days` before now, or as far back as `count` sessions reach. */
export function findLowerEdge(options: ResolvedWorldOptions, source: EdgeSource): LowerEdge {
  const { now, days, count } = options;
  return count === undefined
    ? edgeAt(Math.floor(now - days * DAY_MS), source)
    : edgeOfCount(count, now, source);
}

function edgeAt(from: number, { bucketMs, chunks }: EdgeSource): LowerEdge {
  const bucket = Math.floor(from / bucketMs);
  return { from, edge: { bucket, row: lowerRow(chunks.get(bucket), from) } };
}

function edgeOfCount(count: number, now: number, source: EdgeSource): LowerEdge {
  const { bucketMs, chunks, total } = source;
  const earliest = Math.floor((now - MAX_DAYS * DAY_MS) / bucketMs);
  let bucket = Math.floor(now / bucketMs);
  let found = lowerRow(chunks.get(bucket), now + 1);
  while (found < count && bucket > earliest) {
    bucket--;
    found += total(bucket);
  }
  const row = Math.max(0, found - count);
  const from = chunks.get(bucket).start[row] ?? bucket * bucketMs;
  return { from, edge: { bucket, row } };
}
