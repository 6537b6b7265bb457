import { join } from 'node:path';
import { KitError } from '../errors.ts';
import { loadBuiltInDocument } from '../files/built-in-document.ts';
import { loadWorld } from '../files/load-world.ts';
import { QueryError } from '../query/query-error.ts';
import { formatSchema } from '../seed/format-schema.ts';
import { loadManifest, manifestNames, type SeedSettings } from '../seed/manifest.ts';
import type { RunControl } from '../seed/pump-chunks.ts';
import { compileRowFilter } from '../seed/query-filter.ts';
import { type RowSelection, selectRows } from '../seed/row-selection.ts';
import { seedBulk } from '../seed/seed-bulk.ts';
import { type FileOutput, seedDirectory } from '../seed/seed-directory.ts';
import { fileManifestPath, seedFile, verifyOutput } from '../seed/seed-file.ts';
import { openEncoder } from '../seed/seed-format.ts';
import { seedPostgres } from '../seed/seed-postgres.ts';
import { seedStream } from '../seed/seed-stream.ts';
import { redactUrl } from '../seed/target-error.ts';
import type { World } from '../world/world.ts';
import { loadSeedOptions, type SeedFlags, type SeedOptions } from './seed-options.ts';
import { createProgressReport, type ProgressReport } from './seed-progress.ts';
import { thisRun } from './this-run.ts';

const DAY_MS = 86_400_000;
/** Rows are read once, in their order: a few buckets are enough. */
const CACHE_BYTES = 1024 * 1024;

/** Runs `formal-mock seed` with the flags that were given. Throws KitError. */
export async function seed(flags: SeedFlags): Promise<void> {
  const options = await loadSeedOptions(flags, process.env);
  if (options.schema !== undefined) {
    process.stdout.write(formatSchema(options.schema));
    return;
  }
  if (options.verify) {
    const rows = await verify(options);
    process.stdout.write(`ok: ${rows} sessions, every file is as its manifest says\n`);
    return;
  }
  const report = createProgressReport(progressKind(options), {
    stream: process.stderr,
    clock: () => performance.now(),
  });
  const stop = stopOnSignal();
  try {
    const selection = await select(options, await resolveNow(options));
    const result = await write(options, selection, { signal: stop.signal, onProgress: report.onProgress });
    reportEnd(report, { options, selection, result });
  } catch (error) {
    report.clear();
    throw error;
  } finally {
    stop.off();
  }
}

/** What a run came to. */
interface SeedResult {
  readonly rows: number;
  readonly facts: Readonly<Record<string, number>>;
}

function progressKind({ progress }: SeedOptions): 'bar' | 'json' | 'none' {
  if (progress === 'auto') return process.stderr.isTTY ? 'bar' : 'none';
  return progress;
}

function reportEnd(
  report: ProgressReport,
  run: { readonly options: SeedOptions; readonly selection: RowSelection; readonly result: SeedResult },
): void {
  const { options, selection, result } = run;
  const now = new Date(selection.now).toISOString();
  report.finish({ ...result, target: describeTarget(options), now });
}

function describeTarget({ target }: SeedOptions): string {
  if (target.kind === 'stdout') return 'standard output';
  return 'path' in target ? target.path : redactUrl(target.url);
}

/** The instant of the world. An output that was begun keeps the one it was begun with. */
async function resolveNow({ now, target, shard }: SeedOptions): Promise<number> {
  if (now !== 'live') return now;
  const begun =
    target.kind === 'directory' ? await loadManifest(target.path, manifestNames(shard)) : undefined;
  return begun === undefined ? Date.now() : Date.parse(begun.manifest.now);
}

async function select(options: SeedOptions, now: number): Promise<RowSelection> {
  const { from, until, query } = options;
  const world = await openWorld(options, now);
  const bounds = { now, ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
  if (query === undefined) return selectRows(world, bounds);
  return selectRows(world, { ...bounds, filter: compileQuery(world, query, now) });
}

async function openWorld(options: SeedOptions, now: number): Promise<World> {
  const { seed: start, scenario, days, count, from, fixtures } = options;
  const reach = from === undefined ? 1 : Math.min(3650, Math.max(1, Math.ceil((now - from) / DAY_MS)));
  const own =
    fixtures === undefined ? undefined : { directory: fixtures, document: await loadBuiltInDocument() };
  const cacheBytes = CACHE_BYTES;
  return loadWorld({ scenario, seed: start, now, days: days ?? reach, count, cacheBytes }, own);
}

/** Fixture rows may differ from the columns they are found by, so that sampling them proves nothing. */
function isLayered(world: World): boolean {
  return world.idShape === undefined;
}

function compileQuery(world: World, query: string, now: number): NonNullable<RowSelection['filter']> {
  try {
    const { filter, warnings } = compileRowFilter(world, query, { now });
    for (const warning of warnings) process.stderr.write(`formal-mock: --query: ${warning}\n`);
    return filter;
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    const details = { option: '--query', expected: 'a query of the API', value: error.message };
    throw new KitError('ERR_OPTION_INVALID', details, { cause: error });
  }
}

async function write(
  options: SeedOptions,
  selection: RowSelection,
  control: RunControl,
): Promise<SeedResult> {
  const { target, shard, allowDuplicates } = options;
  const exact = isLayered(selection.world);
  switch (target.kind) {
    case 'postgres': {
      const reachBack = (from: number): Promise<World> =>
        openWorld({ ...options, days: undefined, count: undefined, from }, selection.now);
      const load = { selection, shard, exact, reachBack, ...control };
      const { rows, changed } = await seedPostgres(target.url, load);
      return { rows, facts: { changed } };
    }
    case 'bulk': {
      const load = { selection, shard, exact, allowDuplicates, ...control };
      const { rows, retries } = await seedBulk(target.url, load);
      return { rows, facts: { retries } };
    }
    case 'stdout': {
      const encoder = await openEncoder(selection, { ...options, exact });
      const { rows } = await seedStream(process.stdout, { selection, shard, encoder, ...control });
      return { rows, facts: {} };
    }
    case 'file':
    case 'directory':
      return writeFiles({ kind: target.kind, path: target.path }, { options, selection, control });
    default:
      return target satisfies never;
  }
}

async function writeFiles(
  { kind, path }: { readonly kind: 'file' | 'directory'; readonly path: string },
  run: { readonly options: SeedOptions; readonly selection: RowSelection; readonly control: RunControl },
): Promise<SeedResult> {
  const { options, selection, control } = run;
  const encoder = await openEncoder(selection, { ...options, exact: isLayered(selection.world) });
  const settings = settingsOf(options, selection.world);
  const output: FileOutput = { ...control, ...options, selection, encoder, settings, owner: thisRun() };
  const { manifest, skipped } = await (kind === 'file' ? seedFile : seedDirectory)(path, output);
  return { rows: manifest.rows, facts: { files: manifest.parts.length, skipped } };
}

/** What decides the bytes of the output; kept in the manifest and compared before a run is continued. */
function settingsOf(options: SeedOptions, world: World): SeedSettings {
  const { days, count, from, until, query, format, gzip, shard, partRows } = options;
  const known = { days: count === undefined ? days : undefined, count, from, until, query };
  const given = Object.entries(known).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return {
    world: world.identity,
    ...Object.fromEntries(given),
    format,
    gzip,
    shard: `${shard.index}/${shard.count}`,
    partRows,
  };
}

async function verify({ target, shard }: SeedOptions): Promise<number> {
  if (!('path' in target)) return 0;
  const { path } = target;
  const manifest =
    target.kind === 'file'
      ? await verifyOutput(fileManifestPath(path), () => path)
      : await verifyOutput(join(path, manifestNames(shard).finished), (file) => join(path, file));
  return manifest.rows;
}

/** Aborts at the first SIGINT or SIGTERM; a second one ends the process as usual. */
function stopOnSignal(): { readonly signal: AbortSignal; off(): void } {
  const controller = new AbortController();
  const stop = (signal: NodeJS.Signals): void => controller.abort(`${signal}; whole parts were kept`);
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  return {
    signal: controller.signal,
    off: () => {
      process.off('SIGINT', stop);
      process.off('SIGTERM', stop);
    },
  };
}
