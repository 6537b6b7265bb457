import type { EntityColumn } from './session-fields.ts';

/** Dictionary numbers, one a row. */
export type CodeArray = Uint8Array | Uint16Array | Uint32Array;

/** A run of consecutive sessions as columns; row `k` is session `first + k`. Arrays are only read. */
export interface ColumnBlock {
  /** Index of row 0 among all sessions. */
  readonly first: number;
  readonly length: number;
  /** Start of each session in whole ms since 1970, ascending. */
  readonly start: Float64Array;
  /** Natural end of each session in ms, `Infinity` when there is none; a session whose end is after now is open. */
  readonly end: Float64Array;
  /** 1 where an open session counts as idle. */
  readonly quiet: Uint8Array;
  /** Index of the parent session, -1 where there is none, below -1 where it is not shown but has an id. */
  readonly parent: Float64Array;
  /** Dictionary numbers of a column; 0 is always "absent". */
  codes(column: EntityColumn): CodeArray;
}

/** What a plan needs to know of all sessions. A dictionary must stay the same for the life of what is bound to it. */
export interface ColumnSource {
  /** The values of a column by number, each as the partial SessionObject it stands for; entry 0 is `{}`. */
  dictionary(column: EntityColumn): readonly object[];
  /** Index of the session with this id, or -1. */
  find(id: string): number;
  /** The id of a session, also of a parent that is not shown. */
  idAt(index: number): string;
}
