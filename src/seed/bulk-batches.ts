import type { RowText } from './json-row.ts';
import type { RowPart, RowSelection } from './row-selection.ts';
import { selectedRows } from './selected-rows.ts';

/** Bytes of a bulk body, at most (a single larger document goes alone): below every server's default limit. */
export const MAX_BULK_BYTES = 8_000_000;

/** Bytes after which a body is sent: larger ones are not faster. */
const GOAL_BYTES = 4_000_000;

/** One document of a bulk body. */
export interface BulkItem {
  /** World index of its session. */
  readonly index: number;
  /** Action line and document line, each with `\n`. */
  readonly text: string;
}

/** Documents that are sent together. */
export interface BulkBatch {
  readonly items: readonly BulkItem[];
  /** UTF-8 bytes of all items. */
  readonly bytes: number;
  /** World index up to which rows have been looked at. */
  readonly reached: number;
}

/** How documents are made. */
export interface BulkSource {
  readonly selection: RowSelection;
  readonly part: RowPart;
  readonly json: RowText;
  /** The action line of a session, without `\n`. */
  readonly action: (index: number) => string;
}

/** The documents of a part in batches of at most {@link MAX_BULK_BYTES}. An empty batch only says how
 * far the search is. */
export function* bulkBatches({ selection, part, json, action }: BulkSource): Generator<BulkBatch> {
  let [items, bytes]: [BulkItem[], number] = [[], 0];
  for (const { block, row, index } of selectedRows(selection, part)) {
    if (row < 0) {
      if (items.length === 0) yield { items: [], bytes: 0, reached: index };
      continue;
    }
    const text = `${action(index)}\n${json(block, row)}\n`;
    const size = Buffer.byteLength(text);
    if (items.length > 0 && bytes + size > GOAL_BYTES) {
      yield { items, bytes, reached: index };
      [items, bytes] = [[], 0];
    }
    items.push({ index, text });
    bytes += size;
  }
  yield { items, bytes, reached: part.high };
}
