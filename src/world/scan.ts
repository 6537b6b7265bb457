import type { Chunk } from './chunk.ts';
import type { ChunkStore } from './chunk-store.ts';
import type { CodeReader } from './code-columns.ts';
import type { SessionIds } from './session-id.ts';
import type { Timeline } from './timeline.ts';
import { type CodeColumn, type Codes, ID_BYTES, type World, type WorldBlock } from './world.ts';

/** What a scan reads from. */
export interface ScanSource {
  readonly timeline: Timeline;
  readonly chunks: ChunkStore;
  readonly codes: CodeReader;
  readonly ids: SessionIds;
}

/** The sessions of a range, one block for each bucket that has any. Throws RangeError for `low` below 0. */
export function* scanBlocks(
  { low, high, descending }: Parameters<World['scan']>[0],
  source: ScanSource,
): Generator<WorldBlock> {
  if (!(low >= 0)) throw new RangeError(`low must be >= 0 (got ${low})`);
  if (!(high > low)) return;
  const { timeline, chunks, codes, ids } = source;
  const first = timeline.bucketOf(low);
  const last = timeline.bucketOf(high - 1);
  const step = descending ? -1 : 1;
  for (let bucket = descending ? last : first; bucket >= first && bucket <= last; bucket += step) {
    const base = timeline.baseOf(bucket);
    const chunk = chunks.get(bucket);
    const from = Math.max(0, low - base);
    const until = Math.min(chunk.length, high - base);
    if (from < until) yield createBlock({ chunk, base, codes, ids }, from, until);
  }
}

interface BlockSource {
  readonly chunk: Chunk;
  /** World index of the chunk's row 0. */
  readonly base: number;
  readonly codes: CodeReader;
  readonly ids: SessionIds;
}

function createBlock({ chunk, base, codes, ids }: BlockSource, from: number, until: number): WorldBlock {
  const isWhole = from === 0 && until === chunk.length;
  const cut = <T extends Float64Array | Codes>(column: T): T =>
    // A subarray has the type of its array.
    isWhole ? column : (column.subarray(from, until) as T);
  return {
    first: base + from,
    length: until - from,
    start: cut(chunk.start),
    end: cut(chunk.end),
    quiet: cut(chunk.quiet),
    get parent() {
      chunk.parent ??= parentIndices(chunk, base);
      return cut(chunk.parent);
    },
    codes: (column: CodeColumn) => cut(codes.column(column, chunk)),
    writeId: (row, out, place) => {
      const { bucket, emission, idsKey: bucketKey, start } = chunk;
      const at = from + row;
      ids.write(
        { out, place },
        { place: { bucket, emission: emission[at] ?? 0 }, bucketKey, startMs: start[at] ?? 0 },
      );
      return place + ID_BYTES;
    },
  };
}

/** Indices of parents; one before the lower edge is a negative index less one, since -1 says "none". */
function parentIndices({ parents, length }: Chunk, base: number): Float64Array {
  const indices = new Float64Array(length).fill(-1);
  for (const [row, parent] of parents) {
    const index = base + parent;
    indices[row] = index < 0 ? index - 1 : index;
  }
  return indices;
}
