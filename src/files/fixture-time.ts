import { createTimestampWriter } from '../world/civil-time.ts';

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
/** 1970-01-05 was a Monday: weeks are counted from it. */
const FIRST_MONDAY = 4 * 86_400_000;
const WHOLE = /^now(?:[+-]\d+(?:ms|[smhdw])|\/[smhdw])*$/;
const STEP = /([+-])(\d+)(ms|[smhdw])|\/([smhdw])/g;

/**
 * The instant of a relative time as RFC 3339, or undefined when the text is none, or when it leads out of the years 1 to
 * 9999. Steps are done from left to
 * right: `now-5m` is five minutes ago, `now/d` the start of the day in UTC, `now/d-1h` an hour before it.
 */
export function parseRelativeTime(text: string, now: number): string | undefined {
  if (!WHOLE.test(text)) return undefined;
  let ms = now;
  for (const [, sign, amount, unit = '', rounded] of text.matchAll(STEP)) {
    if (rounded !== undefined) ms = startOf(rounded, ms);
    else ms += (sign === '-' ? -1 : 1) * Number(amount) * (UNITS[unit] ?? 0);
  }
  return isInstant(ms) ? createTimestampWriter()(ms) : undefined;
}

/** What the wire's timestamps can say: the years 1 to 9999. Source: documented (protobuf Timestamp). */
function isInstant(ms: number): boolean {
  return ms >= -62_135_596_800_000 && ms < 253_402_300_800_000;
}

const RFC_3339 = /^(\d{4}-\d\d-\d\d)t(\d\d:\d\d:\d\d)(?:\.(\d+))?(z|[+-]\d\d:\d\d)$/i;

/**
 * An RFC 3339 instant as the wire writes it: in UTC, with no fraction or with three digits. What is none, and an
 * instant with more digits, stays as it is: checks name it as it was written.
 */
export function wireInstant(text: string): string {
  const [, day = '', time = '', fraction = '', zone = ''] = RFC_3339.exec(text) ?? [];
  const digits = fraction.replace(/0+$/, '');
  // `Date.parse` takes 30 February for 2 March, and 24:00 for the next day: those are left to the checks.
  const isReal = toIso(`${day}T${time}Z`) === `${day}T${time}.000Z`;
  const ms = Date.parse(`${day}T${time}.${digits.padEnd(3, '0')}${zone.toUpperCase()}`);
  return isReal && digits.length <= 3 && isInstant(ms) ? createTimestampWriter()(ms) : text;
}

function toIso(text: string): string | undefined {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}

/** `1.5s` as the wire writes it, `1.500s`; a text with more than three digits, and what is no duration, stays as it is. */
export function wireDuration(text: string): string {
  const [, whole, fraction = ''] = /^(\d+)\.(\d+)s$/.exec(text) ?? [];
  const digits = fraction.replace(/0+$/, '');
  if (whole === undefined || digits.length > 3) return text;
  return digits === '' ? `${whole}s` : `${whole}.${digits.padEnd(3, '0')}s`;
}

function startOf(unit: string, ms: number): number {
  const size = UNITS[unit] ?? 1;
  const shift = unit === 'w' ? FIRST_MONDAY : 0;
  return Math.floor((ms - shift) / size) * size + shift;
}
