const DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const TIME = /^([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?(?:[zZ]|([-+])([0-9]{2}):([0-9]{2}))$/;
const TIMESTAMP =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.(?:[0-9]{3}|[0-9]{6}|[0-9]{9}))?Z$/;
const DURATION =
  /^P(?!$)(?:[0-9]+W|(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?)?)$/;

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** RFC 3339 full-date: a day of the calendar. */
export function isDate(value: string): boolean {
  const [, year, month, day] = (DATE.exec(value) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && isLeap ? 29 : (DAYS[month - 1] ?? 0);
  return day >= 1 && day <= days;
}

/** RFC 3339 full-time; second 60 only where it is 23:59 in UTC. */
export function isTime(value: string): boolean {
  const match = TIME.exec(value);
  if (match === null) return false;
  const [hour = 0, minute = 0, second = 0] = match.slice(1, 4).map(Number);
  const [offsetHour = 0, offsetMinute = 0] = match.slice(5, 7).map((part) => Number(part ?? 0));
  if (hour > 23 || minute > 59 || second > 60 || offsetHour > 23 || offsetMinute > 59) return false;
  const offset = (match[4] === '-' ? -1 : 1) * (offsetHour * 60 + offsetMinute);
  const utcMinute = (((hour * 60 + minute - offset) % 1440) + 1440) % 1440;
  return second < 60 || utcMinute === 1439;
}

/** RFC 3339 date-time. */
export function isDateTime(value: string): boolean {
  return /^[tT]$/.test(value[10] ?? '') && isDate(value.slice(0, 10)) && isTime(value.slice(11));
}

/** ISO 8601 duration as RFC 3339 appendix A has it, e.g. `P1DT2H`. */
export function isDuration(value: string): boolean {
  return DURATION.test(value);
}

/**
 * A protobuf Timestamp as proto3 JSON writes it: UTC with capital `T` and `Z`, years 0001 to 9999, no leap
 * second, and 0, 3, 6 or 9 fraction digits. Source: measured.
 */
export function isTimestamp(value: string): boolean {
  const [, date = '', hour, minute, second] = TIMESTAMP.exec(value) ?? [];
  return (
    isDate(date) &&
    !date.startsWith('0000') &&
    Number(hour) <= 23 &&
    Number(minute) <= 59 &&
    Number(second) <= 59
  );
}
