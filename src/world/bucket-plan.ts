import { createZoneOffset, hourOfWeek } from './daylight.ts';
import { deriveKey, draw, fraction, hashText } from './hash.ts';
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
const MANY = 8;

/** Makes the planner of a world. Counts depend on the key, the scenario and the bucket only. */
export function createBucketPlanner(
  worldKey: number,
  scenario: Scenario,
  { streams, crons, bucketMs }: { streams: readonly Stream[]; crons: readonly CronJob[]; bucketMs: number },
): BucketPlanner {
  const countKey = deriveKey(worldKey, hashText('counts'));
  const offsets = scenario.zones.map(createZoneOffset);
  const hours = new Uint8Array(offsets.length);
  const arrivals = new Uint32Array(streams.length);
  const children = new Uint32Array(streams.length);
  const plan = (bucket: number): BucketPlan => {
    const from = bucket * bucketMs;
    for (const [zone, offset] of offsets.entries()) hours[zone] = hourOfWeek(from + offset(from));
    const bucketKey = deriveKey(countKey, bucket);
    let total = cronSessions(crons, from, from + bucketMs);
    for (let s = 0; s < streams.length; s++) {
      const stream = streams[s];
      if (stream === undefined) continue;
      const expected = stream.rate * (stream.shape[hours[stream.zone] ?? 0] ?? 0);
      const arrived = countFrom(expected, draw(bucketKey, stream.key));
      const born = arrived === 0 ? 0 : childrenOf(arrived * stream.childShare, bucketKey ^ stream.key);
      arrivals[s] = arrived;
      children[s] = born;
      total += arrived + born;
    }
    return { arrivals, children, total };
  };
  return { plan, total: (bucket) => plan(bucket).total };
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
