import { civilToMs, daysInMonth } from './civil-time.ts';
import { parseInstant } from './parse-instant.ts';
import { endOfDigits } from './parser-state.ts';

/** Where a rounded date goes: to the first or to the last millisecond of its unit. */
export type Rounding = 'down' | 'up';

/** Options of {@link parseRelativeDate}. */
export interface RelativeDateOptions {
  /** The instant that `now` means, in ms since 1970. */
  readonly now: number;
  readonly rounding: Rounding;
}

const UNITS = ['y', 'M', 'w', 'd', 'h', 'H', 'm', 's'] as const;
type Unit = (typeof UNITS)[number];

const UNIT_MS: Readonly<Record<Exclude<Unit, 'y' | 'M'>, number>> = {
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  H: 3_600_000,
  m: 60_000,
  s: 1000,
};

/** Tells whether a text means to be date arithmetic: it begins with `now` or holds `||`. */
export function isRelativeDate(text: string): boolean {
  return text.startsWith('now') || text.includes('||');
}

/**
 * Date arithmetic as Formal's pages print it: `now` or `date||`, then `+1d`, `-24h`, `/d` in any number, in UTC,
 * weeks from Monday. Gives ms since 1970, or undefined when the text is not of that form.
 * Source: documented (Formal's pages), measured (Elasticsearch rounding).
 */
export function parseRelativeDate(text: string, options: RelativeDateOptions): number | undefined {
  const bars = text.startsWith('now') ? -1 : text.indexOf('||');
  let time = bars === -1 ? options.now : parseInstant(text.slice(0, bars), { allowMinutes: true });
  let at = bars === -1 ? 3 : bars + 2;
  while (time !== undefined && at < text.length) {
    const end = endOfDigits(text, at + 1);
    time = applyStep(time, text.slice(at, end + 1), options.rounding);
    at = end + 1;
  }
  return time;
}

/** Applies one step, such as `+1d`, `-h` or `/M`; undefined when it is none. */
function applyStep(time: number, step: string, rounding: Rounding): number | undefined {
  const operator = step.charAt(0);
  const digits = step.slice(1, -1);
  const unit = UNITS.find((known) => known === step.slice(-1));
  if (unit === undefined || step.length < 2) return undefined;
  if (operator === '/') return digits === '' ? roundTime(time, unit, rounding) : undefined;
  if (operator !== '+' && operator !== '-') return undefined;
  const count = digits === '' ? 1 : Number(digits);
  return shiftTime(time, operator === '-' ? -count : count, unit);
}

function shiftTime(time: number, count: number, unit: Unit): number | undefined {
  if (unit !== 'y' && unit !== 'M') return withinCalendar(time + count * UNIT_MS[unit]);
  const date = new Date(time);
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + (unit === 'y' ? count * 12 : count);
  const year = Math.floor(months / 12);
  if (!(Math.abs(year) < 10_000)) return undefined;
  const month = months - year * 12 + 1;
  const day = Math.min(date.getUTCDate(), daysInMonth(year, month));
  const start = civilToMs([year, month, day, 0, 0, 0]);
  return start === undefined ? undefined : start + (time - startOfDay(time));
}

function withinCalendar(time: number): number | undefined {
  return Math.abs(time) <= 8.64e15 ? time : undefined;
}

function startOfDay(time: number): number {
  return Math.floor(time / UNIT_MS.d) * UNIT_MS.d;
}

function roundTime(time: number, unit: Unit, rounding: Rounding): number | undefined {
  const start = startOfUnit(time, unit);
  if (rounding === 'down' || start === undefined) return start;
  const next = shiftTime(start, 1, unit);
  return next === undefined ? undefined : next - 1;
}

const MONDAY_MS = 4 * UNIT_MS.d;

function startOfUnit(time: number, unit: Unit): number | undefined {
  const date = new Date(time);
  if (unit === 'y') return civilToMs([date.getUTCFullYear(), 1, 1, 0, 0, 0]);
  if (unit === 'M') return civilToMs([date.getUTCFullYear(), date.getUTCMonth() + 1, 1, 0, 0, 0]);
  // 1970 began on a Thursday, so weeks are counted from Monday, 5 January.
  const origin = unit === 'w' ? MONDAY_MS : 0;
  return Math.floor((time - origin) / UNIT_MS[unit]) * UNIT_MS[unit] + origin;
}
