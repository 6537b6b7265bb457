import type { SessionObject } from '../world/session-object.ts';

/** Where a fixture is written. */
export interface FixtureSource {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** JSON pointer of the entry in its file, or in its line of an NDJSON file. */
  readonly pointer: string;
}

/** Which sessions a patch or a drop means: the one with an id, or all that a query finds. */
export type FixtureTarget =
  | { readonly id: string }
  /** A query in the dialect `docs`. It looks at the sessions that have started when the fixtures are applied. */
  | { readonly where: string };

/** Members of a session to change; `null` takes a member away (RFC 7396). */
export type SessionPatch = Readonly<Record<string, unknown>>;

/** One change of a world. Times are absolute. */
export type FixtureOperation =
  /** `startTime` is required; an absent id is made from start and content. */
  | { readonly kind: 'add'; readonly session: SessionObject; readonly source: FixtureSource }
  | {
      readonly kind: 'patch';
      readonly target: FixtureTarget;
      readonly set: SessionPatch;
      readonly source: FixtureSource;
    }
  | { readonly kind: 'drop'; readonly target: FixtureTarget; readonly source: FixtureSource };

/** Changes to lay over a world. */
export interface Fixtures {
  /** In order: each sees what those before it have done. */
  readonly operations: readonly FixtureOperation[];
  /** The instant at which queries and statuses are read, ms since 1970. */
  readonly now: number;
}
