import type { SessionObject } from './session-object.ts';

/**
 * The parts of a session that repeat: each value is stored once in a dictionary and rows hold its number.
 * `user` is `user.*` without `user.formal.endUser`, which is `endUser`.
 */
export const CODE_COLUMNS = [
  'user',
  'endUser',
  'resource',
  'connector',
  'sidecar',
  'clientIp',
  'serverIp',
] as const;

/** One of {@link CODE_COLUMNS}. */
export type CodeColumn = (typeof CODE_COLUMNS)[number];

/** Numbers of dictionary entries, one a row. */
export type Codes = Uint8Array | Uint16Array | Uint32Array;

/**
 * A run of consecutive sessions in world order, as columns. Row `k` is session `first + k`.
 * Arrays are shared and must not be written to.
 */
export interface WorldBlock {
  /** World index of row 0. */
  readonly first: number;
  readonly length: number;
  /** Start of each session, whole ms since 1970, ascending. */
  readonly start: Float64Array;
  /** Natural end of each session in ms, whatever the clock says; `Infinity` when it is never closed. */
  readonly end: Float64Array;
  /** 1 where an open session is quiet and counts as idle, 0 where it counts as active. */
  readonly quiet: Uint8Array;
  /**
   * World index of the parent session, -1 where there is none. A parent that started before the lower edge has a
   * number below -1, which only {@link World.idAt} understands.
   */
  readonly parent: Float64Array;
  /** Dictionary numbers of a column, made on first use; entry 0 is always "absent". */
  codes(column: CodeColumn): Codes;
  /**
   * Writes the ASCII of a row's id into `out` from `place` on, where {@link ID_BYTES} bytes must be free, and gives
   * the place behind it; absent where ids can be anything. Costs a fraction of making the text.
   */
  readonly writeId?: (row: number, out: Uint8Array, place: number) => number;
}

/** Bytes of an id that {@link WorldBlock.writeId} writes. */
export const ID_BYTES = 34;

/**
 * Everything behind a page: an endless seeded timeline, seen from a fixed lower edge up to a moving now.
 * Sessions are numbered 0, 1, 2, … from the lower edge in order of (start, id). A number never changes
 * its session: `now` only reveals more numbers and closes open sessions.
 * Every method is pure; `now`, `until` and times are ms since 1970.
 */
export interface World {
  /**
   * Names the data: scenario, data version and seed, and the content of a scenario of one's own. Two worlds of one
   * identity hold the same sessions.
   */
  readonly identity: string;
  /** The characters each place of every id can have; absent where ids can be anything. */
  readonly idShape?: readonly string[];
  /** Lower edge in ms: the first instant shown. */
  readonly from: number;
  /** How many sessions started in `[from, until]`. Cost: a binary search, no session is made. */
  count(until: number): number;
  /** Index of the first session that starts at or after `time`. */
  indexAt(time: number): number;
  /**
   * The session as JSON-ready object, seen at `now`; its parts are shared and frozen.
   * Throws RangeError for an index below 0 or beyond the last session of the next ten years.
   */
  at(index: number, now: number): SessionObject;
  /** `JSON.stringify(at(index, now))`, joined from fragments that are serialised once. */
  json(index: number, now: number): string;
  /** The session's id without making the session. Also takes a {@link WorldBlock.parent} below -1. */
  idAt(index: number): string;
  /** The session's start in ms. */
  startAt(index: number): number;
  /**
   * Index of the session with this id, or -1: unknown, malformed, foreign or before the lower edge.
   * The world is endless: compare with `count(now)` to know whether the session has started.
   */
  find(id: string): number;
  /**
   * The columns of sessions `[low, high)`, block by block; `descending` gives the last block first
   * (rows inside a block always ascend). Blocks are cut at both ends to the range.
   */
  scan(range: {
    readonly low: number;
    readonly high: number;
    readonly descending: boolean;
  }): Iterable<WorldBlock>;
  /**
   * The values of a column by number, each as the partial session it stands for, e.g.
   * `{ user: { formal: { endUser: {…} } } }` for `endUser`; entry 0 is `{}`. The same array every time.
   */
  dictionary(column: CodeColumn): readonly SessionObject[];
}
