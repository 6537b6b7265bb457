import type { SessionObject } from '../world/session-object.ts';
import type { EncodedChunk } from './arena-pool.ts';
import { ALL_SESSION_COLUMNS, secondsOf } from './flat-columns.ts';
import { loadOptional } from './optional-package.ts';
import {
  FLAT_SCHEMA,
  microsecondsOf,
  NESTED_SCHEMA,
  type ParquetElement,
  type ParquetStruct,
  parquetValue,
  tableSchema,
} from './parquet-schema.ts';
import { type ReferenceTable, referenceTables } from './reference-tables.ts';
import type { RowPart, RowSelection } from './row-selection.ts';
import { type PlainEncoder, wholeChunk } from './seed-encoder.ts';
import { selectedRows } from './selected-rows.ts';

type ParquetPackage = typeof import('hyparquet-writer');

/** Rows of a row group: what a reader can skip at once, and what is held in memory. */
const GROUP_ROWS = 20_000;

/** Makes the top-level columns of a schema out of rows. */
interface Shape {
  readonly schema: readonly ParquetElement[];
  /** Names of the top-level columns. */
  readonly names: readonly string[];
  /** The values of one session by top-level column. */
  readonly valuesOf: (session: SessionObject) => ParquetStruct;
}

/**
 * Opens Parquet for a selection: a file for each part, compressed with Snappy, row groups of 20 000 rows.
 * Nested by default, the columns of CSV and SQL when flat. Throws KitError `ERR_PACKAGE_MISSING`.
 */
export async function openParquet(
  selection: RowSelection,
  { isFlat }: { readonly isFlat: boolean },
): Promise<PlainEncoder> {
  const parquet = await loadOptional(() => import('hyparquet-writer'), {
    feature: 'Parquet',
    packages: 'hyparquet-writer',
  });
  const shape = isFlat ? FLAT_SHAPE : NESTED_SHAPE;
  return {
    extension: '.parquet',
    tables: referenceTables(selection.world),
    encode: (part) => encodeRows(parquet, shape, { selection, part }),
    encodeTable: (table) => [encodeTable(parquet, table)],
  };
}

const FLAT_SHAPE: Shape = {
  schema: FLAT_SCHEMA,
  names: ALL_SESSION_COLUMNS.map(({ name }) => name),
  valuesOf: (session) =>
    Object.fromEntries(
      ALL_SESSION_COLUMNS.map(({ name, type, read }) => [name, parquetValue(read(session), type)]),
    ),
};

const NESTED_SHAPE: Shape = {
  schema: NESTED_SCHEMA,
  names: [...new Set(ALL_SESSION_COLUMNS.map(({ path }) => path.split('.')[0] ?? ''))].map((name) =>
    name === 'duration' ? 'durationSeconds' : name,
  ),
  valuesOf: ({ startTime, endTime, duration, ...rest }) => ({
    // The rest of a session is texts, lists of texts and groups of them; interfaces have no index signature.
    ...(rest as unknown as ParquetStruct),
    startTime: startTime === undefined ? undefined : microsecondsOf(startTime),
    endTime: endTime === undefined ? undefined : microsecondsOf(endTime),
    durationSeconds: duration === undefined ? undefined : Number(secondsOf(duration)),
  }),
};

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
  let group = createGroup(shape);
  for (const { row, index } of selectedRows(selection, part)) {
    if (row < 0) {
      yield wholeChunk(new Uint8Array(0), 0, index);
      continue;
    }
    group.add(selection.world.at(index, selection.now));
    if (group.length < GROUP_ROWS) continue;
    yield wholeChunk(file.write(group.columns), group.length, index + 1);
    group = createGroup(shape);
  }
  if (group.length > 0) yield wholeChunk(file.write(group.columns), group.length, part.high);
  yield wholeChunk(file.finish(), 0, part.high);
}

interface ColumnData {
  readonly name: string;
  readonly data: unknown[];
}

interface RowGroup {
  readonly columns: readonly ColumnData[];
  readonly length: number;
  add(session: SessionObject): void;
}

function createGroup({ names, valuesOf }: Shape): RowGroup {
  const columns = names.map((name) => ({ name, data: [] as unknown[] }));
  let length = 0;
  return {
    columns,
    get length() {
      return length;
    },
    add: (session) => {
      const values = valuesOf(session);
      for (const { name, data } of columns) data.push(values[name]);
      length += 1;
    },
  };
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
