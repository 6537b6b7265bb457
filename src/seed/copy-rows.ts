import type { Client } from 'pg';
import { createArenaPool } from './arena-pool.ts';
import { COPY_LOAD_TABLE, COPY_STYLE } from './copy-format.ts';
import { encodeText } from './encode-text.ts';
import { createMeter, pumpChunks, type RunControl } from './pump-chunks.ts';
import { type RowSelection, type Shard, shardOf } from './row-selection.ts';
import { createRowTexts } from './row-texts.ts';
import type { ChunkStream } from './seed-encoder.ts';
import type { TextWriter } from './text-format.ts';

/** `from` of the package pg-copy-streams. */
export type CopyFrom = typeof import('pg-copy-streams').from;

/** Which rows are copied. */
export interface CopyJob extends RunControl {
  readonly selection: RowSelection;
  readonly shard: Shard;
  /** Makes every row from the session itself. */
  readonly exact: boolean;
}

/** Fills the load table with one shard of a selection and gives the number of rows. Throws what the connection throws. */
export async function copyRows(client: Client, copyFrom: CopyFrom, job: CopyJob): Promise<number> {
  const { selection, shard, exact, signal } = job;
  const part = shardOf(selection, shard);
  const meter = createMeter(part.high - part.low, job);
  const chunks = encodeText(copyWriter(selection, exact), { selection, part, pool: createArenaPool() });
  await copyChunks(client.query(copyFrom(COPY_LOAD_TABLE)), {
    chunks,
    signal,
    onChunk: (rows, bytes, reached) => meter.count({ rows, bytes, seen: reached - part.low }),
  });
  return meter.rows;
}

/** What goes through one COPY. */
export interface CopyData {
  readonly chunks: ChunkStream;
  readonly signal: AbortSignal | undefined;
  readonly onChunk?: (rows: number, bytes: number, reached: number) => void;
}

/** Sends chunks through a COPY that has just been asked for, to its end. Throws what the connection throws. */
export async function copyChunks(
  copy: ReturnType<CopyFrom>,
  { chunks, signal, onChunk }: CopyData,
): Promise<void> {
  let isBroken = false;
  const finished = new Promise<void>((resolve, reject) => {
    copy.once('finish', resolve);
    // A lost connection is told more than once: by the server's last words, and by the socket.
    copy.on('error', (error: Error) => {
      isBroken = true;
      reject(error);
    });
  });
  finished.catch(() => undefined);
  try {
    await pumpChunks(
      chunks,
      async ({ bytes, rows, reached }) => {
        // The stream keeps what it is given, so it gets bytes of its own.
        const write = new Promise<void>((resolve, reject) => {
          copy.write(Buffer.from(bytes), (error) => (error ? reject(error) : resolve()));
        });
        await Promise.race([write, finished]);
        onChunk?.(rows, bytes.length, reached);
      },
      signal,
    );
    copy.end();
    await finished;
  } catch (error) {
    // Tells the server to stop; where it is what failed, nobody is there to be told.
    if (!isBroken) copy.destroy();
    throw error;
  }
}

function copyWriter(selection: RowSelection, exact: boolean): TextWriter {
  return {
    head: '',
    looksBack: false,
    row: createRowTexts(selection, { exact }).flat(COPY_STYLE),
    between: () => '',
    after: '\n',
    tail: () => '',
  };
}
