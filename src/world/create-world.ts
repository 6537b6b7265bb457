import { KitError } from '../errors.ts';
import { createBucketPlanner } from './bucket-plan.ts';
import { type Cast, createCast } from './cast.ts';
import type { Chunk } from './chunk.ts';
import { type ChunkStore, createChunkStore } from './chunk-store.ts';
import { DAY_MS, MINUTE_MS } from './civil-time.ts';
import { type CodeReader, createCodeReader } from './code-columns.ts';
import { createDictionaries, type Dictionaries } from './dictionaries.ts';
import type { Recipe } from './draft.ts';
import { createChunkEmitter } from './emit-chunk.ts';
import { createHydrator, type Hydrator } from './hydrate.ts';
import { createIncidentCalendar } from './incident-calendar.ts';
import { findLowerEdge } from './lower-edge.ts';
import { scanBlocks } from './scan.ts';
import type { Scenario } from './scenario.ts';
import { createSessionIds, MAX_BUCKET_SESSIONS, type SessionIds } from './session-id.ts';
import { createCronJobs, createStreams, type Stream } from './streams.ts';
import { createTimeline, type Place, type Timeline } from './timeline.ts';
import { SESSION_ID_SHAPE } from './type-id.ts';
import type { World } from './world.ts';
import { worldKeyOf } from './world-key.ts';
import {
  MAX_DAYS,
  type ResolvedWorldOptions,
  resolveWorldOptions,
  type WorldOptions,
} from './world-options.ts';

/**
 * The world of a scenario, a directory and a seed, seen from a lower edge that `now` and `days` (or `count`)
 * fix. Costs the same for every size of world. Indices reach ten years beyond `now`; an instant after that
 * counts like that horizon. Throws KitError `ERR_OPTION_…` or `ERR_SCENARIO_INVALID`.
 */
export function createWorld(options: WorldOptions): World {
  const resolved = resolveWorldOptions(options);
  const { edge, from, ids, chunks, timeline, codes, dictionaries, hydrator } = createParts(resolved);
  const rowAt = <T>(index: number, read: (chunk: Chunk, row: number) => T): T => {
    if (!(index >= 0)) throw new RangeError(`index must be >= 0 (got ${index})`);
    const bucket = timeline.bucketOf(index);
    return read(chunks.get(bucket), index - timeline.baseOf(bucket));
  };
  const world: World = {
    identity: identityOf(resolved),
    idShape: SESSION_ID_SHAPE,
    from,
    count: (until) => timeline.indexAt(Math.floor(until) + 1),
    indexAt: timeline.indexAt,
    at: (index, now) => rowAt(index, (chunk, row) => hydrator.toObject(chunk, row, now)),
    json: (index, now) => rowAt(index, (chunk, row) => hydrator.toJson(chunk, row, now)),
    idAt: (index) => {
      if (index >= -1 || index < -1 - edge.row) return rowAt(index, hydrator.idOf);
      return hydrator.idOf(chunks.get(edge.bucket), index + 1 + edge.row);
    },
    startAt: (index) => rowAt(index, (chunk, row) => chunk.start[row] ?? 0),
    find: (id) => {
      const place = ids.decode(id);
      const row = place === undefined ? -1 : rowOfPlace(place, { timeline, chunks, hydrator, id });
      return place === undefined || row < 0 ? -1 : Math.max(-1, timeline.baseOf(place.bucket) + row);
    },
    scan: (range) => scanBlocks(range, { timeline, chunks, codes, ids }),
    dictionary: (column) => dictionaries()[column],
  };
  return Object.freeze(world);
}

function identityOf({ scenario, seed, revision }: ResolvedWorldOptions): string {
  const identity = `${scenario.name}/${scenario.dataVersion}/${seed}`;
  return revision === undefined ? identity : `${identity}/${revision}`;
}

interface WorldParts {
  readonly edge: Place;
  readonly from: number;
  readonly ids: SessionIds;
  readonly chunks: ChunkStore;
  readonly timeline: Timeline;
  readonly codes: CodeReader;
  readonly dictionaries: () => Dictionaries;
  readonly hydrator: Hydrator;
}

function createParts(options: ResolvedWorldOptions): WorldParts {
  const { scenario, directory, now } = options;
  const cast = createCast(scenario, directory);
  const recipe = createRecipe(options, cast);
  const { bucketMs, ids } = recipe;
  const { total } = recipe.planner;
  const chunks = createChunkStore(createChunkEmitter(recipe), options.cacheBytes);
  const { edge, from } = findLowerEdge(options, { bucketMs, chunks, total });
  const timeline = createTimeline({ bucketMs, edge, horizon: now + MAX_DAYS * DAY_MS, total, chunks });
  const codes = createCodeReader(cast, scenario.shares);
  let made: Dictionaries | undefined;
  const dictionaries = (): Dictionaries => {
    made ??= createDictionaries(cast);
    return made;
  };
  const hydrator = createHydrator({ ids, codes, dictionaries });
  return { edge, from, ids, chunks, timeline, codes, dictionaries, hydrator };
}

function createRecipe({ scenario, directory, seed }: ResolvedWorldOptions, cast: Cast): Recipe {
  const bucketMs = scenario.bucketMinutes * MINUTE_MS;
  const worldKey = worldKeyOf(scenario, seed);
  const streams = createStreams(scenario, cast);
  assertRoomInBuckets(scenario, streams);
  const crons = createCronJobs(scenario, cast);
  const incidents = createIncidentCalendar({ scenario, cast, worldKey });
  return {
    worldKey,
    bucketMs,
    planner: createBucketPlanner(worldKey, { scenario, streams, crons, incidents, bucketMs }),
    streams,
    crons,
    incidents,
    cast,
    ids: createSessionIds(worldKey, bucketMs, scenario.idFormat),
    shares: scenario.shares,
    lastFormalUser: directory.people.length + directory.machines.length,
  };
}

function assertRoomInBuckets(scenario: Scenario, streams: readonly Stream[]): void {
  const busiest = streams.reduce(
    (sum, { rate, shape, childShare }) => sum + rate * Math.max(...shape) * (1 + childShare),
    0,
  );
  if (busiest <= MAX_BUCKET_SESSIONS / 2) return;
  const reason = `about ${Math.round(busiest)} sessions in a busy bucket are more than ${MAX_BUCKET_SESSIONS / 2}: shorten bucketMinutes`;
  throw new KitError('ERR_SCENARIO_INVALID', { name: scenario.name, reason });
}

interface Search {
  readonly timeline: Timeline;
  readonly chunks: ChunkStore;
  readonly hydrator: Hydrator;
  readonly id: string;
}

/** The row an id names, or -1 when it is out of bounds or its time is not the session's. */
function rowOfPlace(
  { bucket, emission }: { readonly bucket: number; readonly emission: number },
  search: Search,
): number {
  const { timeline, chunks, hydrator, id } = search;
  if (bucket < timeline.firstBucket || bucket > timeline.lastBucket) return -1;
  const chunk = chunks.get(bucket);
  const row = chunk.emission.indexOf(emission);
  return row >= 0 && hydrator.idOf(chunk, row) === id ? row : -1;
}
