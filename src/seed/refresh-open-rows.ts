import type { Client } from 'pg';
import type { World } from '../world/world.ts';
import { COPY_LOAD_TABLE, COPY_STYLE, MERGE_LOAD_TABLE } from './copy-format.ts';
import { type CopyFrom, copyChunks } from './copy-rows.ts';
import { createObjectFlat } from './flat-row.ts';
import { assertRunning } from './pump-chunks.ts';
import type { RowSelection } from './row-selection.ts';
import { wholeChunk } from './seed-encoder.ts';

/** What has just been loaded. */
export interface RefreshJob {
  readonly selection: RowSelection;
  readonly signal?: AbortSignal | undefined;
  readonly reachBack?: ((from: number) => Promise<World>) | undefined;
}

/** Rows looked at together. */
const PAGE_ROWS = 5000;

interface OpenRow {
  readonly id: string;
  /** As the database writes it, to the microsecond. */
  readonly start: string;
}

const OPEN_ROWS = `SELECT id, start_time::text AS start FROM sessions
WHERE end_time IS NULL AND NOT coalesce(start_time > $1 AND start_time < $2, false) AND (start_time, id) > ($3, $4)
ORDER BY start_time, id LIMIT ${PAGE_ROWS}`;
const OLDEST =
  'SELECT extract(epoch FROM min(start_time)) * 1000 AS oldest FROM sessions WHERE end_time IS NULL';
const FIRST_PAGE: OpenRow = { id: '', start: '-infinity' };

/**
 * Brings the sessions up to date that are open in the table and not in what was loaded: an earlier load has left them, and
 * the window has moved on. Sessions that the world does not know are left alone. Needs the load table, and gives the
 * number of rows that changed.
 */
export async function refreshOpenRows(client: Client, copyFrom: CopyFrom, job: RefreshJob): Promise<number> {
  const loaded = loadedSpan(job.selection);
  let world: World | undefined;
  let changed = 0;
  for (let last = FIRST_PAGE; ; ) {
    assertRunning(job.signal);
    const { rows } = await client.query<OpenRow>(OPEN_ROWS, [...loaded, last.start, last.id]);
    const end = rows.at(-1);
    if (end === undefined) return changed;
    world ??= await reachOldest(client, job);
    changed += await mergeRows(client, copyFrom, { ...job, rows, world });
    last = end;
  }
}

/** The open interval whose sessions have all been loaded, for the query; nothing where a filter chose. */
function loadedSpan({ world, low, high, filter }: RowSelection): readonly [string, string] {
  if (filter !== undefined || high - low < 2) return ['infinity', '-infinity'];
  const timeOf = (index: number): string => new Date(world.startAt(index)).toISOString();
  return [timeOf(low), timeOf(high - 1)];
}

/** The world as far back as the oldest open session. */
async function reachOldest(client: Client, { selection, reachBack }: RefreshJob): Promise<World> {
  const { rows } = await client.query<{ oldest: string | null }>(OLDEST);
  const oldest = Math.floor(Number(rows[0]?.oldest ?? Number.NaN));
  if (!(oldest < selection.world.from) || reachBack === undefined) return selection.world;
  return reachBack(oldest);
}

interface PageJob extends RefreshJob {
  readonly rows: readonly OpenRow[];
  readonly world: World;
}

async function mergeRows(client: Client, copyFrom: CopyFrom, job: PageJob): Promise<number> {
  const { rows, world, selection, signal } = job;
  const started = world.count(selection.now);
  const known = rows.map(({ id }) => world.find(id)).filter((index) => index >= 0 && index < started);
  if (known.length === 0) return 0;
  const textOf = createObjectFlat(world, selection.now, COPY_STYLE);
  const text = known.map((index) => `${textOf(index)}\n`).join('');
  await client.query('TRUNCATE formal_mock_load');
  await copyChunks(client.query(copyFrom(COPY_LOAD_TABLE)), {
    chunks: [wholeChunk(Buffer.from(text), known.length, 0)],
    signal,
  });
  return (await client.query(MERGE_LOAD_TABLE)).rowCount ?? 0;
}
