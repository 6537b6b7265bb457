import { type ByteRows, createByteRows } from '../world/byte-rows.ts';
import { createArenaPool } from './arena-pool.ts';
import { COPY_FORMAT } from './copy-format.ts';
import { CSV_FORMAT } from './csv-format.ts';
import { createBankPool, encodeBytes } from './encode-bytes.ts';
import { encodeText } from './encode-text.ts';
import type { FormatName } from './format-names.ts';
import { gzipChunks } from './gzip-chunks.ts';
import { createInsertFormat } from './insert-format.ts';
import { JSON_FORMAT, NDJSON_FORMAT } from './json-format.ts';
import { openParquet } from './parquet-format.ts';
import { referenceTables } from './reference-tables.ts';
import type { RowSelection } from './row-selection.ts';
import { createRowTexts } from './row-texts.ts';
import { type PlainEncoder, type SeedEncoder, wholeChunk } from './seed-encoder.ts';
import type { TextFormat } from './text-format.ts';

const TEXT_FORMATS = {
  ndjson: NDJSON_FORMAT,
  json: JSON_FORMAT,
  csv: CSV_FORMAT,
  sql: COPY_FORMAT,
  'sql-insert': createInsertFormat('postgres'),
  'sql-mysql': createInsertFormat('mysql'),
  'sql-sqlite': createInsertFormat('sqlite'),
} as const satisfies Readonly<Record<string, TextFormat>>;

/** How a selection is encoded. */
export interface EncoderOptions {
  readonly format: FormatName;
  /** Compresses, one gzip member a chunk; not with Parquet, which is compressed already. */
  readonly gzip: boolean;
  /** Makes every row from the session itself; needed when fixtures lie over the world. */
  readonly exact: boolean;
}

/**
 * Opens a format for a selection. Throws KitError `ERR_PACKAGE_MISSING` for Parquet without `hyparquet-writer`.
 */
export async function openEncoder(selection: RowSelection, options: EncoderOptions): Promise<SeedEncoder> {
  const plain =
    options.format === 'parquet' || options.format === 'parquet-flat'
      ? await openParquet(selection, { ...options, isFlat: options.format === 'parquet-flat' })
      : openText(TEXT_FORMATS[options.format], selection, options);
  if (!options.gzip) return plain;
  return {
    extension: `${plain.extension}.gz`,
    tables: plain.tables,
    encode: (part) => gzipChunks(plain.encode(part)),
    encodeTable: (table) => gzipChunks(plain.encodeTable(table)),
  };
}

function openText(format: TextFormat, selection: RowSelection, { exact }: EncoderOptions): PlainEncoder {
  const { world } = selection;
  const pool = createArenaPool();
  const tables = referenceTables(world);
  const texts = createRowTexts(selection, { exact });
  const writer = format.open({ selection, texts, tables });
  const rows = format === NDJSON_FORMAT && texts.isColumnar ? createByteRows(world) : undefined;
  const encode: PlainEncoder['encode'] =
    rows === undefined
      ? (part) => encodeText(writer, { selection, part, pool })
      : createByteEncoder(rows, selection);
  return {
    extension: format.extension,
    tables: format.holdsTables ? [] : tables,
    encode,
    encodeTable: (table) => [wholeChunk(Buffer.from(format.table(table)), table.rows.length, 0)],
  };
}

function createByteEncoder(rows: ByteRows, selection: RowSelection): PlainEncoder['encode'] {
  const pool = createBankPool(rows);
  return (part) => encodeBytes({ selection, part, rows, pool });
}
