import { civilFromDays, DAY_MS, daysFromCivil, HOUR_MS, MINUTE_MS, weekdayOf } from './civil-time.ts';

/** Which daylight saving rule a zone follows; `us` and `eu` are the rules in force since 2007 and 1996. */
export type DaylightRule = 'none' | 'us' | 'eu';

/** A time zone as data. */
export interface Zone {
  /** IANA-like name, for people only. */
  readonly name: string;
  /** Standard time minus UTC, in minutes. */
  readonly offsetMinutes: number;
  readonly daylight: DaylightRule;
}

interface Season {
  readonly from: number;
  readonly until: number;
}

/**
 * Makes a function from ms since 1970 to the zone's local offset in ms, daylight saving included.
 * It remembers the year it looked at last.
 */
export function createZoneOffset(zone: Zone): (ms: number) => number {
  const standard = zone.offsetMinutes * MINUTE_MS;
  if (zone.daylight === 'none') return () => standard;
  const { daylight } = zone;
  let yearFrom = 0;
  let yearUntil = 0;
  let summer: Season = { from: 0, until: 0 };
  return (ms) => {
    if (ms < yearFrom || ms >= yearUntil) {
      const { year } = civilFromDays(Math.floor(ms / DAY_MS));
      yearFrom = daysFromCivil({ year, month: 1, day: 1 }) * DAY_MS;
      yearUntil = daysFromCivil({ year: year + 1, month: 1, day: 1 }) * DAY_MS;
      summer = daylight === 'us' ? usSummer(year, standard) : euSummer(year);
    }
    return ms >= summer.from && ms < summer.until ? standard + HOUR_MS : standard;
  };
}

/** Hour of the local week, 0 (Monday 00:00) … 167. */
export function hourOfWeek(localMs: number): number {
  const hour = Math.floor(localMs / HOUR_MS) + 72;
  return ((hour % 168) + 168) % 168;
}

function usSummer(year: number, standard: number): Season {
  return {
    from: sundayFrom(year, 3, 8) * DAY_MS + 2 * HOUR_MS - standard,
    until: sundayFrom(year, 11, 1) * DAY_MS + HOUR_MS - standard,
  };
}

function euSummer(year: number): Season {
  return {
    from: sundayFrom(year, 3, 25) * DAY_MS + HOUR_MS,
    until: sundayFrom(year, 10, 25) * DAY_MS + HOUR_MS,
  };
}

/** The first Sunday on or after a day, as a day number. */
function sundayFrom(year: number, month: number, day: number): number {
  const days = daysFromCivil({ year, month, day });
  return days + 6 - weekdayOf(days);
}
