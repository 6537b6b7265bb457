import type { ColumnBlock } from './columns.ts';
import type { OrderedRow } from './ordered-row.ts';

/** What {@link TopRows} needs to know of its order. */
export interface TopRowsOptions {
  /** How many rows to keep. */
  readonly limit: number;
  readonly compare: (left: OrderedRow, right: OrderedRow) => number;
  readonly rowOf: (block: ColumnBlock, k: number, now: number) => OrderedRow;
  /** What rows are sorted by first, and the order of two such values: spares making rows that are not kept. */
  readonly firstOf: (block: ColumnBlock, k: number, now: number) => number;
  readonly compareFirst: (left: number, right: number) => number;
  /** Only rows behind this one are kept. */
  readonly after?: OrderedRow | undefined;
}

/** Keeps the first rows of an order while rows are added in any order. */
export class TopRows {
  readonly #options: TopRowsOptions;
  #kept: OrderedRow[] = [];
  #worst: OrderedRow | undefined;

  constructor(options: TopRowsOptions) {
    this.#options = options;
  }

  /** Adds the rows of a block whose mask is 1, as they are at `now` in ms since 1970. */
  add(block: ColumnBlock, mask: Uint8Array, now: number): void {
    const { rowOf, firstOf, compareFirst } = this.#options;
    for (let k = 0; k < block.length; k += 1) {
      if (mask[k] !== 1) continue;
      const worst = this.#worst?.values[0];
      if (worst !== undefined && compareFirst(firstOf(block, k, now), worst) > 0) continue;
      this.#offer(rowOf(block, k, now));
    }
  }

  /** The rows kept, in order. */
  rows(): readonly OrderedRow[] {
    this.#shrink();
    return this.#kept;
  }

  #offer(row: OrderedRow): void {
    const { limit, compare, after } = this.#options;
    if (after !== undefined && compare(row, after) <= 0) return;
    if (this.#worst !== undefined && compare(row, this.#worst) >= 0) return;
    this.#kept.push(row);
    // Sorting once in a while costs less than keeping a heap in order for every row.
    if (this.#kept.length >= 2 * limit + 1000) this.#shrink();
  }

  #shrink(): void {
    const { limit, compare } = this.#options;
    this.#kept = this.#kept.sort(compare).slice(0, limit);
    if (this.#kept.length === limit) this.#worst = this.#kept.at(-1);
  }
}
