import { isDigit } from './characters.ts';
import { civilToMs } from './civil-time.ts';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAYS: ReadonlySet<string> = new Set(['mon,', 'tue,', 'wed,', 'thu,', 'fri,', 'sat,', 'sun,']);
const ZONE_HOURS: Readonly<Record<string, number>> = {
  ut: 0,
  gmt: 0,
  z: 0,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
};

/**
 * An RFC 2822 date, `[Mon, ]15 Jan 2024 09:00[:00] +0000`, in ms since 1970; undefined for anything else.
 * Source: documented (Quickwit date formats).
 */
export function parseMailDate(text: string): number | undefined {
  if (text.length > 64) return undefined;
  const words = text
    .toLowerCase()
    .split(' ')
    .filter((word) => word !== '');
  if (DAYS.has(words[0] ?? '')) words.shift();
  const [day, month, year, clock, zone, ...rest] = words;
  if (day === undefined || year === undefined || clock === undefined || rest.length > 0) return undefined;
  const [hour, minute, second = 0, ...more] = clock.split(':').map(toNumber);
  const numbers = [
    toNumber(year),
    MONTHS.indexOf(month ?? '') + 1,
    toNumber(day),
    hour,
    minute,
    second,
  ] as const;
  const offset = zoneOffsetMs(zone ?? '');
  if (offset === undefined || more.length > 0 || year.length !== 4) return undefined;
  const [y, mo, d, h = Number.NaN, mi = Number.NaN, s] = numbers;
  if (![y, mo, d, h, mi, s].every(Number.isFinite)) return undefined;
  const time = civilToMs([y, mo, d, h, mi, s]);
  return time === undefined ? undefined : time - offset;
}

function toNumber(digits: string): number {
  if (digits === '' || digits.length > 4) return Number.NaN;
  for (const char of digits) if (!isDigit(char)) return Number.NaN;
  return Number(digits);
}

function zoneOffsetMs(zone: string): number | undefined {
  const named = Object.hasOwn(ZONE_HOURS, zone) ? ZONE_HOURS[zone] : undefined;
  if (named !== undefined) return named * 3_600_000;
  const sign = zone.charAt(0);
  if ((sign !== '+' && sign !== '-') || zone.length !== 5) return undefined;
  const hours = toNumber(zone.slice(1, 3));
  const minutes = toNumber(zone.slice(3));
  if (!(hours < 24 && minutes < 60)) return undefined;
  const ms = (hours * 60 + minutes) * 60_000;
  return sign === '-' ? -ms : ms;
}
