/** Names of the rhythms a week can have. */
export const WEEK_SHAPES = ['office', 'extended', 'night', 'flat'] as const;

/** One of {@link WEEK_SHAPES}. */
export type WeekShape = (typeof WEEK_SHAPES)[number];

const OFFICE_DAY: readonly number[] = [
  2, 1, 1, 1, 1, 3, 10, 35, 90, 150, 170, 150, 100, 120, 160, 160, 140, 100, 50, 25, 15, 10, 6, 4,
];
const EXTENDED_DAY: readonly number[] = [
  20, 14, 10, 10, 12, 18, 35, 60, 95, 120, 130, 125, 105, 115, 130, 130, 125, 110, 85, 70, 60, 50, 40, 28,
];
const NIGHT_DAY: readonly number[] = [
  160, 190, 210, 190, 160, 130, 90, 60, 45, 40, 40, 40, 40, 40, 40, 40, 40, 45, 55, 70, 85, 100, 120, 140,
];
const FLAT_DAY: readonly number[] = new Array<number>(24).fill(100);

/** Share of a weekday's traffic, Monday first. */
const OFFICE_DAYS: readonly number[] = [0.98, 1.05, 1.06, 1.03, 0.88, 0.07, 0.09];
const EXTENDED_DAYS: readonly number[] = [1, 1.03, 1.04, 1.02, 0.95, 0.4, 0.42];
const EVEN_DAYS: readonly number[] = [1, 1, 1, 1, 1, 1, 1];

/**
 * The rhythm of a week: 168 hourly factors from Monday 00:00 local time whose mean is 1.
 * Source: assumed (working hours per zone and quiet weekends are seen, their exact heights are not).
 */
export function createWeekShape(shape: WeekShape): Float64Array {
  const [day, days] = {
    office: [OFFICE_DAY, OFFICE_DAYS],
    extended: [EXTENDED_DAY, EXTENDED_DAYS],
    night: [NIGHT_DAY, EVEN_DAYS],
    flat: [FLAT_DAY, EVEN_DAYS],
  }[shape];
  const hours = (days ?? []).flatMap((height) => (day ?? []).map((hour) => hour * height));
  const mean = hours.reduce((sum, hour) => sum + hour, 0) / hours.length;
  return Float64Array.from(hours, (hour) => hour / mean);
}
