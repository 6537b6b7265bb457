import type { WorldBlock } from './world.ts';

/** One row of a block, and when it is seen. */
export interface RowPlace {
  readonly block: WorldBlock;
  readonly row: number;
  /** ms since 1970; decides what is active, idle or completed. */
  readonly now: number;
}

/** Writes something of a row into an arena at a place, and gives the place after it. */
export type RowWriter = (arena: Uint8Array, place: number, at: RowPlace) => number;
