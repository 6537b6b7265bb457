import type { Cell, ColumnType } from './flat-columns.ts';

/** A database whose SQL can be written. */
export type SqlDialectName = 'postgres' | 'mysql' | 'sqlite';

/** How one database spells names, values and types. */
export interface SqlDialect {
  readonly name: SqlDialectName;
  /** Type of a column, and of a text that is part of a key. */
  readonly types: Readonly<Record<ColumnType | 'key', string>>;
  /** What comes behind the columns of a table. */
  readonly tableOptions: string;
  identifier(name: string): string;
  literal(cell: Cell, type: ColumnType): string;
}

/** The dialects by name. */
export const SQL_DIALECTS: Readonly<Record<SqlDialectName, SqlDialect>> = {
  postgres: {
    name: 'postgres',
    types: { text: 'text', key: 'text', timestamp: 'timestamptz', decimal: 'numeric', list: 'text[]' },
    tableOptions: '',
    identifier: doubleQuoted,
    literal: (cell, type) => {
      if (cell === undefined) return 'NULL';
      if (typeof cell !== 'string') return standardQuoted(arrayText(cell));
      return type === 'decimal' ? cell : standardQuoted(cell);
    },
  },
  mysql: {
    name: 'mysql',
    types: {
      text: 'LONGTEXT',
      key: 'VARCHAR(700)',
      timestamp: 'DATETIME(6)',
      decimal: 'DECIMAL(20,9)',
      list: 'JSON',
    },
    // Texts compare byte by byte, trailing spaces included. MySQL and MariaDB have different names for that; each
    // reads only the comment meant for it.
    tableOptions:
      ' DEFAULT CHARSET = utf8mb4 COLLATE = /*!80017 utf8mb4_0900_bin */ /*M!100202 utf8mb4_nopad_bin */',
    identifier: (name) => `\`${name.replaceAll('`', '``')}\``,
    literal: (cell, type) => {
      if (cell === undefined) return 'NULL';
      if (typeof cell !== 'string') return backslashQuoted(JSON.stringify(cell));
      if (type === 'decimal') return cell;
      return backslashQuoted(type === 'timestamp' ? cell.replace('T', ' ').replace('Z', '') : cell);
    },
  },
  sqlite: {
    name: 'sqlite',
    types: { text: 'TEXT', key: 'TEXT', timestamp: 'TEXT', decimal: 'NUMERIC', list: 'TEXT' },
    tableOptions: '',
    identifier: doubleQuoted,
    literal: (cell, type) => {
      if (cell === undefined) return 'NULL';
      if (typeof cell !== 'string') return sqliteQuoted(JSON.stringify(cell));
      if (type === 'decimal') return cell;
      return sqliteQuoted(type === 'timestamp' ? sortableTime(cell) : cell);
    },
  },
};

/** A list as PostgreSQL's array text: `{"a","b"}`. */
export function arrayText(items: readonly string[]): string {
  return `{${items.map((item) => `"${item.replaceAll(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

/**
 * An instant whose order as text is its order in time, for a database without a type for instants: always six
 * fraction digits. The wire's own form has none on a whole second, which sorts after the fractions.
 */
export function sortableTime(instant: string): string {
  const [, whole = '', fraction = ''] = /^(.*?)(?:\.(\d+))?Z$/.exec(instant) ?? [];
  return `${whole}.${fraction.padEnd(6, '0').slice(0, 6)}Z`;
}

/** The same text with U+FFFD for NUL, which PostgreSQL's and SQLite's texts cannot hold. */
export function withoutNul(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\ufffd') : text;
}

function doubleQuoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function standardQuoted(text: string): string {
  return `'${withoutNul(text).replaceAll("'", "''")}'`;
}

/**
 * Without line breaks, which the command-line client changes: each becomes a marker that the text does not hold, and
 * the database puts it back. (Joining pieces with `||` would be too deep an expression for a text of many lines.)
 */
function sqliteQuoted(text: string): string {
  let quoted = standardQuoted(text);
  for (const [lineBreak, letter] of [
    ['\r', 'r'],
    ['\n', 'n'],
  ] as const) {
    if (!quoted.includes(lineBreak)) continue;
    let marker = `\\${letter}`;
    while (quoted.includes(marker)) marker = `\\${marker}`;
    quoted = `replace(${quoted.replaceAll(lineBreak, marker)},'${marker}',char(${lineBreak.charCodeAt(0)}))`;
  }
  return quoted;
}

const MYSQL_ESCAPES: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\n': '\\n',
  '\r': '\\r',
  '\u001a': '\\Z',
};

/** Line breaks are escaped too: the command-line client changes bare ones. */
function backslashQuoted(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones MySQL's clients change
  return `'${text.replaceAll(/['\\\0\n\r\u001a]/g, (found) => MYSQL_ESCAPES[found] ?? `\\${found}`)}'`;
}
