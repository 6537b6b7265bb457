import { isDigit } from './characters.ts';
import { civilToMs } from './civil-time.ts';
import { parseMailDate } from './parse-mail-date.ts';

/** Options of {@link parseInstant}. */
export interface InstantOptions {
  /** Also take times without seconds, as Formal's pages print them. Default false. */
  readonly allowMinutes?: boolean;
}

/**
 * A point in time in ms since 1970 with at most microseconds, or undefined when the text is none. Takes RFC 3339,
 * RFC 2822, a Unix number whose unit shows in its size, `YYYY-MM-DDTHH:MM:SS`, `YYYY-MM-DD HH:MM:SS[.f]`,
 * `YYYY-MM-DD` and `YYYY/MM/DD`; without a zone it is UTC. Source: documented (Quickwit date formats).
 */
export function parseInstant(text: string, options: InstantOptions = {}): number | undefined {
  return (
    parseCalendarTime(text, options.allowMinutes ?? false) ?? parseUnixNumber(text) ?? parseMailDate(text)
  );
}

/** RFC 3339 with any offset, in ms since 1970; undefined for anything else. */
export function parseRfc3339(text: string): number | undefined {
  const parts = RFC_3339.exec(text);
  return parts === null ? undefined : instantOf(parts);
}

const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;
const WITHOUT_ZONE = /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?)?$/;
const WITHOUT_SECONDS = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?:[Zz]|([+-])(\d{2}):(\d{2}))?$/;
const SLASHED = /^(\d{4})\/(\d{2})\/(\d{2})$/;

function parseCalendarTime(text: string, allowMinutes: boolean): number | undefined {
  const parts = RFC_3339.exec(text) ?? WITHOUT_ZONE.exec(text) ?? SLASHED.exec(text);
  if (parts !== null) return instantOf(parts);
  const short = allowMinutes ? WITHOUT_SECONDS.exec(text) : null;
  if (short === null) return undefined;
  const [, year, month, day, hour, minute, ...zone] = short;
  return instantOf(['', year, month, day, hour, minute, '0', undefined, ...zone]);
}

/** Tells whether the text is a time of Formal's pages that the engine refuses for its missing seconds. */
export function isTimeWithoutSeconds(text: string): boolean {
  return WITHOUT_SECONDS.test(text);
}

type Parts = readonly (string | undefined)[];

function instantOf(parts: Parts): number | undefined {
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', sign] = parts;
  const time = civilToMs([
    Number(year),
    Number(month),
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  ]);
  const offset = offsetMs(sign, Number(parts[9] ?? 0), Number(parts[10] ?? 0));
  if (time === undefined || offset === undefined) return undefined;
  return addFraction(time - offset, fraction);
}

/** Adds the digits behind a decimal point of seconds, cut to microseconds. */
function addFraction(ms: number, digits: string): number {
  if (digits === '') return ms;
  return ms + Number(digits.slice(0, 6).padEnd(6, '0')) / 1000;
}

function offsetMs(sign: string | undefined, hours: number, minutes: number): number | undefined {
  if (hours > 23 || minutes > 59) return undefined;
  const ms = (hours * 60 + minutes) * 60_000;
  return sign === '-' ? -ms : ms;
}

const MIN_UNIX_SECONDS = 72_057_595;
const MAX_UNIX_SECONDS = 8_589_934_591;
const UNIX_UNITS = [
  [1, 0],
  [1e3, 3],
  [1e6, 6],
  [1e9, 9],
] as const;

/** A Unix number; its unit (s, ms, us, ns) is read from its size. Source: documented (Quickwit). */
export function parseUnixNumber(text: string): number | undefined {
  const point = text.indexOf('.');
  const whole = point === -1 ? text : text.slice(0, point);
  const fraction = point === -1 ? '' : text.slice(point + 1);
  if (whole === '' || whole.length > 20 || (point !== -1 && fraction === '')) return undefined;
  if (!isDigits(whole) || !isDigits(fraction)) return undefined;
  const digits = whole.replace(/^0+(?=\d)/, '');
  const size = Number(digits);
  const unit = UNIX_UNITS.find(
    ([factor]) => size >= MIN_UNIX_SECONDS * factor && size <= MAX_UNIX_SECONDS * factor,
  );
  if (unit === undefined) return undefined;
  const split = digits.length - unit[1];
  return addFraction(Number(digits.slice(0, split)) * 1000, digits.slice(split) + fraction);
}

function isDigits(text: string): boolean {
  for (const char of text) if (!isDigit(char)) return false;
  return true;
}
