import { pick } from './alias-table.ts';
import { nextCronRun } from './bucket-plan.ts';
import type { Chunk } from './chunk.ts';
import { createDraftColumns, type Draft, type Recipe, ROW_FIELDS, rowKeyOf } from './draft.ts';
import { durationAt } from './durations.ts';
import { below, deriveKey, draw, hashText, mix } from './hash.ts';
import type { IncidentRow } from './incident.ts';
import { passOutages } from './pass-outages.ts';
import { pickResource } from './resource-choices.ts';
import { sortDraft } from './sort-draft.ts';
import type { CronJob, Stream } from './streams.ts';

const ROWS = hashText('rows');
/** A session with children starts this long before its bucket ends, and lasts at least twice as long. */
const FAMILY_MS = 1000;
const CRON_STEP_MS = 500;

/**
 * Makes the function that makes the sessions of a bucket: it draws them stream by stream, then sorts them.
 * Buckets are drafted in the same columns, one after the other.
 */
export function createChunkEmitter(recipe: Recipe): (bucket: number) => Chunk {
  const { streams, bucketMs, lastFormalUser } = recipe;
  const worldRowsKey = deriveKey(recipe.worldKey, ROWS);
  let columns = createDraftColumns(1024);
  return (bucket) => {
    const { arrivals, children, total } = recipe.planner.plan(bucket);
    if (total > columns.offset.length) columns = createDraftColumns(2 * total);
    const draft: Draft = {
      ...columns,
      bucket,
      rows: total,
      rowsKey: deriveKey(worldRowsKey, bucket),
      from: bucket * bucketMs,
      spanMs: bucketMs,
      lastFormalUser,
      families: [],
      clients: new Map(),
    };
    let first = 0;
    for (const [s, stream] of streams.entries()) {
      const run: Run = { first, arrivals: arrivals[s] ?? 0, children: children[s] ?? 0 };
      emitArrivals(draft, stream, run);
      emitChildren(draft, stream, run);
      first += run.arrivals + run.children;
    }
    first = emitCronJobs(draft, recipe.crons, first);
    passOutages(draft, first, recipe);
    emitIncidents(draft, recipe.incidents.rowsBetween(draft.from, draft.from + bucketMs), first);
    return sortDraft(draft, recipe);
  };
}

interface Run {
  readonly first: number;
  readonly arrivals: number;
  readonly children: number;
}

/** How many of the first arrivals of a run may have children. */
function familiesOf({ arrivals, children }: Run): number {
  return Math.min(arrivals, (children + 1) >>> 1);
}

function emitArrivals(draft: Draft, stream: Stream, run: Run): void {
  const { rowsKey, spanMs } = draft;
  const families = familiesOf(run);
  for (let k = 0; k < run.arrivals; k++) {
    const e = run.first + k;
    const key = rowKeyOf(rowsKey, e);
    const cluster = clusterOf(rowsKey, stream, k);
    const anchor = cluster === 0 ? key : cluster;
    castRow(draft, stream, e, anchor);
    const familyMs = k < families ? FAMILY_MS : 0;
    const spreadMs = cluster === 0 ? 0 : stream.burstSpreadMs;
    const delay = below(draw(key, ROW_FIELDS.cluster), spreadMs);
    draft.offset[e] = below(draw(anchor, ROW_FIELDS.start), spanMs - spreadMs - familyMs) + delay;
    draft.duration[e] = Math.max(lengthOf(stream, key), 2 * familyMs);
  }
}

/** The key an arrival shares with its cluster, 0 when it comes alone. */
function clusterOf(rowsKey: number, { key, burstBelow, burstSize }: Stream, arrival: number): number {
  if (burstBelow === 0) return 0;
  const cluster = mix(rowsKey ^ key ^ Math.imul(Math.floor(arrival / burstSize) + 1, 0x85ebca6b));
  return draw(cluster, ROW_FIELDS.cluster) < burstBelow ? cluster : 0;
}

/** Who connects to what; rows of one cluster share the anchor and so the cast. */
function castRow(draft: Draft, stream: Stream, e: number, anchor: number): void {
  const { pickActor, pickEndUser } = stream;
  const actor = pickActor === undefined ? 0 : pick(pickActor, draw(anchor, ROW_FIELDS.actor));
  const user = stream.actors[actor] ?? 0;
  draft.user[e] = user;
  draft.endUser[e] = user > draft.lastFormalUser ? 0 : user;
  draft.resource[e] = pickResource(stream.choices(actor), draw(anchor, ROW_FIELDS.resource));
  if (pickEndUser !== undefined && draw(anchor, ROW_FIELDS.propagated) < stream.propagatedBelow) {
    draft.endUser[e] = stream.endUsers[pick(pickEndUser, draw(anchor, ROW_FIELDS.endUser))] ?? 0;
  }
}

function emitChildren(draft: Draft, stream: Stream, run: Run): void {
  const families = familiesOf(run);
  for (let c = 0; c < run.children; c++) {
    const e = run.first + run.arrivals + c;
    const key = rowKeyOf(draft.rowsKey, e);
    const parent = run.first + below(draw(key, ROW_FIELDS.family), families);
    const user = draft.user[parent] ?? 0;
    const parentOffset = draft.offset[parent] ?? 0;
    const parentEnd = parentOffset + (draft.duration[parent] ?? 0);
    const room = Math.min(parentEnd, draft.spanMs) - parentOffset - 2;
    const offset = parentOffset + 1 + below(draw(key, ROW_FIELDS.start), room);
    draft.families.push(e, parent);
    draft.user[e] = user;
    draft.endUser[e] = draft.endUser[parent] ?? 0;
    draft.resource[e] = pickResource(
      stream.childChoices(stream.actors.indexOf(user)),
      draw(key, ROW_FIELDS.resource),
    );
    draft.offset[e] = offset;
    draft.duration[e] = Math.min(
      durationAt(stream.childDurations, draw(key, ROW_FIELDS.duration)),
      parentEnd - offset,
    );
  }
}

/** Returns the first emission number after the jobs. */
function emitCronJobs(draft: Draft, crons: readonly CronJob[], first: number): number {
  let e = first;
  for (const cron of crons) {
    const until = draft.from + draft.spanMs;
    for (let run = nextCronRun(cron, draft.from); run < until; run += cron.periodMs) {
      const delay = 40 + below(draw(rowKeyOf(draft.rowsKey, e), ROW_FIELDS.start), 900);
      for (let i = 0; i < cron.sessions; i++) {
        const key = rowKeyOf(draft.rowsKey, e);
        const jitter = i === 0 ? 0 : below(draw(key, ROW_FIELDS.cluster), 21) - 10;
        draft.user[e] = cron.user;
        draft.endUser[e] = cron.user;
        draft.resource[e] = cron.resource;
        draft.offset[e] = run - draft.from + delay + i * CRON_STEP_MS + jitter;
        draft.duration[e] = durationAt(cron.durations, draw(key, ROW_FIELDS.duration));
        e++;
      }
    }
  }
  return e;
}

function emitIncidents(draft: Draft, rows: readonly IncidentRow[], first: number): void {
  for (const [i, { start, duration, user, resource, client }] of rows.entries()) {
    const e = first + i;
    draft.user[e] = user;
    draft.endUser[e] = user > draft.lastFormalUser ? 0 : user;
    draft.resource[e] = resource;
    draft.offset[e] = start - draft.from;
    draft.duration[e] = duration;
    if (client > 0) draft.clients.set(e, client);
  }
}

function lengthOf({ forgottenBelow, durations }: Stream, key: number): number {
  return draw(key, ROW_FIELDS.forgotten) < forgottenBelow
    ? Number.POSITIVE_INFINITY
    : durationAt(durations, draw(key, ROW_FIELDS.duration));
}
