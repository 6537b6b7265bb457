import type { Writable } from 'node:stream';
import { outputError } from './output-error.ts';
import { assertRunning, createMeter, pumpChunks, type RunControl } from './pump-chunks.ts';
import { type RowSelection, type Shard, shardOf } from './row-selection.ts';
import type { SeedEncoder } from './seed-encoder.ts';

/** What is written to a stream. */
export interface StreamOutput extends RunControl {
  readonly selection: RowSelection;
  readonly encoder: SeedEncoder;
  readonly shard: Shard;
}

/** What a run over a stream came to. */
export interface StreamOutcome {
  readonly rows: number;
  readonly bytes: number;
  /** The reader went away first (`| head`), which is no failure. */
  readonly isCutShort: boolean;
}

/**
 * Writes one shard of a selection to a stream and waits for the reader after each chunk. The stream is left open. A
 * reader that goes away ends the run quietly. Throws KitError `ERR_OUTPUT` or `ERR_INTERRUPTED`.
 */
export async function seedStream(stream: Writable, output: StreamOutput): Promise<StreamOutcome> {
  const part = shardOf(output.selection, output.shard);
  const meter = createMeter(part.high - part.low, output);
  // A failed write also emits `error`, which nobody else listens to; the write's own callback reports it.
  const ignore = (): void => undefined;
  stream.on('error', ignore);
  try {
    await pumpChunks(
      output.encoder.encode(part),
      async ({ bytes, rows, reached }) => {
        if (bytes.length > 0) await untilAborted(writeBytes(stream, bytes), output.signal);
        meter.count({ rows, bytes: bytes.length, seen: reached - part.low });
      },
      output.signal,
    );
    return { rows: meter.rows, bytes: meter.bytes, isCutShort: false };
  } catch (error) {
    if (!isReaderGone(error)) throw outputError('standard output', error);
    return { rows: meter.rows, bytes: meter.bytes, isCutShort: true };
  } finally {
    // The event of the last failed write comes after its callback.
    setImmediate(() => stream.off('error', ignore));
  }
}

function writeBytes(stream: Writable, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

/** A reader that never reads must not keep a run from being stopped. */
async function untilAborted(writing: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return writing;
  let stop: () => void = () => undefined;
  const aborted = new Promise<void>((resolve) => {
    stop = resolve;
    signal.addEventListener('abort', stop);
  });
  try {
    await Promise.race([writing, aborted]);
    assertRunning(signal);
  } finally {
    signal.removeEventListener('abort', stop);
    // Nobody waits any more for what fails later.
    writing.catch(() => undefined);
  }
}

function isReaderGone(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error)) return false;
  return error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED' || error.code === 'ECONNRESET';
}
