import { setImmediate } from 'node:timers/promises';
import { KitError } from '../errors.ts';
import type { EncodedChunk } from './arena-pool.ts';
import type { ChunkStream } from './seed-encoder.ts';

/** How far a run has come. */
export interface SeedProgress {
  /** Sessions written. */
  readonly rows: number;
  /** Bytes written, after compression. */
  readonly bytes: number;
  /** Sessions looked at, written or not. */
  readonly seen: number;
  /** Sessions to look at. */
  readonly total: number;
}

/** What every sink is given beside the data. */
export interface RunControl {
  /** When it is aborted, the run stops at the next chunk and throws KitError `ERR_INTERRUPTED`. */
  readonly signal?: AbortSignal;
  /** Called after each chunk; must not throw. */
  readonly onProgress?: (progress: SeedProgress) => void;
}

/** Adds up what has been written, and tells the caller. */
export interface Meter {
  readonly rows: number;
  readonly bytes: number;
  /** Counts rows and bytes; `seen` is how many sessions of this run have been looked at. */
  count(amount: { readonly rows: number; readonly bytes: number; readonly seen: number }): void;
}

/** Makes the meter of one run over `total` sessions. */
export function createMeter(total: number, { onProgress }: RunControl): Meter {
  let [rows, bytes] = [0, 0];
  return {
    get rows() {
      return rows;
    },
    get bytes() {
      return bytes;
    },
    count: (amount) => {
      rows += amount.rows;
      bytes += amount.bytes;
      onProgress?.({ rows, bytes, seen: amount.seen, total });
    },
  };
}

/** Throws KitError `ERR_INTERRUPTED` when the run has been asked to stop. */
export function assertRunning(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new KitError('ERR_INTERRUPTED', { reason: String(signal.reason) });
}

/**
 * Gives each chunk to `write` and releases it when that is done. The next chunk is made while one is being
 * written, never more, so memory stays flat whatever the speed of the reader. Throws what `write` throws.
 */
export async function pumpChunks(
  chunks: ChunkStream,
  write: (chunk: EncodedChunk) => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<void> {
  let writing: Promise<void> = Promise.resolve();
  try {
    for await (const chunk of turns(chunks)) {
      await writing;
      assertRunning(signal);
      writing = write(chunk).finally(() => chunk.release());
      // A failure is met at the next await; until then it must not count as unhandled.
      writing.catch(() => undefined);
    }
    await writing;
  } finally {
    await Promise.allSettled([writing]);
  }
}

/** Gives the event loop a turn after each chunk: signals, timers and other callers are served. */
async function* turns(chunks: ChunkStream): AsyncGenerator<EncodedChunk> {
  for await (const chunk of chunks) {
    yield chunk;
    await setImmediate();
  }
}
