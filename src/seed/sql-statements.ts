import { ALL_SESSION_COLUMNS, type FlatColumn } from './flat-columns.ts';
import { REFERENCE_SHAPES, type ReferenceTable } from './reference-tables.ts';
import type { SqlDialect } from './sql-dialect.ts';

/** A table's name, columns and key, without rows. */
export type TableShape = Omit<ReferenceTable, 'rows'>;

/** The table of sessions. */
export const SESSIONS_SHAPE: TableShape = { name: 'sessions', columns: ALL_SESSION_COLUMNS, key: ['id'] };

/** Every table that `seed` writes, in the order in which they can be loaded. */
export const ALL_SHAPES: readonly TableShape[] = [
  ...Object.entries(REFERENCE_SHAPES).map(([name, shape]) => ({ name, ...shape })),
  SESSIONS_SHAPE,
];

/** `CREATE TABLE IF NOT EXISTS` for every table, and an index on the sessions' start. */
export function schemaSql(dialect: SqlDialect): string {
  const index =
    dialect.name === 'mysql'
      ? ''
      : `CREATE INDEX IF NOT EXISTS ${dialect.identifier('sessions_start_time')} ON ${dialect.identifier(
          'sessions',
        )} (${dialect.identifier('start_time')});\n`;
  return `${ALL_SHAPES.map((shape) => createTable(dialect, shape)).join('')}${index}`;
}

/** The start of an insert: table and columns, up to and with `VALUES`. */
export function insertInto(dialect: SqlDialect, { name, columns }: TableShape): string {
  const verb = { postgres: 'INSERT', mysql: 'REPLACE', sqlite: 'INSERT OR REPLACE' }[dialect.name];
  return `${verb} INTO ${dialect.identifier(name)} (${nameList(dialect, columns)}) VALUES`;
}

/**
 * The end of an insert that makes a second load harmless. PostgreSQL: a row with the same key is changed
 * only where it differs. MySQL and SQLite need none, since {@link insertInto} replaces.
 */
export function onConflict(dialect: SqlDialect, { name, columns, key }: TableShape): string {
  if (dialect.name !== 'postgres') return '';
  const q = dialect.identifier;
  const target = key.map(q).join(', ');
  const others = columns.filter((column) => !key.includes(column.name)).map((column) => q(column.name));
  if (others.length === 0) return ` ON CONFLICT (${target}) DO NOTHING`;
  const set = others.map((column) => `${column} = EXCLUDED.${column}`).join(', ');
  const old = others.map((column) => `${q(name)}.${column}`).join(', ');
  const fresh = others.map((column) => `EXCLUDED.${column}`).join(', ');
  return ` ON CONFLICT (${target}) DO UPDATE SET ${set} WHERE (${old}) IS DISTINCT FROM (${fresh})`;
}

/** One statement that loads a small table, or `""` when it has no rows. */
export function insertTable(dialect: SqlDialect, table: ReferenceTable): string {
  if (table.rows.length === 0) return '';
  const rows = table.rows.map((row) => {
    const cells = row.map((cell, place) => dialect.literal(cell, table.columns[place]?.type ?? 'text'));
    return `(${cells.join(',')})`;
  });
  return `${insertInto(dialect, table)}\n${rows.join(',\n')}${onConflict(dialect, table)};\n`;
}

/** Names of columns, quoted and joined. */
export function nameList(dialect: SqlDialect, columns: readonly FlatColumn[]): string {
  return columns.map(({ name }) => dialect.identifier(name)).join(', ');
}

function createTable(dialect: SqlDialect, shape: TableShape): string {
  const lines = dialect.name === 'mysql' ? mysqlLines(dialect, shape) : plainLines(dialect, shape);
  return `CREATE TABLE IF NOT EXISTS ${dialect.identifier(shape.name)} (\n${lines
    .map((line) => `  ${line}`)
    .join(',\n')}\n)${dialect.tableOptions};\n`;
}

function plainLines({ identifier, types }: SqlDialect, { columns, key }: TableShape): string[] {
  const lines = columns.map(({ name, type }) =>
    key.includes(name) ? `${identifier(name)} ${types.key} NOT NULL` : `${identifier(name)} ${types[type]}`,
  );
  return [...lines, `PRIMARY KEY (${key.map(identifier).join(', ')})`];
}

/**
 * InnoDB takes keys of 3072 bytes: an id of 700 characters and a hash. So a text of any length is in the key by its
 * hash, a column that fills itself.
 */
function mysqlLines(dialect: SqlDialect, shape: TableShape): string[] {
  const { identifier: q, types } = dialect;
  const { name: table, columns, key, longKey } = shape;
  const lines = columns.map(({ name, type }) => {
    if (!key.includes(name)) return `${q(name)} ${types[type]}`;
    return `${q(name)} ${name === longKey ? types.text : types.key} NOT NULL`;
  });
  const hash = longKey === undefined ? undefined : q(`${longKey}_sha256`);
  if (longKey !== undefined) {
    lines.push(
      `${hash} CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT (SHA2(${q(longKey)}, 256))`,
    );
  }
  const parts = key.map((name) => (name === longKey ? hash : q(name)));
  lines.push(`PRIMARY KEY (${parts.join(', ')})`);
  if (table === 'sessions') lines.push(`KEY ${q('sessions_start_time')} (${q('start_time')})`);
  return lines;
}
