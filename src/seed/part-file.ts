import { createHash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KitError } from '../errors.ts';
import { pumpChunks } from './pump-chunks.ts';
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
  readonly signal?: AbortSignal | undefined;
  /** Called after each chunk is on its way to the disk. */
  readonly onChunk?: (chunk: {
    readonly rows: number;
    readonly bytes: number;
    readonly reached: number;
  }) => void;
}

/**
 * Writes a file so that it is complete or absent whatever happens: bytes go to `PATH.tmp`, reach the disk,
 * and only then get the name. Throws KitError `ERR_OUTPUT` (the disk) or `ERR_INTERRUPTED`; both leave the
 * old file, if any, untouched.
 */
export async function writeFileWhole(path: string, job: FileJob): Promise<FileFacts> {
  const temporary = `${path}.tmp`;
  try {
    const facts = await writeSynced(temporary, job);
    await rename(temporary, path);
    await syncDirectory(dirname(path));
    return facts;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw outputError(path, error);
  }
}

/** Any error as KitError; one of the file system becomes `ERR_OUTPUT`. */
export function outputError(target: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('syscall' in error)) return error;
  const code = 'code' in error ? String(error.code) : '';
  return new KitError('ERR_OUTPUT', { target, reason: REASONS[code] ?? error.message }, { cause: error });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'part of its path is not a folder',
  EISDIR: 'it is a folder',
  EFBIG: 'the file would be too large',
  EIO: 'the disk failed',
};

/** Bytes after which the disk is told to begin: what is left for the end is little. */
const SYNC_BYTES = 32 * 1024 * 1024;

async function writeSynced(path: string, { chunks, signal, onChunk }: FileJob): Promise<FileFacts> {
  const handle = await open(path, 'w');
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
