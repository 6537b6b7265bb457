/**
 * Names of formats. `sql` is COPY for psql, `sql-insert` the same database with INSERT; `parquet` is nested
 * like the wire, `parquet-flat` has the columns of CSV and SQL.
 */
export const FORMAT_NAMES = [
  'ndjson',
  'json',
  'csv',
  'sql',
  'sql-insert',
  'sql-mysql',
  'sql-sqlite',
  'parquet',
  'parquet-flat',
] as const;

/** One of {@link FORMAT_NAMES}. */
export type FormatName = (typeof FORMAT_NAMES)[number];

/** What a schema can be printed for: tables of a database, or the mapping of an index. */
export const SCHEMA_NAMES = ['postgres', 'mysql', 'sqlite', 'elasticsearch', 'quickwit'] as const;

/** One of {@link SCHEMA_NAMES}. */
export type SchemaName = (typeof SCHEMA_NAMES)[number];

/** The format that a file's name asks for, e.g. `csv` and gzip for `demo.csv.gz`. */
export function formatOfFile(path: string): {
  readonly format: FormatName | undefined;
  readonly gzip: boolean;
} {
  const [, stem = path, gz] = /^(.*?)(\.gz)?$/i.exec(path) ?? [];
  const extension = /\.(ndjson|jsonl|json|csv|sql|parquet)$/i.exec(stem)?.[1]?.toLowerCase();
  const format = FORMAT_NAMES.find((name) => name === (extension === 'jsonl' ? 'ndjson' : extension));
  return { format, gzip: gz !== undefined };
}
