import { parseTimestamp } from '../connect/timestamp.ts';
import { KitError } from '../errors.ts';
import type { Outcome } from './outcome.ts';
import { matchesGlob } from './plan.ts';
import { isObject } from './run-view.ts';

/** One entry of a known-failures file: the case still runs, and must still fail. */
export interface KnownFailure {
  /** Glob of case ids. */
  readonly case: string;
  /** `mock`, `any`, `live`, or part of the target's URL; absent for every target. */
  readonly target?: string;
  /** Why it fails. */
  readonly reason: string;
  /** Link to where it is dealt with. */
  readonly issue?: string;
  /** Last day on which it may fail, `YYYY-MM-DD`. */
  readonly expires?: string;
}

/** Reads the text of a known-failures file. Throws KitError ERR_OPTION_INVALID. */
export function parseKnownFailures(text: string): readonly KnownFailure[] {
  const entries = readArray(text);
  const wrong = entries.findIndex((entry) => !isKnownFailure(entry));
  if (wrong >= 0) {
    throw invalid(
      `entry ${wrong}`,
      '{case, reason} with optional target, issue and expires (YYYY-MM-DD), all texts',
    );
  }
  return entries.filter(isKnownFailure);
}

function readArray(text: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value;
  } catch (cause) {
    throw new KitError(
      'ERR_OPTION_INVALID',
      { option: 'known', expected: 'a JSON array', value: 'text that is no JSON' },
      { cause },
    );
  }
  throw invalid('another JSON value', 'a JSON array');
}

const MEMBERS = ['case', 'target', 'reason', 'issue', 'expires'];

function isKnownFailure(value: unknown): value is KnownFailure {
  if (!isObject(value)) return false;
  const { case: glob, reason, expires } = value;
  const isComplete = typeof glob === 'string' && typeof reason === 'string';
  const isClean = Object.entries(value).every(
    ([name, text]) => MEMBERS.includes(name) && typeof text === 'string',
  );
  return isComplete && isClean && (expires === undefined || isDay(String(expires)));
}

/** True for a day of the calendar: the 31st of February is none. */
function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && typeof parseTimestamp(`${text}T00:00:00Z`) === 'object';
}

function invalid(value: string, expected: string): KitError {
  return new KitError('ERR_OPTION_INVALID', { option: 'known', expected, value });
}

/** Where and when the entries are applied. */
export interface KnownContext {
  /** Audience and URL of the run. */
  readonly audience: string;
  readonly url: string;
  /** Today, `YYYY-MM-DD`. */
  readonly today: string;
  /** Every case id of the suite, to find patterns that match nothing. */
  readonly caseIds: readonly string[];
}

/** Throws KitError ERR_OPTION_INVALID where a pattern matches none of the ids. */
export function assertKnownCases(known: readonly KnownFailure[], caseIds: readonly string[]): void {
  for (const entry of known) {
    if (!caseIds.some((id) => matchesGlob(entry.case, id))) {
      throw invalid(entry.case, 'a pattern that matches a case (see `formal-mock contract list`)');
    }
  }
}

/**
 * Marks listed failures as `known`, listed cases that no longer fail and expired entries as `stale`.
 * Throws KitError ERR_OPTION_INVALID where a pattern matches no case of the suite.
 */
export function applyKnownFailures(
  outcomes: readonly Outcome[],
  known: readonly KnownFailure[],
  context: KnownContext,
): readonly Outcome[] {
  assertKnownCases(known, context.caseIds);
  const applicable = known.filter(
    ({ target }) => target === undefined || target === context.audience || context.url.includes(target),
  );
  return outcomes.map((outcome) => {
    const entry = applicable.find((candidate) => matchesGlob(candidate.case, outcome.id));
    return entry === undefined ? outcome : markOutcome(outcome, entry, context.today);
  });
}

function markOutcome(outcome: Outcome, entry: KnownFailure, today: string): Outcome {
  if (outcome.status === 'error') return outcome;
  const link = entry.issue === undefined ? {} : { issue: entry.issue };
  // An entry that has expired is to be looked at, whatever became of the case.
  if (entry.expires !== undefined && entry.expires < today) {
    return { ...outcome, ...link, status: 'stale', reason: `known until ${entry.expires}: ${entry.reason}` };
  }
  if (outcome.status === 'skip') return outcome;
  if (outcome.findingCount === 0) {
    return {
      ...outcome,
      ...link,
      status: 'stale',
      reason: `listed as known, but it passes: ${entry.reason}`,
    };
  }
  return { ...outcome, ...link, status: 'known', reason: entry.reason };
}
