import type { EncodedChunk } from './arena-pool.ts';
import type { ReferenceTable } from './reference-tables.ts';
import type { RowPart } from './row-selection.ts';

/** Chunks of output, from memory that is used again: each must be released before many more are asked for. */
export type ChunkStream = Iterable<EncodedChunk> | AsyncIterable<EncodedChunk>;

/** A format, opened for one selection. */
export interface SeedEncoder {
  /** With the dot, `.gz` included. */
  readonly extension: string;
  /** Small tables that have a file of their own beside the sessions; none when the output itself holds them. */
  readonly tables: readonly ReferenceTable[];
  /** The bytes of one part; parts in order are the whole. */
  encode(part: RowPart): ChunkStream;
  /** The bytes of one of {@link SeedEncoder.tables}. */
  encodeTable(table: ReferenceTable): ChunkStream;
}

/** A {@link SeedEncoder} whose chunks need no waiting. */
export interface PlainEncoder extends SeedEncoder {
  encode(part: RowPart): Iterable<EncodedChunk>;
  encodeTable(table: ReferenceTable): Iterable<EncodedChunk>;
}

/** A chunk of bytes that belong to nobody else. */
export function wholeChunk(bytes: Uint8Array, rows: number, reached: number): EncodedChunk {
  return { bytes, rows, reached, release: () => undefined };
}
