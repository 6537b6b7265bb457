import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { outputError } from './output-error.ts';
import { pumpChunks } from './pump-chunks.ts';
import { unfinishedName } from './run-owner.ts';
import type { ChunkStream } from './seed-encoder.ts';

/** What a finished file holds. */
export interface FileFacts {
  readonly rows: number;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** What a file is made from. */
export interface FileJob {
  readonly chunks: ChunkStream;
  /** Id of the run that writes, for the name of the file while it is unfinished; default `0-0`. */
  readonly ownerId?: string;
  readonly signal?: AbortSignal | undefined;
  /** Called after each chunk is on its way to the disk. */
  readonly onChunk?: (chunk: {
    readonly rows: number;
    readonly bytes: number;
    readonly reached: number;
  }) => void;
}

/**
 * Writes a file so that it is complete or absent whatever happens: bytes go to `PATH.OWNER.tmp`,
 * a file that nobody else has, reach the disk, and only then get the name. Throws KitError `ERR_OUTPUT` (the disk) or `ERR_INTERRUPTED`; both leave the
 * old file, if any, untouched.
 */
export async function writeFileWhole(path: string, job: FileJob): Promise<FileFacts> {
  const temporary = unfinishedName(path, job.ownerId ?? '0-0');
  const handle = await open(temporary, 'wx').catch((error: unknown) => {
    throw outputError(path, error);
  });
  try {
    const facts = await writeSynced(handle, job);
    await rename(temporary, path);
    await syncDirectory(dirname(path));
    return facts;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw outputError(path, error);
  }
}

/** Bytes after which the disk is told to begin: what is left for the end is little. */
const SYNC_BYTES = 32 * 1024 * 1024;

async function writeSynced(handle: FileHandle, { chunks, signal, onChunk }: FileJob): Promise<FileFacts> {
  const hash = createHash('sha256');
  let [rows, bytes, toSync] = [0, 0, 0];
  let syncing: Promise<void> = Promise.resolve();
  try {
    await pumpChunks(
      chunks,
      async (chunk) => {
        const written = writeAll(handle, chunk.bytes);
        // Hashing runs while the operating system takes the bytes.
        hash.update(chunk.bytes);
        await written;
        rows += chunk.rows;
        bytes += chunk.bytes.length;
        toSync += chunk.bytes.length;
        if (toSync >= SYNC_BYTES) {
          await syncing;
          syncing = handle.datasync();
          // A failure is met at the next await; until then it must not count as unhandled.
          syncing.catch(() => undefined);
          toSync = 0;
        }
        onChunk?.({ rows: chunk.rows, bytes: chunk.bytes.length, reached: chunk.reached });
      },
      signal,
    );
    await syncing;
    await handle.sync();
  } finally {
    await Promise.allSettled([syncing]);
    await handle.close();
  }
  return { rows, bytes, sha256: hash.digest('hex') };
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done);
    done += bytesWritten;
  }
}

/** Makes a rename last: without it a power cut can bring the old name back. */
async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } catch (error) {
    // Some file systems cannot sync a folder; the rename itself has happened.
    if (!(error instanceof Error && 'code' in error && (error.code === 'EINVAL' || error.code === 'EPERM')))
      throw error;
  } finally {
    await handle.close();
  }
}
