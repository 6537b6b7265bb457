import { ALL_SESSION_COLUMNS, type Cell } from './flat-columns.ts';
import type { FlatStyle } from './flat-row.ts';
import type { ReferenceTable } from './reference-tables.ts';
import type { TextFormat } from './text-format.ts';

const NEEDS_QUOTES = /[",\r\n]/;
const STARTS_A_FORMULA = /^['=+\-@\t\r\n＝＋－＠]/;

/**
 * RFC 4180 with CRLF and a header, which is in the first part only. An absent value is an empty cell, a
 * present empty text is `""`. Lists are joined by `;`, with `\` before a `;` or `\` of an item. A cell that
 * a spreadsheet would take for a formula (or that starts with `'`) gets a `'` in front: take one leading
 * `'` off to have the value back.
 */
export const CSV_FORMAT: TextFormat = {
  kind: 'text',
  extension: '.csv',
  holdsTables: false,
  open: ({ texts }) => ({
    head: lineOf(ALL_SESSION_COLUMNS.map(({ name }) => name)),
    looksBack: false,
    row: texts.flat(CSV_STYLE),
    between: () => '',
    after: '\r\n',
    tail: () => '',
  }),
  table: ({ columns, rows }: ReferenceTable) =>
    [columns.map(({ name }) => name), ...rows].map(lineOf).join(''),
};

/** How a CSV cell is written. */
export const CSV_STYLE: FlatStyle = { cell: csvCell, separator: ',' };

function lineOf(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === undefined) return '';
  const plain = typeof cell === 'string' ? cell : joinList(cell);
  const text = STARTS_A_FORMULA.test(plain) ? `'${plain}` : plain;
  return text === '' || NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function joinList(items: readonly string[]): string {
  return items.map((item) => item.replaceAll(/[\\;]/g, '\\$&')).join(';');
}
