import type { Client } from 'pg';
import { KitError } from '../errors.ts';
import type { ColumnType } from './flat-columns.ts';
import { ALL_SHAPES, type TableShape } from './sql-statements.ts';

/** What PostgreSQL calls the types of our columns. */
const TYPE_NAMES: Readonly<Record<ColumnType, readonly string[]>> = {
  text: ['text', 'character varying'],
  timestamp: ['timestamp with time zone'],
  decimal: ['numeric'],
  list: ['text[]', 'character varying[]'],
};

const COLUMNS = `SELECT attname AS name, format_type(atttypid, atttypmod) AS type
FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`;

/**
 * Looks whether the tables that were there already have our columns, each of its type: a value that is converted on
 * its way in is lost silently. Throws KitError `ERR_TARGET_REFUSED`.
 */
export async function assertTables(client: Client, target: string): Promise<void> {
  for (const shape of ALL_SHAPES) {
    const { rows } = await client.query<{ name: string; type: string }>(COLUMNS, [`"${shape.name}"`]);
    const problem = problemOf(shape, new Map(rows.map(({ name, type }) => [name, type])));
    if (problem === undefined) continue;
    const reason = `${problem}; a table of that name exists with other columns (see --schema postgres)`;
    throw new KitError('ERR_TARGET_REFUSED', { target, reason });
  }
}

function problemOf(
  { name: table, columns }: TableShape,
  found: ReadonlyMap<string, string>,
): string | undefined {
  for (const { name, type } of columns) {
    const [expected] = TYPE_NAMES[type];
    const actual = found.get(name);
    if (actual === undefined) return `table ${table} has no column ${name} (expected ${expected})`;
    if (!TYPE_NAMES[type].includes(actual))
      return `table ${table}, column ${name}: expected ${expected}, found ${actual}`;
  }
  return undefined;
}
