import type { WorldBlock } from '../world/world.ts';
import { createRowMask, type RowPart, type RowSelection } from './row-selection.ts';

/** Rows that are looked at before the caller gets a turn, when a filter lets next to nothing through. */
export const SILENT_ROWS = 20_000;

/** A row of a part, or only how far the search for one has come. */
export interface SelectedRow {
  readonly block: WorldBlock;
  /** Row of the block; -1 when nothing was found for {@link SILENT_ROWS} rows. */
  readonly row: number;
  /** World index of the row, or up to which rows have been looked at. */
  readonly index: number;
}

/** The rows of a part that pass the selection's filter, in order; for sinks that cost more than a few µs a row. */
export function* selectedRows(selection: RowSelection, part: RowPart): Generator<SelectedRow> {
  const maskOf = createRowMask(selection);
  let lastTurn = part.low;
  for (const block of selection.world.scan({ low: part.low, high: part.high, descending: false })) {
    const mask = maskOf(block);
    for (let row = 0; row < block.length; row += 1) {
      if (mask?.[row] === 0) continue;
      lastTurn = block.first + row;
      yield { block, row, index: lastTurn };
    }
    const reached = block.first + block.length;
    if (reached - lastTurn < SILENT_ROWS) continue;
    lastTurn = reached;
    yield { block, row: -1, index: reached };
  }
}
