import { describe, expect, it } from 'vitest';
import { createZoneOffset, hourOfWeek, type Zone } from './daylight.ts';

const HOUR = 3_600_000;
const zones: readonly Zone[] = [
  { name: 'America/New_York', offsetMinutes: -300, daylight: 'us' },
  { name: 'America/Los_Angeles', offsetMinutes: -480, daylight: 'us' },
  { name: 'Europe/Berlin', offsetMinutes: 60, daylight: 'eu' },
  { name: 'Asia/Kolkata', offsetMinutes: 330, daylight: 'none' },
];

describe('daylight saving', () => {
  it.each([
    ['America/New_York', '2026-03-08T06:59:59.999Z', -5],
    ['America/New_York', '2026-03-08T07:00:00.000Z', -4],
    ['America/New_York', '2026-11-01T05:59:59.999Z', -4],
    ['America/New_York', '2026-11-01T06:00:00.000Z', -5],
    ['Europe/Berlin', '2026-03-29T00:59:59.999Z', 1],
    ['Europe/Berlin', '2026-03-29T01:00:00.000Z', 2],
    ['Europe/Berlin', '2026-10-25T00:59:59.999Z', 2],
    ['Europe/Berlin', '2026-10-25T01:00:00.000Z', 1],
    ['Asia/Kolkata', '2026-07-01T00:00:00.000Z', 5.5],
  ])('%s at %s is %d hours from UTC', (name, instant, hours) => {
    const zone = zones.find((candidate) => candidate.name === name);
    expect(zone && createZoneOffset(zone)(Date.parse(instant))).toBe(hours * HOUR);
  });

  it('agrees with the platform at every hour of 2007 to 2030', () => {
    for (const zone of zones) {
      const offset = createZoneOffset(zone);
      const format = new Intl.DateTimeFormat('en-GB', {
        timeZone: zone.name,
        hour: 'numeric',
        hourCycle: 'h23',
      });
      for (let ms = Date.UTC(2007, 0); ms < Date.UTC(2030, 0); ms += 37 * HOUR) {
        const localHour = new Date(ms + offset(ms)).getUTCHours();
        expect(Number(format.format(ms)), `${zone.name} ${new Date(ms).toISOString()}`).toBe(localHour);
      }
    }
  });

  it('counts the hours of a week from Monday midnight', () => {
    expect(hourOfWeek(Date.parse('2026-01-12T00:00:00Z'))).toBe(0);
    expect(hourOfWeek(Date.parse('2026-01-18T23:59:00Z'))).toBe(167);
    expect(hourOfWeek(Date.parse('1969-12-31T23:00:00Z'))).toBe(71);
  });
});
