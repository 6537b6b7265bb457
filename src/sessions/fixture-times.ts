import { fixtureError } from './fixture-error.ts';
import type { FixtureSource, SessionPatch } from './fixtures.ts';

/** When a session is, and what it is while open. */
export interface FixtureTimes {
  /** ms since 1970. */
  readonly start: number;
  /** ms since 1970; `Infinity` when it is never closed. */
  readonly end: number;
  /** True where it counts as idle while open. */
  readonly isQuiet: boolean;
}

/** What times are read with. */
export interface TimesContext {
  readonly now: number;
  readonly source: FixtureSource;
}

/**
 * The times of a session after a change; what the change does not state stays, the duration too when only the
 * start moves. Throws KitError `ERR_FIXTURE_INVALID` for times that contradict each other or the status.
 */
export function changeTimes(
  { startTime, endTime, duration, sessionStatus }: SessionPatch,
  before: FixtureTimes,
  context: TimesContext,
): FixtureTimes {
  const start = startTime === undefined ? before.start : readInstant(startTime, '/startTime', context);
  const stated = statedEnd({ endTime, duration }, start, context);
  const kept = start + (before.end - before.start);
  const isReopened = (sessionStatus === 'active' || sessionStatus === 'idle') && kept <= context.now;
  const end = stated ?? (isReopened ? Number.POSITIVE_INFINITY : kept);
  const isQuiet = sessionStatus === undefined ? before.isQuiet : sessionStatus === 'idle';
  const status = statusAt({ start, end, isQuiet }, context.now);
  if (sessionStatus !== undefined && sessionStatus !== null && sessionStatus !== status) {
    const reason = `sessionStatus is ${String(sessionStatus)}, but by its times the session is ${status}`;
    throw fixtureError(context.source, reason, '/sessionStatus');
  }
  return { start, end, isQuiet };
}

/** The status of a session at an instant. */
export function statusAt({ end, isQuiet }: FixtureTimes, now: number): string {
  if (end <= now) return 'completed';
  return isQuiet ? 'idle' : 'active';
}

function statedEnd(
  { endTime, duration }: SessionPatch,
  start: number,
  context: TimesContext,
): number | undefined {
  if (endTime === undefined && duration === undefined) return undefined;
  const byTime = typeof endTime === 'string' ? readInstant(endTime, '/endTime', context) : undefined;
  const length = typeof duration === 'string' ? readDuration(duration, context) : undefined;
  const end = byTime ?? (length === undefined ? Number.POSITIVE_INFINITY : start + length);
  if (end < start) throw fixtureError(context.source, 'endTime is before startTime', '/endTime');
  if (length !== undefined && start + length !== end) {
    const reason = `duration is ${duration}, but endTime is ${(end - start) / 1000}s after startTime; state one of them`;
    throw fixtureError(context.source, reason, '/duration');
  }
  return end;
}

function readInstant(value: unknown, member: string, { source }: TimesContext): number {
  const [, fraction = ''] = /\.(\d+)Z$/.exec(String(value)) ?? [];
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  if (!Number.isNaN(ms) && isWholeMs(fraction)) return ms;
  const name = member.slice(1);
  const reason = `${name} must be an instant in whole milliseconds such as 2026-01-15T11:55:00Z or now-5m (got ${JSON.stringify(value)})`;
  throw fixtureError(source, reason, member);
}

function readDuration(value: string, { source }: TimesContext): number {
  const [, seconds, fraction = ''] = /^(\d+)(?:\.(\d+))?s$/.exec(value) ?? [];
  if (seconds !== undefined && isWholeMs(fraction)) {
    return Number(seconds) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
  }
  const reason = `duration must be 0s or more in whole milliseconds such as 4.262s (got ${JSON.stringify(value)})`;
  throw fixtureError(source, reason, '/duration');
}

function isWholeMs(fraction: string): boolean {
  return /^0*$/.test(fraction.slice(3));
}
