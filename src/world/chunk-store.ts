import { CHUNK_ROW_BYTES, type Chunk } from './chunk.ts';

/** The chunks of a world, made when asked for and kept while there is room. */
export interface ChunkStore {
  get(bucket: number): Chunk;
}

/** Keeps the chunks used last, at most `maxBytes` of them and always one. */
export function createChunkStore(emit: (bucket: number) => Chunk, maxBytes: number): ChunkStore {
  const kept = new Map<number, Chunk>();
  const maxRows = Math.floor(maxBytes / CHUNK_ROW_BYTES);
  let rows = 0;
  let last: Chunk | undefined;
  const keep = (chunk: Chunk): void => {
    kept.set(chunk.bucket, chunk);
    rows += rowsCharged(chunk);
    for (const [bucket, oldest] of kept) {
      if (rows <= maxRows || oldest === chunk) break;
      kept.delete(bucket);
      rows -= rowsCharged(oldest);
    }
  };
  return {
    get: (bucket) => {
      if (last?.bucket === bucket) return last;
      const found = kept.get(bucket);
      if (found === undefined) {
        last = emit(bucket);
        keep(last);
      } else {
        last = found;
        kept.delete(bucket);
        kept.set(bucket, found);
      }
      return last;
    },
  };
}

/** A chunk's objects weigh about as much as three hundred rows: 12 kB, measured with chunks of seventeen rows. */
function rowsCharged({ length }: Chunk): number {
  return length + 300;
}
