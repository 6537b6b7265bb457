/**
 * The request of ListSessionsV2 with its limit filled in and checked by the document.
 * Absent and empty strings mean the same, as everywhere in proto3.
 * Source: documented (`ListSessionsV2Request`).
 */
export interface ListRequest {
  /** Sessions on a page, 1..100000. */
  readonly limit: number;
  /** Quickwit query text. */
  readonly query?: string;
  /** Sort keys, comma separated. */
  readonly sortBy?: string;
  /** Lower end of the window on startTime. */
  readonly startTimestamp?: string;
  /** Upper end of the window on startTime. */
  readonly endTimestamp?: string;
  /** `nextCursor` of the page before. */
  readonly cursor?: string;
}
