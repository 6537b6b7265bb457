import { parseDuration } from '../connect/duration.ts';
import { parseTimestamp } from '../connect/timestamp.ts';
import { instantOf, type JsonObject } from './run-view.ts';

const NANOS_PER_SECOND = 1_000_000_000n;

/** An instant in nanoseconds since 1970, in the form of the wire or in one that was only written differently. */
function nanosOf(value: unknown): bigint | undefined {
  const parts = typeof value === 'string' ? parseTimestamp(value) : undefined;
  if (typeof parts === 'object') return BigInt(parts.seconds) * NANOS_PER_SECOND + BigInt(parts.nanos);
  const ms = instantOf(value);
  return ms === undefined ? undefined : BigInt(Math.round(ms * 1e3)) * 1000n;
}

/**
 * How far the duration of a session is from its end minus its start, in nanoseconds and without a sign. A missing
 * duration of a completed session is as far off as it is long, or one nanosecond where it has no length; undefined
 * where there is nothing to compare, or the duration is in a form that is judged elsewhere.
 */
export function durationError(session: JsonObject): bigint | undefined {
  const start = nanosOf(session['startTime']);
  const end = nanosOf(session['endTime']);
  if (start === undefined || end === undefined) return undefined;
  const { duration } = session;
  if (duration === undefined) {
    if (session['sessionStatus'] !== 'completed') return undefined;
    return end === start ? 1n : absolute(end - start);
  }
  const parts = typeof duration === 'string' ? parseDuration(duration) : undefined;
  if (typeof parts !== 'object') return undefined;
  return absolute(end - start - (BigInt(parts.seconds) * NANOS_PER_SECOND + BigInt(parts.nanos)));
}

function absolute(nanos: bigint): bigint {
  return nanos < 0n ? -nanos : nanos;
}

/** Nanoseconds as milliseconds, with as many digits as needed. */
export function millisecondsText(nanos: bigint): string {
  return String(Number(nanos) / 1e6);
}
