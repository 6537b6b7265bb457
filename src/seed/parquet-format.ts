import type { EncodedChunk } from './arena-pool.ts';
import { loadOptional } from './optional-package.ts';
import {
  type ColumnValue,
  createColumnFlatAdder,
  createColumnNestedAdder,
  createObjectFlatAdder,
  createObjectNestedAdder,
  FLAT_NAMES,
  NESTED_NAMES,
  type RowAdder,
} from './parquet-rows.ts';
import {
  FLAT_SCHEMA,
  NESTED_SCHEMA,
  type ParquetElement,
  parquetValue,
  tableSchema,
} from './parquet-schema.ts';
import { type ReferenceTable, referenceTables } from './reference-tables.ts';
import type { RowPart, RowSelection } from './row-selection.ts';
import { createRowTexts } from './row-texts.ts';
import { type PlainEncoder, wholeChunk } from './seed-encoder.ts';
import { selectedRows } from './selected-rows.ts';

type ParquetPackage = typeof import('hyparquet-writer');

/** Rows of a row group: what a reader can skip at once, and what is held in memory. */
const GROUP_ROWS = 20_000;

/** How sessions become the top-level columns of a schema. */
interface Shape {
  readonly schema: readonly ParquetElement[];
  /** Names of the top-level columns. */
  readonly names: readonly string[];
  readonly add: RowAdder;
}

/** How a selection is written. */
export interface ParquetOptions {
  /** The columns of CSV and SQL instead of the wire's nesting. */
  readonly isFlat: boolean;
  /** Makes every row from the session itself; needed when fixtures lie over the world. */
  readonly exact: boolean;
}

/**
 * Opens Parquet for a selection: a file for each part, compressed with Snappy, row groups of 20 000 rows.
 * Throws KitError `ERR_PACKAGE_MISSING`.
 */
export async function openParquet(selection: RowSelection, options: ParquetOptions): Promise<PlainEncoder> {
  const parquet = await loadOptional(() => import('hyparquet-writer'), {
    feature: 'Parquet',
    packages: 'hyparquet-writer',
  });
  const shape = shapeOf(selection, options);
  return {
    extension: '.parquet',
    tables: referenceTables(selection.world),
    encode: (part) => encodeRows(parquet, shape, { selection, part }),
    encodeTable: (table) => [encodeTable(parquet, table)],
  };
}

function shapeOf(selection: RowSelection, { isFlat, exact }: ParquetOptions): Shape {
  const { world, now } = selection;
  const { isColumnar } = createRowTexts(selection, { exact });
  if (isFlat) {
    const createAdder = isColumnar ? createColumnFlatAdder : createObjectFlatAdder;
    return { schema: FLAT_SCHEMA, names: FLAT_NAMES, add: createAdder(world, now) };
  }
  const createAdder = isColumnar ? createColumnNestedAdder : createObjectNestedAdder;
  return { schema: NESTED_SCHEMA, names: NESTED_NAMES, add: createAdder(world, now) };
}

interface RowJob {
  readonly selection: RowSelection;
  readonly part: RowPart;
}

function* encodeRows(
  parquet: ParquetPackage,
  shape: Shape,
  { selection, part }: RowJob,
): Generator<EncodedChunk> {
  const file = createFile(parquet, shape.schema);
  let columns = emptyColumns(shape);
  let rows = 0;
  for (const { block, row, index } of selectedRows(selection, part)) {
    if (row < 0) {
      yield wholeChunk(new Uint8Array(0), 0, index);
      continue;
    }
    shape.add(columns, block, row);
    rows += 1;
    if (rows < GROUP_ROWS) continue;
    yield wholeChunk(file.write(columnData(shape, columns)), rows, index + 1);
    columns = emptyColumns(shape);
    rows = 0;
  }
  if (rows > 0) yield wholeChunk(file.write(columnData(shape, columns)), rows, part.high);
  yield wholeChunk(file.finish(), 0, part.high);
}

function emptyColumns({ names }: Shape): ColumnValue[][] {
  return names.map(() => []);
}

/** Columns whose smallest and largest value in a row group tell a reader what to skip. */
const ORDERED = /^(id|start_?time|end_?time|duration_?seconds)$/i;
/** Columns without repetition: looking for it costs more than it finds. */
const UNIQUE = /^(id|start_?time)$/i;

function columnData({ names }: Shape, columns: readonly ColumnValue[][]): ColumnData[] {
  return names.map((name, place) => ({
    name,
    data: columns[place] ?? [],
    statistics: ORDERED.test(name),
    ...(UNIQUE.test(name) && { encoding: 'PLAIN' as const }),
  }));
}

interface ColumnData {
  readonly name: string;
  readonly data: unknown[];
  readonly statistics?: boolean;
  readonly encoding?: 'PLAIN';
}

/** A Parquet file that hands its bytes out as they are made. */
interface ParquetFile {
  write(columns: readonly ColumnData[]): Uint8Array;
  finish(): Uint8Array;
}

function createFile(parquet: ParquetPackage, schema: readonly ParquetElement[]): ParquetFile {
  const bytes = new parquet.ByteWriter();
  const writer = new parquet.ParquetWriter({
    writer: bytes,
    schema: schema.map((element) => ({ ...element })),
    createdBy: 'formal-mock',
  });
  const take = (): Uint8Array => {
    const taken = bytes.getBytes().slice();
    // `index` is the place in the buffer and may be reset; `offset` goes on counting.
    bytes.index = 0;
    return taken;
  };
  return {
    write: (columns) => {
      writer.write({ columnData: columns.map((column) => ({ ...column })), rowGroupSize: GROUP_ROWS });
      return take();
    },
    finish: () => {
      writer.finish();
      return take();
    },
  };
}

function encodeTable(parquet: ParquetPackage, { columns, rows }: ReferenceTable): EncodedChunk {
  const file = createFile(parquet, tableSchema(columns));
  const data = columns.map(({ name, type }, place) => ({
    name,
    data: rows.map((row) => parquetValue(row[place], type)),
  }));
  const body = rows.length === 0 ? new Uint8Array(0) : file.write(data);
  return wholeChunk(Buffer.concat([body, file.finish()]), rows.length, 0);
}
