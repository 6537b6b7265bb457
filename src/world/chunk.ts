import type { CodeColumn, Codes } from './world.ts';

/** The sessions of one bucket as columns, in world order. */
export interface Chunk {
  readonly bucket: number;
  /** Key of the rows' draws. */
  readonly rowsKey: number;
  /** Key of the rows' ids. */
  readonly idsKey: number;
  readonly length: number;
  /** Start in ms since 1970, ascending. */
  readonly start: Float64Array;
  /** Natural end in ms, `Infinity` when never closed. */
  readonly end: Float64Array;
  readonly quiet: Uint8Array;
  /** Emission number: what ids and draws are made of. */
  readonly emission: Uint16Array | Uint32Array;
  readonly user: Uint16Array;
  readonly endUser: Uint16Array;
  readonly resource: Uint16Array;
  /** Rows of parents by row of the child. */
  readonly parents: ReadonlyMap<number, number>;
  /** Client addresses by row, where they do not follow from the user. */
  readonly clients: ReadonlyMap<number, number>;
  /** Columns made on first use. */
  readonly derived: Map<CodeColumn, Codes>;
  /** World indices of parents, made on first use. */
  parent: Float64Array | undefined;
}

/** Bytes a row takes with every column made: what a cache has to count with. */
export const CHUNK_ROW_BYTES = 40;

/** The first row whose start is at or after `time`. */
export function lowerRow({ start, length }: Pick<Chunk, 'start' | 'length'>, time: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((start[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
