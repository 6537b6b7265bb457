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
 * The instant of a relative time as RFC 3339, or undefined when the text is none. Steps are done from left to
 * right: `now-5m` is five minutes ago, `now/d` the start of the day in UTC, `now/d-1h` an hour before it.
 */
export function parseRelativeTime(text: string, now: number): string | undefined {
  if (!WHOLE.test(text)) return undefined;
  let ms = now;
  for (const [, sign, amount, unit = '', rounded] of text.matchAll(STEP)) {
    if (rounded !== undefined) ms = startOf(rounded, ms);
    else ms += (sign === '-' ? -1 : 1) * Number(amount) * (UNITS[unit] ?? 0);
  }
  return createTimestampWriter()(ms);
}

function startOf(unit: string, ms: number): number {
  const size = UNITS[unit] ?? 1;
  const shift = unit === 'w' ? FIRST_MONDAY : 0;
  return Math.floor((ms - shift) / size) * size + shift;
}
