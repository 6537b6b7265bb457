/** Milliseconds of a day, an hour, a minute. */
export const DAY_MS = 86_400_000;
/** Milliseconds of an hour. */
export const HOUR_MS = 3_600_000;
/** Milliseconds of a minute. */
export const MINUTE_MS = 60_000;

const TWO_DIGITS: readonly string[] = digitTable(100, 2);
const THREE_DIGITS: readonly string[] = digitTable(1000, 3);

/** A day of the proleptic Gregorian calendar; months and days count from 1. */
export interface CivilDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Days since 1970-01-01 of a calendar day. */
export function daysFromCivil({ year, month, day }: CivilDay): number {
  const shifted = month > 2 ? year : year - 1;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The calendar day that is `days` after 1970-01-01. */
export function civilFromDays(days: number): CivilDay {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const leapless =
    dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor(leapless / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1,
  };
}

/** Day of the week of a day number: 0 Monday … 6 Sunday. */
export function weekdayOf(days: number): number {
  return (((days + 3) % 7) + 7) % 7;
}

/**
 * Makes a function from ms since 1970 to RFC 3339 with `Z` and 3 fraction digits, none on a whole second.
 * It remembers the text of the last day, which neighbours in time share.
 * Source: measured (protobuf Timestamp in JSON has 0, 3, 6 or 9 digits).
 */
export function createTimestampWriter(): (ms: number) => string {
  let lastDay = Number.NaN;
  let dayText = '';
  return (ms) => {
    const day = Math.floor(ms / DAY_MS);
    if (day !== lastDay) {
      lastDay = day;
      dayText = formatDay(civilFromDays(day));
    }
    return dayText + formatTimeOfDay(ms - day * DAY_MS);
  };
}

/**
 * A span in ms as protobuf Duration: `31s`, `4.262s`.
 * Source: measured (protobuf Duration in JSON has 0, 3, 6 or 9 digits).
 */
export function formatDuration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const rest = ms - seconds * 1000;
  return rest === 0 ? `${seconds}s` : `${seconds}.${THREE_DIGITS[rest]}s`;
}

function formatDay({ year, month, day }: CivilDay): string {
  return `${String(year).padStart(4, '0')}-${TWO_DIGITS[month]}-${TWO_DIGITS[day]}T`;
}

function formatTimeOfDay(ms: number): string {
  const hour = Math.floor(ms / HOUR_MS);
  const minute = Math.floor(ms / MINUTE_MS) % 60;
  const second = Math.floor(ms / 1000) % 60;
  const rest = ms % 1000;
  const whole = `${TWO_DIGITS[hour]}:${TWO_DIGITS[minute]}:${TWO_DIGITS[second]}`;
  return rest === 0 ? `${whole}Z` : `${whole}.${THREE_DIGITS[rest]}Z`;
}

function digitTable(length: number, width: number): readonly string[] {
  return Array.from({ length }, (_, n) => String(n).padStart(width, '0'));
}
