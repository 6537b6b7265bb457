import type { Cell } from './flat-columns.ts';
import type { ReferenceTable } from './reference-tables.ts';
import type { TextFormat } from './text-format.ts';

/** One session a line, as the mock sends it, `\n` after each. */
export const NDJSON_FORMAT: TextFormat = {
  kind: 'text',
  extension: '.ndjson',
  holdsTables: false,
  open: ({ texts }) => ({
    head: '',
    looksBack: false,
    row: texts.json(),
    between: () => '',
    after: '\n',
    tail: () => '',
  }),
  table: (table) =>
    objectsOf(table)
      .join('\n')
      .concat(table.rows.length === 0 ? '' : '\n'),
};

/** One JSON array of sessions, one a line; the brackets are in the first and the last part only. */
export const JSON_FORMAT: TextFormat = {
  kind: 'text',
  extension: '.json',
  holdsTables: false,
  open: ({ texts }) => ({
    head: '[',
    looksBack: true,
    row: texts.json(),
    between: (previous) => (previous < 0 ? '\n' : ',\n'),
    after: '',
    tail: () => '\n]\n',
  }),
  table: (table) => `[\n${objectsOf(table).join(',\n')}\n]\n`,
};

function objectsOf({ columns, rows }: ReferenceTable): string[] {
  return rows.map((row) => JSON.stringify(Object.fromEntries(presentEntries(columns, row))));
}

function presentEntries(columns: ReferenceTable['columns'], row: readonly Cell[]): [string, Cell][] {
  return columns.flatMap(({ name }, place) => (row[place] === undefined ? [] : [[name, row[place]]]));
}
