import type { Zone } from './daylight.ts';
import type { SessionKind } from './durations.ts';
import type { IdFormat } from './session-id.ts';
import type { WeekShape } from './week-shapes.ts';

/** A zone people live in. */
export interface ScenarioZone extends Zone {
  /** Weight of the zone among the scenario's people; any positive number. */
  readonly share: number;
}

/** A place resources live in; each has exactly one connector. */
export interface ScenarioSpace {
  /** `[0-9a-z-]+`, unique. */
  readonly name: string;
  readonly environment: string;
  readonly region: string;
}

/** What a role or a machine may reach. */
export interface Reach {
  /** Technologies; every one when absent. */
  readonly technologies?: readonly string[];
  /** Names of spaces; every one when absent. */
  readonly spaces?: readonly string[];
}

/** A group of people who work alike. */
export interface ScenarioRole {
  /** `[0-9a-z-]+`, unique. */
  readonly name: string;
  readonly people: number;
  /** Names of groups: everybody has the first, some have more (3 at most). */
  readonly groups: readonly string[];
  readonly reach: Reach;
}

/** A user without a face. */
export interface ScenarioMachine {
  /** `[0-9a-z-]+`, unique; stands in `idp:formal:machine:NAME`. */
  readonly name: string;
  readonly groups: readonly string[];
  readonly reach: Reach;
}

/** Resources that differ only by name and space: one for each pair. */
export interface ScenarioResources {
  readonly technology: string;
  readonly names: readonly string[];
  readonly spaces: readonly string[];
}

/** Who starts the sessions of a flow: all of the named people, machines and native users. */
export interface FlowActors {
  /** Names of roles. */
  readonly roles?: readonly string[];
  /** Names of machines. */
  readonly machines?: readonly string[];
  /** Names of native users. */
  readonly natives?: readonly string[];
}

/** Sessions opened from within another one. */
export interface FlowChildren {
  /** Children for each session of the flow, on average; 0 to 2. */
  readonly share: number;
  readonly kind: SessionKind;
  readonly technologies: readonly string[];
}

/** Sessions that come in clusters, e.g. the tiles of one dashboard. */
export interface FlowBursts {
  /** Share of the flow's sessions that belong to clusters, 0 to 1. */
  readonly share: number;
  /** Sessions in a cluster, at least 2. */
  readonly size: number;
  /** Length of a cluster in ms; shorter than a bucket. */
  readonly spreadMs: number;
}

/** A stream of sessions of one kind. */
export interface ScenarioFlow {
  /** Unique. */
  readonly name: string;
  readonly kind: SessionKind;
  /** Absent for sessions nobody has logged in to. */
  readonly by?: FlowActors;
  /** Roles whose rhythm the flow follows and whose people are its end users. */
  readonly onBehalfOf?: readonly string[];
  /** Share of sessions that carry the person as end user, 0 to 1; default 0. */
  readonly propagated?: number;
  /** Sessions on an average day, children not counted. */
  readonly perDay: number;
  readonly shape: WeekShape;
  /** Technologies it connects to; an empty list for probes, which reach no resource. */
  readonly technologies: readonly string[];
  readonly bursts?: FlowBursts;
  readonly children?: FlowChildren;
}

/** A job that starts by the clock. */
export interface ScenarioCron {
  /** Unique. */
  readonly name: string;
  /** Name of the machine that runs it. */
  readonly machine: string;
  /** Name of the resource it connects to. */
  readonly resource: string;
  /** Period in minutes, at least 1. */
  readonly everyMinutes: number;
  /** Minutes after the period's start (counted from 1970-01-01T00:00Z), 0 to period - 1. */
  readonly atMinute: number;
  /** Sessions a run opens, half a second apart: 1 to 4. */
  readonly sessions: number;
}

/** Shares of rows, 0 to 1 each. */
export interface ScenarioShares {
  /** Rows that carry a legacy sidecar. */
  readonly sidecar: number;
  /** Shells, clients, pools, assistants and consoles that are never closed. */
  readonly forgotten: number;
  /** Open rows that are quiet, and so idle. */
  readonly quiet: number;
  /** People with ids in other systems. */
  readonly externalIds: number;
}

/**
 * What can go wrong: somebody's account takes data out from a new network, somebody guesses passwords until a
 * native user gets in, or a connector fails and everybody comes back at once.
 */
export const INCIDENT_KINDS = ['exfiltration', 'brute-force', 'outage'] as const;

/** One of {@link INCIDENT_KINDS}. */
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/** A story that happens again and again, on days drawn by the seed, at the same local time. */
export interface ScenarioIncident {
  /** `[0-9a-z-]+`, unique. */
  readonly name: string;
  readonly kind: IncidentKind;
  /** It happens once in each period of so many days, 1 to 90; periods start on a Monday. */
  readonly everyDays: number;
  /** Name of the zone whose clock it goes by; an exfiltration takes the account of somebody who lives there. */
  readonly zone: string;
  /** Local time at which it starts, `HH:MM`. */
  readonly at: string;
  /** How long it lasts, 1 to 180; an outage has to fit into one bucket together with the minute and a half after it. */
  readonly minutes: number;
  /** Sessions it opens, 1 to 2000. Those an outage keeps waiting come on top. */
  readonly sessions: number;
  /** Roles of the account taken, native users guessed, or machines that reconnect. */
  readonly by: FlowActors;
  /** What the sessions connect to. */
  readonly technologies: readonly string[];
  /** The space whose connector fails; for outages only. */
  readonly space?: string;
}

/**
 * A world as data: who exists, what there is to connect to, and how often. Plain JSON, complete
 * (`extends` of a {@link ScenarioFile} is already applied).
 */
export interface Scenario {
  /** `[0-9a-z-]+`. Part of what decides the data. */
  readonly name: string;
  readonly description: string;
  /** Raised when the data of this name change. */
  readonly dataVersion: number;
  readonly company: {
    readonly name: string;
    /** Domain of e-mail addresses, lower case ASCII. */
    readonly domain: string;
  };
  readonly idFormat: IdFormat;
  /** Length of the timeline's buckets: 5, 15 or 60 minutes; short ones for high rates. */
  readonly bucketMinutes: 5 | 15 | 60;
  /** Factor on every flow's `perDay`. */
  readonly scale: number;
  readonly zones: readonly ScenarioZone[];
  readonly roles: readonly ScenarioRole[];
  readonly machines: readonly ScenarioMachine[];
  /** User names that databases know and Formal does not. */
  readonly natives: readonly string[];
  readonly spaces: readonly ScenarioSpace[];
  readonly resources: readonly ScenarioResources[];
  /** Names of legacy sidecars and what they front. */
  readonly sidecars: readonly { readonly name: string; readonly technology: string }[];
  readonly flows: readonly ScenarioFlow[];
  readonly crons: readonly ScenarioCron[];
  readonly incidents: readonly ScenarioIncident[];
  readonly shares: ScenarioShares;
  /**
   * Names of layers laid over the timeline, the lowest first: files `fixtures/layers/NAME.sessions.json` of the
   * package. None when absent.
   */
  readonly layers?: readonly string[];
}

/** A scenario file: a whole {@link Scenario}, or the name of another one and what differs from it. */
export interface ScenarioFile extends Partial<Scenario> {
  readonly name: string;
  readonly extends?: string;
}
