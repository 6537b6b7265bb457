import type { WorldBlock } from '../world/world.ts';

/** One row of a block. */
export interface RowPlace {
  readonly block: WorldBlock;
  readonly row: number;
}

/** Writes something of a row into an arena at a place, and gives the place after it. */
export type RowWriter = (arena: Uint8Array, place: number, at: RowPlace) => number;
