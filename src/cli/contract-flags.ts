import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { parseTimestamp } from '../connect/timestamp.ts';
import { type KnownFailure, parseKnownFailures } from '../contract/known-failures.ts';
import type { ContractOptions } from '../contract/options.ts';
import type { Audience, TimeWindow } from '../contract/run-view.ts';
import { KitError } from '../errors.ts';
import { loadProfile } from '../files/load-profile.ts';
import { loadDocument } from '../openapi/load-document.ts';

/** Flags of `formal-mock contract` as commander gives them. */
export interface ContractFlags {
  readonly target?: string;
  readonly audience?: Audience;
  readonly liveManners?: boolean;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly smoke?: boolean;
  readonly deep?: boolean;
  readonly maxP95?: number;
  readonly apiKeyFile?: string;
  readonly reporter?: readonly string[];
  readonly known?: string;
  readonly profile?: string;
  readonly spec?: string;
  readonly failOn?: 'warn';
  readonly maxRequests?: number;
  readonly rps?: number;
  readonly window?: string;
  readonly showValues?: boolean;
  readonly timeout?: number;
  readonly verbose?: boolean;
}

function list(text: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), ...text.split(',').map((item) => item.trim())];
}

function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || Number.isNaN(value)) {
    throw new KitError('ERR_OPTION_INVALID', { option: 'the flag', expected: 'a number', value: text });
  }
  return value;
}

/** Adds the flags that choose what is judged. */
export function addSelectionFlags(command: Command): Command {
  return addJudgingFlags(command)
    .option('--only <GLOB>', 'cases to run, e.g. pagination/* (repeatable)', list)
    .option('--skip <GLOB>', 'cases to leave out (repeatable)', list)
    .option('--smoke', 'at most 15 requests')
    .option('--live-manners', 'ask any server as the live service is asked')
    .option('--deep', 'also ask what only `learn` needs');
}

/** Adds the flags that decide by what is judged. */
export function addJudgingFlags(command: Command): Command {
  const audience = new Option('--audience <WHO>', 'decides severities (default: by target)');
  return command
    .addOption(audience.choices(['mock', 'any', 'live']))
    .option('--spec <FILE>', "document to judge by (default: the package's own)");
}

/** Adds the flags that decide what a failure is and where the report goes. */
export function addReportFlags(command: Command): Command {
  return command
    .option('--reporter <LIST>', 'pretty, json, junit, github, markdown; each alone or with =FILE', splitList)
    .option('--verbose', 'also list what passed and what was skipped')
    .option('--known <FILE>', 'failures that are expected for now')
    .addOption(new Option('--fail-on <WHAT>', 'also fail on warnings').choices(['warn']))
    .option('--show-values', 'put values of sessions into the report of a live target or a recording');
}

function splitList(text: string, previous: readonly string[] | undefined): readonly string[] {
  return [...(previous ?? []), ...text.split(',')];
}

/** Adds the flags that decide how a server is asked. */
export function addRunFlags(command: Command): Command {
  return command
    .option('--max-p95 <MS>', 'fail when the 95th percentile of pages is above this', number)
    .option('--api-key-file <FILE>', 'file with the key (default: FORMAL_API_KEY)')
    .option('--profile <FILE>', 'facts to assert, written by `learn`')
    .option('--max-requests <N>', 'budget of requests', number)
    .option('--rps <N>', 'requests per second', number)
    .option('--window <A..B>', 'window of time to look into, two RFC 3339 instants')
    .option('--timeout <MS>', 'longest time for one answer', number);
}

type FileOptions = Pick<ContractOptions, 'known' | 'profile' | 'document'>;

/** Options of a run from its flags, except where to send requests. Throws KitError. */
export async function optionsFromFlags(
  flags: ContractFlags,
): Promise<Omit<ContractOptions, 'url' | 'apiKey'>> {
  const { only, skip, smoke, deep, maxRequests, rps, showValues, maxP95, timeout } = flags;
  const given = {
    only,
    skip,
    smoke,
    deep,
    maxRequests,
    requestsPerSecond: rps,
    showValues,
    maxP95Ms: maxP95,
    timeoutMs: timeout,
    failOnWarn: flags.failOn === 'warn' ? true : undefined,
    window: flags.window === undefined ? undefined : parseWindow(flags.window),
  };
  const defined = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return { ...defined, ...(await loadFiles(flags)) };
}

async function loadFiles({ known, profile, spec }: ContractFlags): Promise<FileOptions> {
  return {
    ...(known === undefined ? {} : { known: await loadKnown(known) }),
    ...(profile === undefined ? {} : { profile: await loadProfile(profile) }),
    ...(spec === undefined ? {} : { document: await loadDocument(spec) }),
  };
}

/** The known failures of a file. Throws KitError ERR_OPTION_INVALID. */
export async function loadKnown(file: string): Promise<readonly KnownFailure[]> {
  return parseKnownFailures(await readText('known', file));
}

/** The text of a file a flag names. Throws KitError ERR_OPTION_INVALID. */
export async function readText(option: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new KitError(
      'ERR_OPTION_INVALID',
      { option, expected: 'a file that can be read', value: file },
      { cause },
    );
  }
}

/** The millisecond of an RFC 3339 instant; undefined for anything else, dates without a time too. */
function instantOf(text: string): number | undefined {
  const parts = parseTimestamp(text);
  return typeof parts === 'object' ? parts.seconds * 1000 + Math.floor(parts.nanos / 1e6) : undefined;
}

/** `2026-01-14T00:00:00Z..2026-01-15T00:00:00Z`. Throws KitError ERR_OPTION_INVALID. */
export function parseWindow(text: string): TimeWindow {
  const [from = '', to = '', ...rest] = text.split('..');
  const startMs = instantOf(from);
  const endMs = instantOf(to);
  if (rest.length === 0 && startMs !== undefined && endMs !== undefined && startMs < endMs)
    return { startMs, endMs };
  throw new KitError('ERR_OPTION_INVALID', {
    option: 'window',
    expected: 'two RFC 3339 instants, the earlier first, with .. between them',
    value: text,
  });
}
