import { ALL_SESSION_COLUMNS, type Cell } from './flat-columns.ts';
import type { FlatStyle } from './flat-row.ts';
import { arrayText, SQL_DIALECTS, withoutNul } from './sql-dialect.ts';
import { insertTable, nameList, onConflict, SESSIONS_SHAPE, schemaSql } from './sql-statements.ts';
import type { TextFormat } from './text-format.ts';

const { postgres } = SQL_DIALECTS;
const COLUMN_NAMES = nameList(postgres, ALL_SESSION_COLUMNS);

/** Makes the table that COPY fills before rows move to `sessions`; it is gone at the end of the transaction. */
export const CREATE_LOAD_TABLE =
  'CREATE TEMPORARY TABLE formal_mock_load (LIKE sessions INCLUDING DEFAULTS) ON COMMIT DROP';

/** Starts COPY in text format into {@link CREATE_LOAD_TABLE}. */
export const COPY_LOAD_TABLE: string = `COPY formal_mock_load (${COLUMN_NAMES}) FROM STDIN`;

/** Moves the loaded rows: new ids are added, rows that differ (open sessions that ended) are changed, others untouched. */
export const MERGE_LOAD_TABLE: string = `INSERT INTO "sessions" (${COLUMN_NAMES}) SELECT ${COLUMN_NAMES} FROM formal_mock_load${onConflict(
  postgres,
  SESSIONS_SHAPE,
)}`;

/** How a value is written in COPY's text format. */
export const COPY_STYLE: FlatStyle = { cell: copyCell, separator: '\t' };

/**
 * SQL for psql that makes the tables and loads them with COPY, in one transaction. Loading it again changes
 * nothing but rows that differ.
 */
export const COPY_FORMAT: TextFormat = {
  kind: 'text',
  extension: '.sql',
  holdsTables: true,
  open: ({ texts, tables }) => ({
    head: `SET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nBEGIN;\n${schemaSql(postgres)}${tables
      .map((table) => insertTable(postgres, table))
      .join('')}${CREATE_LOAD_TABLE};\n${COPY_LOAD_TABLE};\n`,
    looksBack: false,
    row: texts.flat(COPY_STYLE),
    between: () => '',
    after: '\n',
    tail: () => `\\.\n${MERGE_LOAD_TABLE};\nCOMMIT;\n`,
  }),
  table: (table) => insertTable(postgres, table),
};

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function copyCell(cell: Cell): string {
  if (cell === undefined) return '\\N';
  const text = withoutNul(typeof cell === 'string' ? cell : arrayText(cell));
  return text.replaceAll(/[\\\t\n\r]/g, (found) => ESCAPES[found] ?? found);
}
