import { KitError } from '../errors.ts';
import { type AliasTable, createAliasTable, zipfWeights } from './alias-table.ts';
import type { Cast } from './cast.ts';
import { DAY_MS, MINUTE_MS } from './civil-time.ts';
import { createDurationTable, SESSION_KINDS, type SessionKind } from './durations.ts';
import { hashText, mix } from './hash.ts';
import { choicesOf, type UserChoices } from './resource-choices.ts';
import type { Scenario, ScenarioCron, ScenarioFlow } from './scenario.ts';
import { createWeekShape, WEEK_SHAPES, type WeekShape } from './week-shapes.ts';

/** A flow as it runs in one zone, ready for arithmetic. */
export interface Stream {
  readonly key: number;
  /** The same for all streams of a flow, which follow each other. */
  readonly flowKey: number;
  /** Number of the zone whose clock it follows. */
  readonly zone: number;
  /** Arrivals in a bucket of average height. */
  readonly rate: number;
  readonly shape: Float64Array;
  readonly durations: Float64Array;
  /** A draw below this is never closed. */
  readonly forgottenBelow: number;
  /** User numbers; empty when nobody logs in. */
  readonly actors: Uint16Array;
  readonly pickActor: AliasTable | undefined;
  /** People behind the actors; empty when nothing is propagated. */
  readonly endUsers: Uint16Array;
  readonly pickEndUser: AliasTable | undefined;
  /** A draw below this carries an end user. */
  readonly propagatedBelow: number;
  readonly choices: UserChoices;
  readonly burstBelow: number;
  readonly burstSize: number;
  readonly burstSpreadMs: number;
  /** Children for each arrival, on average. */
  readonly childShare: number;
  readonly childDurations: Float64Array;
  readonly childChoices: UserChoices;
}

/** A cron job by number. */
export interface CronJob {
  readonly periodMs: number;
  readonly atMs: number;
  readonly sessions: number;
  readonly user: number;
  readonly resource: number;
  readonly durations: Float64Array;
}

const TWO_TO_32 = 4294967296;
const EMPTY = new Float64Array(168);
/** What people and applications leave open; queries, jobs and refused log-ins always end. */
const FORGETFUL: readonly SessionKind[] = ['exec', 'sql', 'pool', 'agent', 'console'];

/** Every flow of a scenario in every zone it has people in. Throws KitError `ERR_SCENARIO_INVALID`. */
export function createStreams(scenario: Scenario, cast: Cast): readonly Stream[] {
  const tables: Tables = {
    shapes: new Map(WEEK_SHAPES.map((shape) => [shape, createWeekShape(shape)])),
    durations: new Map(SESSION_KINDS.map((kind) => [kind, createDurationTable(kind)])),
  };
  return scenario.flows.flatMap((flow) => streamsOfFlow(flow, scenario, { cast, tables }));
}

/** The cron jobs of a scenario by number. Throws KitError `ERR_SCENARIO_INVALID` for an unknown name. */
export function createCronJobs(scenario: Scenario, cast: Cast): readonly CronJob[] {
  const durations = createDurationTable('job');
  return scenario.crons.map((cron) => ({
    durations,
    periodMs: cron.everyMinutes * MINUTE_MS,
    atMs: cron.atMinute * MINUTE_MS,
    sessions: cron.sessions,
    user: known(cast.userCodes, cron.machine, { scenario, owner: cron }),
    resource: known(cast.resourceCodes, cron.resource, { scenario, owner: cron }),
  }));
}

/** What all streams of a world share. */
interface Tables {
  readonly shapes: ReadonlyMap<WeekShape, Float64Array>;
  readonly durations: ReadonlyMap<SessionKind, Float64Array>;
}

interface Shared {
  readonly cast: Cast;
  readonly tables: Tables;
}

function streamsOfFlow(flow: ScenarioFlow, scenario: Scenario, shared: Shared): readonly Stream[] {
  const { cast } = shared;
  const named = [...(flow.by?.machines ?? []), ...(flow.by?.natives ?? [])];
  const fixed = named.map((name) => known(cast.userCodes, name, { scenario, owner: flow }));
  const rhythm = flow.onBehalfOf ?? flow.by?.roles;
  const people = peopleByZone(scenario, cast, rhythm ?? []);
  const total = people.reduce((sum, codes) => sum + codes.length, 0);
  if (rhythm !== undefined && total === 0) throw invalid(scenario, flow, `nobody has a role of ${rhythm}`);
  if (rhythm === undefined) {
    return [streamOf(flow, scenario, { ...shared, zone: 0, share: 1, actors: fixed, endUsers: [] })];
  }
  return people.flatMap((codes, zone) => {
    if (codes.length === 0) return [];
    const actors = flow.by?.roles === undefined ? fixed : [...codes, ...fixed];
    const endUsers = flow.propagated === undefined ? [] : codes;
    return [streamOf(flow, scenario, { ...shared, zone, share: codes.length / total, actors, endUsers })];
  });
}

interface StreamParts extends Shared {
  readonly zone: number;
  readonly share: number;
  readonly actors: readonly number[];
  readonly endUsers: readonly number[];
}

function streamOf(flow: ScenarioFlow, scenario: Scenario, parts: StreamParts): Stream {
  const { cast, tables, zone, share } = parts;
  const key = hashText(`${flow.name} ${scenario.zones[zone]?.name ?? ''}`);
  const actors = byRank(parts.actors, key);
  const endUsers = byRank(parts.endUsers, mix(key));
  const { children, bursts } = flow;
  const bucketShare = (scenario.bucketMinutes * MINUTE_MS) / DAY_MS;
  return {
    key,
    flowKey: hashText(flow.name),
    zone,
    rate: flow.perDay * scenario.scale * share * bucketShare,
    shape: tables.shapes.get(flow.shape) ?? EMPTY,
    durations: tables.durations.get(flow.kind) ?? EMPTY,
    forgottenBelow: FORGETFUL.includes(flow.kind) ? scenario.shares.forgotten * TWO_TO_32 : 0,
    actors,
    pickActor: zipfTable(actors),
    endUsers,
    pickEndUser: zipfTable(endUsers),
    propagatedBelow: (flow.propagated ?? 0) * TWO_TO_32,
    choices: choicesOf(cast, actors, { scenario, flow, technologies: flow.technologies }),
    burstBelow: (bursts?.share ?? 0) * TWO_TO_32,
    burstSize: bursts?.size ?? 1,
    burstSpreadMs: bursts?.spreadMs ?? 0,
    childShare: children?.share ?? 0,
    childDurations: tables.durations.get(children?.kind ?? flow.kind) ?? EMPTY,
    childChoices: choicesOf(cast, actors, { scenario, flow, technologies: children?.technologies ?? [] }),
  };
}

function peopleByZone(
  scenario: Scenario,
  { directory, userCodes }: Cast,
  roles: readonly string[],
): readonly (readonly number[])[] {
  const byZone = scenario.zones.map((): number[] => []);
  const zones = new Map(scenario.zones.map(({ name }, i) => [name, byZone[i]]));
  for (const { role, zone, email } of directory.people) {
    if (roles.includes(role)) zones.get(zone)?.push(userCodes.get(email) ?? 0);
  }
  return byZone;
}

/** Some people work more than others: an order that is drawn, not the directory's. */
function byRank(codes: readonly number[], key: number): Uint16Array {
  const ranks = new Map(codes.map((code) => [code, mix(key ^ Math.imul(code, 0x9e3779b1))]));
  return Uint16Array.from([...codes].sort((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0)));
}

function zipfTable(codes: Uint16Array): AliasTable | undefined {
  return codes.length === 0 ? undefined : createAliasTable(zipfWeights(codes.length));
}

interface Naming {
  readonly scenario: Scenario;
  readonly owner: ScenarioFlow | ScenarioCron;
}

function known(codes: ReadonlyMap<string, number>, name: string, { scenario, owner }: Naming): number {
  const code = codes.get(name);
  if (code === undefined) throw invalid(scenario, owner, `${name} is not in the directory`);
  return code;
}

function invalid(scenario: Scenario, owner: { readonly name: string }, reason: string): KitError {
  return new KitError('ERR_SCENARIO_INVALID', { name: scenario.name, reason: `${owner.name}: ${reason}` });
}
