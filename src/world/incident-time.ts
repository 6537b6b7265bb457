import { DAY_MS, HOUR_MS, MINUTE_MS } from './civil-time.ts';
import { createZoneOffset, type Zone } from './daylight.ts';
import { below, deriveKey, draw, hashText } from './hash.ts';

/** When an incident happens. */
export interface IncidentTimes {
  /** Number of the period an instant falls in. */
  periodOf(ms: number): number;
  /** The start in ms of a period's occurrence. */
  startOf(period: number): number;
}

/** What decides when an incident happens. */
export interface IncidentTimesOptions {
  readonly key: number;
  readonly everyDays: number;
  /** Local time, `HH:MM`. */
  readonly at: string;
  readonly zone: Zone;
}

const DAY = hashText('day');
/** Day 4 of 1970 was a Monday: periods are counted from it. */
const FIRST_MONDAY = 4;

/** Makes the times of an incident: one drawn day in each period, always at the same local time. */
export function createIncidentTimes({ key, everyDays, at, zone }: IncidentTimesOptions): IncidentTimes {
  const offset = createZoneOffset(zone);
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  const timeOfDay = hours * HOUR_MS + minutes * MINUTE_MS;
  return {
    periodOf: (ms) => Math.floor((Math.floor((ms + offset(ms)) / DAY_MS) - FIRST_MONDAY) / everyDays),
    startOf: (period) => {
      const drawn = below(draw(deriveKey(key, period), DAY), everyDays);
      const local = (FIRST_MONDAY + period * everyDays + drawn) * DAY_MS + timeOfDay;
      return local - offset(local - zone.offsetMinutes * MINUTE_MS);
    },
  };
}
