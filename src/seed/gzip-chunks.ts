import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { EncodedChunk } from './arena-pool.ts';

const gzipAsync = promisify(gzip);

/** Chunks that are compressed at once; more would only wait for a thread of the pool. */
const IN_FLIGHT = 4;

/**
 * Each chunk as a gzip member of its own, in order. Members one after another are one gzip stream, so parts
 * and shards can be joined with `cat`. Compression runs beside the main thread.
 */
export async function* gzipChunks(chunks: Iterable<EncodedChunk>): AsyncGenerator<EncodedChunk> {
  const pending: Promise<EncodedChunk>[] = [];
  try {
    for (const chunk of chunks) {
      pending.push(compress(chunk));
      if (pending.length < IN_FLIGHT) continue;
      yield await (pending.shift() as Promise<EncodedChunk>); // The list has IN_FLIGHT entries here.
    }
    for (const next of pending) yield await next;
  } finally {
    await Promise.allSettled(pending);
  }
}

async function compress(chunk: EncodedChunk): Promise<EncodedChunk> {
  if (chunk.bytes.length === 0) return chunk;
  const bytes = await gzipAsync(chunk.bytes);
  chunk.release();
  return { ...chunk, bytes, release: () => undefined };
}
