import { formatFraction, type SecondsAndNanos } from './timestamp.ts';

const DURATION = /^([+-]?)(0|[1-9]\d*)?(?:\.(\d{0,9}))?s$/;
const HIGHEST_INT64 = 2n ** 63n - 1n;
const HIGHEST_SECONDS = 315576000000;

/**
 * Parses the JSON form of a google.protobuf.Duration: `31s`, `4.262s`, `-.5s`. Undefined for text that is none
 * (ISO 8601 among it); beyond 10 000 years gives `'out of range'`. Source: measured.
 */
export function parseDuration(text: string): SecondsAndNanos | 'out of range' | undefined {
  const match = DURATION.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole, fraction] = match;
  if (whole === undefined && fraction === undefined) return undefined;
  if (whole !== undefined && whole.length > 18 && BigInt(whole) > HIGHEST_INT64) return undefined;
  const seconds = Number(whole ?? 0);
  if (seconds > HIGHEST_SECONDS) return 'out of range';
  const nanos = Number((fraction ?? '').padEnd(9, '0'));
  const direction = sign === '-' ? -1 : 1;
  return { seconds: direction * seconds || 0, nanos: direction * nanos || 0 };
}

/** The JSON form of a Duration: 0, 3, 6 or 9 fraction digits and `s`. Source: measured. */
export function formatDuration({ seconds, nanos }: SecondsAndNanos): string {
  const sign = seconds < 0 || nanos < 0 ? '-' : '';
  return `${sign}${Math.abs(seconds)}${formatFraction(Math.abs(nanos))}s`;
}
