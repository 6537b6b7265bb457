import type { RowText } from './json-row.ts';
import type { ReferenceTable } from './reference-tables.ts';
import type { RowSelection } from './row-selection.ts';
import type { RowTexts } from './row-texts.ts';

/** What a text format is given to write with. */
export interface TextContext {
  readonly selection: RowSelection;
  readonly texts: RowTexts;
  /** Small tables that come before the rows in a format that holds several tables. */
  readonly tables: readonly ReferenceTable[];
}

/** A writer of rows as text, for one selection. */
export interface TextWriter {
  /** What comes before the first row of the whole. */
  readonly head: string;
  /** True when {@link TextWriter.between} needs to know the row before; costs a look-back at a shard's start. */
  readonly looksBack: boolean;
  /** The row itself. */
  readonly row: RowText;
  /** What comes before a row, given the world index of the row before it in the whole, or -1. */
  between(previous: number, index: number): string;
  /** What comes after each row. */
  readonly after: string;
  /** What comes after the last row of the whole, given its world index, or -1 for an empty whole. */
  tail(last: number): string;
}

/** A format whose output is UTF-8 text. */
export interface TextFormat {
  readonly kind: 'text';
  /** With the dot. */
  readonly extension: string;
  /** Small tables are inside the output itself, not in files beside it. */
  readonly holdsTables: boolean;
  open(context: TextContext): TextWriter;
  /** A whole small table as a file of this format. */
  table(table: ReferenceTable): string;
}
