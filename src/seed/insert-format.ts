import { SQL_DIALECTS, type SqlDialect, type SqlDialectName } from './sql-dialect.ts';
import { insertInto, insertTable, onConflict, SESSIONS_SHAPE, schemaSql } from './sql-statements.ts';
import type { TextFormat, TextWriter } from './text-format.ts';

/** Rows of one INSERT: few enough for every database's limits on a statement. */
const STATEMENT_ROWS = 200;

const BEGIN: Readonly<Record<SqlDialectName, string>> = {
  postgres: "SET client_encoding = 'UTF8';\nSET standard_conforming_strings = on;\nBEGIN;\n",
  mysql: "SET NAMES utf8mb4;\nSET time_zone = '+00:00';\nSET SESSION sql_mode = 'STRICT_ALL_TABLES';\n",
  sqlite: 'BEGIN;\n',
};

/**
 * SQL that makes the tables and loads them with INSERT statements of up to 200 rows, in one transaction.
 * Loading it again changes nothing but rows that differ.
 */
export function createInsertFormat(name: SqlDialectName): TextFormat {
  const dialect = SQL_DIALECTS[name];
  return {
    kind: 'text',
    extension: '.sql',
    holdsTables: true,
    open: ({ texts, tables, selection }) => ({
      // MySQL commits at every CREATE TABLE, so its transaction begins after them.
      head: `${BEGIN[name]}${schemaSql(dialect)}${name === 'mysql' ? 'START TRANSACTION;\n' : ''}${tables
        .map((table) => insertTable(dialect, table))
        .join('')}`,
      looksBack: true,
      row: texts.flat({ cell: dialect.literal, separator: ',' }),
      after: ')',
      ...statements(dialect, selection.low),
    }),
    table: (table) => insertTable(dialect, table),
  };
}

function statements(dialect: SqlDialect, low: number): Pick<TextWriter, 'between' | 'tail'> {
  const insert = `${insertInto(dialect, SESSIONS_SHAPE)}\n(`;
  const end = `${onConflict(dialect, SESSIONS_SHAPE)};\n`;
  const statementOf = (index: number): number => Math.floor((index - low) / STATEMENT_ROWS);
  return {
    // Statements end at fixed world indices, so every shard agrees where.
    between: (previous, index) => {
      if (previous < 0) return insert;
      return statementOf(previous) === statementOf(index) ? ',\n(' : `${end}${insert}`;
    },
    tail: (last) => `${last < 0 ? '' : end}COMMIT;\n`,
  };
}
