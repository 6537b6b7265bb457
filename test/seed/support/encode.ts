import { gunzipSync } from 'node:zlib';
import type { EncodedChunk } from '../../../src/seed/arena-pool.ts';
import type { FormatName } from '../../../src/seed/format-names.ts';
import { type RowSelection, type Shard, shardOf } from '../../../src/seed/row-selection.ts';
import type { ChunkStream } from '../../../src/seed/seed-encoder.ts';
import { openEncoder } from '../../../src/seed/seed-format.ts';

/** How a test encodes. */
export interface EncodeSettings {
  readonly shard?: Shard;
  readonly gzip?: boolean;
  readonly exact?: boolean;
}

/** The bytes of one shard (default: the whole) of a selection. */
export async function encodeBytes(
  selection: RowSelection,
  format: FormatName,
  { shard = { index: 1, count: 1 }, gzip = false, exact = false }: EncodeSettings = {},
): Promise<Buffer> {
  const encoder = await openEncoder(selection, { format, gzip, exact });
  return joinChunks(encoder.encode(shardOf(selection, shard)));
}

/** The same as text. */
export async function encodeText(
  selection: RowSelection,
  format: FormatName,
  settings: EncodeSettings = {},
): Promise<string> {
  const bytes = await encodeBytes(selection, format, settings);
  return (settings.gzip === true ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** All chunks as one, each released as soon as it is copied. */
export async function joinChunks(chunks: ChunkStream): Promise<Buffer> {
  const copies: Buffer[] = [];
  const copy = (chunk: EncodedChunk): void => {
    copies.push(Buffer.from(chunk.bytes));
    // What is given back may be overwritten: a chunk that is read after its release shows here.
    chunk.release();
  };
  for await (const chunk of chunks) copy(chunk);
  return Buffer.concat(copies);
}
