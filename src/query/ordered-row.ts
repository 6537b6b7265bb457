/** A row and what it is sorted by: one number a key (ranks for texts), NaN where the field is absent. */
export interface OrderedRow {
  /** Index of the session. */
  readonly index: number;
  readonly values: readonly number[];
}
