import { KitError } from '../errors.ts';
import type { Directory } from './directory.ts';
import type { Scenario } from './scenario.ts';

/** Options of `createWorld`. */
export interface WorldOptions {
  /** The world as data, complete. */
  readonly scenario: Scenario;
  /** The people and things of that scenario. */
  readonly directory: Directory;
  /** Integer or text; `42` and `"42"` are the same. */
  readonly seed: number | string;
  /** The instant that fixes the lower edge, in ms since 1970; from the year 2000 to 3000. */
  readonly now: number;
  /** Days shown before `now`, above 0 and up to 3650; default 30. Not together with `count`. */
  readonly days?: number;
  /** Tells two scenarios of one name apart in the world's identity; without it the name says it all. */
  readonly revision?: string;
  /**
   * Memory for sessions that are kept for another look, in bytes; default 44 MiB. A reader that goes through once needs
   * next to none.
   */
  readonly cacheBytes?: number;
  /** Instead of days: the newest sessions, 1 to 1e9; fewer only when ten years hold fewer. */
  readonly count?: number;
}

/** {@link WorldOptions} with defaults filled in. */
export interface ResolvedWorldOptions extends WorldOptions {
  readonly days: number;
  readonly cacheBytes: number;
  /** The seed as text. */
  readonly seed: string;
}

/** Days a world can show, at most. */
export const MAX_DAYS = 3650;

const DEFAULT_DAYS = 30;
const DEFAULT_CACHE_BYTES = 44 * 1024 * 1024;
const MAX_COUNT = 1e9;
const EARLIEST = 946_684_800_000;
const LATEST = 32_503_680_000_000;
const NAMES: readonly string[] = [
  'scenario',
  'directory',
  'seed',
  'now',
  'days',
  'count',
  'revision',
  'cacheBytes',
];

/** Checks and completes options; the result is frozen. Throws KitError `ERR_OPTION_UNKNOWN` or `ERR_OPTION_INVALID`. */
export function resolveWorldOptions(options: WorldOptions): ResolvedWorldOptions {
  for (const option of Object.keys(options)) {
    if (NAMES.includes(option)) continue;
    throw new KitError('ERR_OPTION_UNKNOWN', { option, suggestion: `, known are ${NAMES.join(', ')}` });
  }
  const { seed, now, days } = options;
  if (typeof seed === 'number' && !Number.isSafeInteger(seed))
    throw invalid('seed', 'an integer or text', seed);
  if (!isWhole(now, EARLIEST, LATEST))
    throw invalid('now', 'ms since 1970 between the years 2000 and 3000', now);
  assertSpan(options);
  const { cacheBytes = DEFAULT_CACHE_BYTES } = options;
  if (!isWhole(cacheBytes, 0, Number.MAX_SAFE_INTEGER))
    throw invalid('cacheBytes', 'a whole number', cacheBytes);
  return Object.freeze({ ...options, seed: String(seed), days: days ?? DEFAULT_DAYS, cacheBytes });
}

function assertSpan({ days, count }: WorldOptions): void {
  if (days !== undefined && count !== undefined) throw invalid('days', 'absent when count is given', days);
  if (days !== undefined && !(days > 0 && days <= MAX_DAYS)) {
    throw invalid('days', `above 0 and at most ${MAX_DAYS}`, days);
  }
  if (count !== undefined && !isWhole(count, 1, MAX_COUNT)) {
    throw invalid('count', `a whole number from 1 to ${MAX_COUNT}`, count);
  }
}

function isWhole(value: number, from: number, until: number): boolean {
  return Number.isSafeInteger(value) && value >= from && value <= until;
}

function invalid(option: string, expected: string, value: number): KitError {
  return new KitError('ERR_OPTION_INVALID', { option, expected, value });
}
