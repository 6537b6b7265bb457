import { createZoneOffset, hourOfWeek } from './daylight.ts';
import { deriveKey, draw, fraction, hashText, mix } from './hash.ts';
import type { IncidentCalendar } from './incident-calendar.ts';
import type { Scenario } from './scenario.ts';
import type { CronJob, Stream } from './streams.ts';

/** How many sessions a bucket has, by stream; no session is made. */
export interface BucketPlanner {
  /** Sessions in a bucket, children and cron jobs included. */
  total(bucket: number): number;
  /** Arrivals and children by stream; the arrays are overwritten by the next call. */
  plan(bucket: number): BucketPlan;
}

/** The counts of one bucket. */
export interface BucketPlan {
  readonly arrivals: Uint32Array;
  readonly children: Uint32Array;
  readonly total: number;
}

const CHILDREN = hashText('children');
const SHARE = hashText('share');
/** Local hours turn on quarters of an hour of UTC, in every zone. */
const ZONE_STEP_MS = 900_000;
const MANY = 8;
const WEEK_HOURS = 168;

/** What a planner counts. */
export interface PlannerOptions {
  readonly scenario: Scenario;
  readonly streams: readonly Stream[];
  readonly crons: readonly CronJob[];
  readonly incidents: IncidentCalendar;
  readonly bucketMs: number;
}

/**
 * Makes the planner of a world. Counts depend on the key, the scenario and the bucket only: each flow draws
 * one number, which its streams then share.
 */
export function createBucketPlanner(worldKey: number, options: PlannerOptions): BucketPlanner {
  const { streams, crons, incidents, bucketMs } = options;
  const countKey = deriveKey(worldKey, hashText('counts'));
  const rates = createRates(options);
  const { flows } = rates;
  const arrivals = new Uint32Array(streams.length);
  const children = new Uint32Array(streams.length);
  const shareOut = (flow: FlowSpan, arrived: number, key: number): number => {
    let reached = 0;
    let expected = 0;
    let born = 0;
    const dither = fraction(draw(key, SHARE));
    for (let s = flow.from; s < flow.until; s++) {
      expected += rates.ofStream[s] ?? 0;
      const upTo = s === flow.until - 1 ? arrived : Math.floor((arrived * expected) / flow.expected + dither);
      const own = Math.max(0, Math.min(arrived, upTo) - reached);
      arrivals[s] = own;
      children[s] = own === 0 ? 0 : childrenOf(own * (streams[s]?.childShare ?? 0), key + s);
      reached += own;
      born += children[s] ?? 0;
    }
    return born;
  };
  const count = (bucket: number, isPlan: boolean): number => {
    const from = bucket * bucketMs;
    rates.moveTo(from);
    const bucketKey = deriveKey(countKey, bucket);
    let total =
      cronSessions(crons, from, from + bucketMs) + incidents.rowsBetween(from, from + bucketMs).length;
    for (const flow of flows) {
      const key = mix(bucketKey ^ flow.key);
      const arrived = countFrom(flow.expected, key >>> 0);
      total += arrived;
      if (isPlan || flow.hasChildren) total += shareOut(flow, arrived, key);
    }
    return total;
  };
  return {
    total: (bucket) => count(bucket, false),
    plan: (bucket) => ({ arrivals, children, total: count(bucket, true) }),
  };
}

/** The streams of one flow: `from` to `until - 1`. */
interface FlowSpan {
  readonly key: number;
  readonly from: number;
  readonly until: number;
  readonly hasChildren: boolean;
  /** Arrivals of all its streams in the bucket moved to. */
  expected: number;
}

/** Expected arrivals in the bucket moved to. */
interface Rates {
  readonly flows: readonly FlowSpan[];
  readonly ofStream: Float64Array;
  moveTo(ms: number): void;
}

function createRates({ scenario, streams }: PlannerOptions): Rates {
  const offsets = scenario.zones.map(createZoneOffset);
  const hours = new Int16Array(offsets.length).fill(-1);
  const ofStream = new Float64Array(streams.length);
  const flows = flowsOf(streams);
  const table = ratesByHour(streams);
  const zones = Uint8Array.from(streams, ({ zone }) => zone);
  const refresh = (): void => {
    for (let f = 0; f < flows.length; f++) {
      const flow = flows[f];
      if (flow === undefined) continue;
      let sum = 0;
      for (let s = flow.from; s < flow.until; s++) {
        const rate = table[s * WEEK_HOURS + (hours[zones[s] ?? 0] ?? 0)] ?? 0;
        ofStream[s] = rate;
        sum += rate;
      }
      flow.expected = sum;
    }
  };
  let until = Number.NEGATIVE_INFINITY;
  let from = 0;
  const moveTo = (ms: number): void => {
    if (ms >= from && ms < until) return;
    from = Math.floor(ms / ZONE_STEP_MS) * ZONE_STEP_MS;
    until = from + ZONE_STEP_MS;
    let isSameHour = true;
    for (let zone = 0; zone < offsets.length; zone++) {
      const hour = hourOfWeek(ms + (offsets[zone]?.(ms) ?? 0));
      isSameHour &&= hours[zone] === hour;
      hours[zone] = hour;
    }
    if (!isSameHour) refresh();
  };
  return { flows, ofStream, moveTo };
}

/** Arrivals in a bucket by stream and hour of the week. */
function ratesByHour(streams: readonly Stream[]): Float64Array {
  const table = new Float64Array(streams.length * WEEK_HOURS);
  for (const [s, { rate, shape }] of streams.entries()) {
    for (let hour = 0; hour < WEEK_HOURS; hour++) table[s * WEEK_HOURS + hour] = rate * (shape[hour] ?? 0);
  }
  return table;
}

function flowsOf(streams: readonly Stream[]): readonly FlowSpan[] {
  const starts = streams.flatMap((stream, s) => (stream.flowKey === streams[s - 1]?.flowKey ? [] : [s]));
  return starts.map((from, i) => ({
    key: streams[from]?.flowKey ?? 0,
    from,
    until: starts[i + 1] ?? streams.length,
    hasChildren: (streams[from]?.childShare ?? 0) > 0,
    expected: 0,
  }));
}

/** The first run of a job at or after an instant. */
export function nextCronRun({ periodMs, atMs }: CronJob, from: number): number {
  return Math.ceil((from - atMs) / periodMs) * periodMs + atMs;
}

function cronSessions(crons: readonly CronJob[], from: number, until: number): number {
  let sessions = 0;
  for (const cron of crons) {
    const first = nextCronRun(cron, from);
    if (first < until) sessions += (Math.floor((until - 1 - first) / cron.periodMs) + 1) * cron.sessions;
  }
  return sessions;
}

function childrenOf(expected: number, key: number): number {
  return expected === 0 ? 0 : Math.floor(expected + fraction(draw(key, CHILDREN)));
}

/** A count around its expectation: spread like arrivals where there are many, rounded by chance where few. */
function countFrom(expected: number, drawn: number): number {
  if (expected < MANY) return Math.floor(expected + fraction(drawn));
  const bytes = (drawn & 255) + ((drawn >>> 8) & 255) + ((drawn >>> 16) & 255) + (drawn >>> 24);
  const deviation = (bytes - 510) / 147.8;
  return Math.max(0, Math.floor(expected + Math.sqrt(expected) * deviation + 0.5));
}
