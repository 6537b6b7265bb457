import type { Cast } from './cast.ts';
import type { Scenario, ScenarioIncident } from './scenario.ts';

/** One session that an incident opens. Numbers are those of the cast, 0 for "absent". */
export interface IncidentRow {
  /** ms since 1970. */
  readonly start: number;
  /** ms. */
  readonly duration: number;
  readonly user: number;
  readonly resource: number;
  /** Client address; 0 where it follows from the user. */
  readonly client: number;
}

/** A connector that is down: nothing passes it in `[down, up)`, everybody comes back in `[up, until)`. */
export interface Outage {
  /** Number of the connector. */
  readonly connector: number;
  readonly down: number;
  readonly up: number;
  readonly until: number;
}

/** One time an incident happens. */
export interface Occurrence {
  readonly incident: ScenarioIncident;
  /** The first instant a session of the story can start, ms since 1970. */
  readonly from: number;
  /** The first instant after it. */
  readonly until: number;
  /** What happened, for people. */
  readonly description: string;
  /** What finds exactly the sessions of the story, besides their time. */
  readonly clause: string;
  /** The sessions it opens, by start. */
  readonly rows: readonly IncidentRow[];
  readonly outage?: Outage;
}

/** What incidents are made from. */
export interface IncidentSource {
  readonly scenario: Scenario;
  readonly cast: Cast;
}

/** Makes the occurrence that starts at `start`; `key` is the key of its draws. */
export type OccurrenceMaker = (start: number, key: number) => Occurrence;
