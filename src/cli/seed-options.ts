import { stat } from 'node:fs/promises';
import { KitError } from '../errors.ts';
import { MOCK_DEFAULTS, type MockOptions } from '../mock/mock-options.ts';
import { parseTime } from '../query/parse-time.ts';
import { QueryError } from '../query/query-error.ts';
import { type FormatName, formatOfFile, type SchemaName } from '../seed/format-names.ts';
import { invalidOption } from '../seed/invalid-option.ts';
import { parseShard, type Shard } from '../seed/row-selection.ts';
import { loadServeOptions } from './serve-options.ts';

/** Where data goes. */
export type SeedTarget =
  | { readonly kind: 'stdout' }
  | { readonly kind: 'file' | 'directory'; readonly path: string }
  | { readonly kind: 'postgres' | 'bulk'; readonly url: string };

/** What `seed` was asked for, checked and complete. */
export interface SeedOptions {
  readonly seed: number | string;
  readonly scenario: string;
  /** ms since 1970, or `live`. */
  readonly now: number | 'live';
  /** Days the world reaches back; undefined when `from` or `count` says it. */
  readonly days: number | undefined;
  readonly count: number | undefined;
  /** Directory of sessions laid over the world. */
  readonly fixtures: string | undefined;
  /** ms since 1970. */
  readonly from: number | undefined;
  /** ms since 1970. */
  readonly until: number | undefined;
  readonly query: string | undefined;
  readonly target: SeedTarget;
  readonly format: FormatName;
  readonly gzip: boolean;
  readonly shard: Shard;
  readonly partRows: number;
  readonly schema: SchemaName | undefined;
  readonly verify: boolean;
  readonly allowDuplicates: boolean;
  readonly progress: 'auto' | 'json' | 'none';
}

const DEFAULT_PART_ROWS = 250_000;

/** The flags of the command, by name; those given only. */
export type SeedFlags = Readonly<Record<string, unknown>>;

/** Reads and checks flags, environment and configuration file. Throws KitError `ERR_OPTION_…`. */
export async function loadSeedOptions(
  flags: SeedFlags,
  env: Readonly<Record<string, string | undefined>>,
): Promise<SeedOptions> {
  const target = await resolveTarget(textOf(flags, 'out'), textOf(flags, 'to'));
  const shard = parseShard(textOf(flags, 'shard') ?? '1/1');
  const world = await loadWorldOptions(flags, env);
  if (shard.count > 1 && world.now === 'live') {
    throw invalidOption(
      '--now',
      'an instant when --shard is given, so that all shards see one world',
      'live',
    );
  }
  const byName = target.kind === 'file' ? formatOfFile(target.path) : undefined;
  const format = (textOf(flags, 'format') as FormatName | undefined) ?? byName?.format ?? 'ndjson'; // a choice
  const gzip = flags['gzip'] === true || byName?.gzip === true;
  if (gzip && format.startsWith('parquet')) {
    throw invalidOption('--gzip', 'absent with Parquet, which is compressed already', 'given');
  }
  const options: SeedOptions = {
    ...world,
    query: textOf(flags, 'query'),
    target,
    format,
    gzip,
    shard,
    partRows: readPartRows(textOf(flags, 'partRows')),
    schema: textOf(flags, 'schema') as SchemaName | undefined, // a choice
    verify: flags['verify'] === true,
    allowDuplicates: flags['allowDuplicates'] === true,
    progress: (textOf(flags, 'progress') ?? 'auto') as SeedOptions['progress'], // a choice
  };
  if (options.verify && target.kind !== 'file' && target.kind !== 'directory') {
    throw invalidOption('--verify', 'given together with --out FILE or --out DIR', target.kind);
  }
  return options;
}

type WorldPart = Pick<
  SeedOptions,
  'seed' | 'scenario' | 'now' | 'days' | 'count' | 'fixtures' | 'from' | 'until'
>;

async function loadWorldOptions(
  flags: SeedFlags,
  env: Readonly<Record<string, string | undefined>>,
): Promise<WorldPart> {
  if (flags['days'] !== undefined && flags['count'] !== undefined) {
    throw invalidOption('--days', 'absent when --count is given', String(flags['days']));
  }
  const loaded = { ...MOCK_DEFAULTS, ...(await loadShared(flags, env)) };
  const from = readInstant('--from', textOf(flags, 'from'));
  const hasDays = flags['days'] !== undefined;
  return {
    seed: loaded.seed,
    scenario: loaded.scenario,
    now: loaded.now === 'live' ? 'live' : Date.parse(loaded.now),
    // A flag beats the other one's environment variable or configuration key.
    count: hasDays ? undefined : loaded.count,
    fixtures: loaded.fixtures,
    days: hasDays || from === undefined ? loaded.days : undefined,
    from,
    until: readInstant('--until', textOf(flags, 'until')),
  };
}

/** The options that `serve` has too, from all three sources. */
function loadShared(
  flags: SeedFlags,
  env: Readonly<Record<string, string | undefined>>,
): Promise<MockOptions> {
  const { seed, scenario, days, count, fixtures, now } = flags;
  const given = Object.entries({ seed, scenario, days, count, fixtures, now });
  return loadServeOptions({
    flags: Object.fromEntries(given.filter(([, value]) => value !== undefined)),
    env,
    configFile: textOf(flags, 'config'),
  });
}

async function resolveTarget(out: string | undefined, to: string | undefined): Promise<SeedTarget> {
  if (to !== undefined && out !== undefined) throw invalidOption('--out', 'absent when --to is given', out);
  if (to !== undefined) return targetOfUrl(to);
  if (out === undefined || out === '-') return { kind: 'stdout' };
  if (out === '') throw invalidOption('--out', 'a file, a folder or -', JSON.stringify(out));
  const isDirectory = /[\\/]$/.test(out) || (await isExistingDirectory(out));
  return { kind: isDirectory ? 'directory' : 'file', path: out };
}

function targetOfUrl(url: string): SeedTarget {
  if (/^postgres(ql)?:\/\//.test(url)) return { kind: 'postgres', url };
  if (/^https?:\/\//.test(url)) return { kind: 'bulk', url };
  // What comes before an @ may be a password.
  throw invalidOption('--to', 'postgres://… or http://HOST:PORT/INDEX', url.split('@').at(-1) ?? '');
}

async function isExistingDirectory(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() === true;
}

function readPartRows(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PART_ROWS;
  const rows = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (rows >= 1) return rows;
  throw invalidOption('--part-rows', 'a whole number from 1 to 999999999', text);
}

function readInstant(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  try {
    return Math.ceil(parseTime(text));
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    throw new KitError(
      'ERR_OPTION_INVALID',
      { option: flag, expected: 'an instant such as 2026-01-15T12:00:00Z', value: text },
      { cause: error },
    );
  }
}

function textOf(flags: SeedFlags, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
}
