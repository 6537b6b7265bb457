/** One thing wrong with a value. */
export interface Violation {
  /** JSON pointer into the value: `/limit`, `/sessions/0/duration`, or the empty string for all of it. */
  readonly pointer: string;
  /** The keyword of the schema that is not met: `maximum`, `required`, `format` … */
  readonly rule: string;
  /** What is wrong, for people: `limit must be <= 100000 (got 250000)`. */
  readonly message: string;
}
