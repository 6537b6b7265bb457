import { describe, expect, test } from 'vitest';
import { isTimeWithoutSeconds, parseInstant, parseRfc3339 } from './parse-instant.ts';
import { parseTime } from './parse-time.ts';
import { QueryError } from './query-error.ts';

const nine = Date.UTC(2024, 0, 15, 9);

test.for([
  ['2024-01-15T09:00:00Z', nine],
  ['2024-01-15t09:00:00z', nine],
  ['2024-01-15T09:00:00.5Z', nine + 500],
  ['2024-01-15T09:00:00.123456789Z', nine + 123.456],
  ['2024-01-15T10:30:00+01:30', nine],
  ['2024-01-14T23:00:00-10:00', nine],
  ['2024-01-15T09:00:00', nine],
  ['2024-01-15 09:00:00', nine],
  ['2024-01-15 09:00:00.250', nine + 250],
  ['2024-01-15', nine - 9 * 3_600_000],
  ['2024/01/15', nine - 9 * 3_600_000],
  ['Mon, 15 Jan 2024 09:00:00 +0000', nine],
  ['15 Jan 2024 10:00 +0100', nine],
  ['Mon, 15 Jan 2024 04:00:00 EST', nine],
  ['0001-01-01T00:00:00Z', -62_135_596_800_000],
  ['2024-02-29', Date.UTC(2024, 1, 29)],
] as const)('%s is an instant', ([text, ms]) => {
  expect(parseInstant(text)).toBe(ms);
});

test.for([
  ['72057595', 72_057_595_000],
  ['72057594', undefined],
  ['8589934591', 8_589_934_591_000],
  ['8589934592', undefined],
  ['1705309200.5', nine + 500],
  ['1705309200000', nine],
  ['1705309200000000', nine],
  ['1705309200000000000', nine],
  ['1705309200123456789', nine + 123.456],
  ['5', undefined],
  ['-1705309200', undefined],
  ['1705309200.', undefined],
  ['17053092000000000000000000', undefined],
] as const)('the Unix number %s has its unit from its size', ([text, ms]) => {
  expect(parseInstant(text)).toBe(ms);
});

test.for([
  '2024-02-30',
  '2023-02-29',
  '2024-13-01',
  '2024-01-15T24:00:00Z',
  '2024-01-15T09:00',
  '2024-1-5',
  'today',
  '',
  '15 Foo 2024 09:00 +0000',
  'Mon, 15 Jan 24 09:00 GMT',
])('%j is no instant', (text) => {
  expect(parseInstant(text)).toBeUndefined();
});

test('a time without seconds is taken only where minutes are allowed', () => {
  expect(parseInstant('2024-01-15T09:00', { allowMinutes: true })).toBe(nine);
  expect(parseInstant('2024-01-15T10:00+01:00', { allowMinutes: true })).toBe(nine);
  expect(isTimeWithoutSeconds('2024-01-15T09:00')).toBe(true);
  expect(isTimeWithoutSeconds('2024-01-15T09:00:00Z')).toBe(false);
});

describe('parseTime', () => {
  test('takes RFC 3339 with any offset and Unix numbers', () => {
    expect(parseTime('2024-01-15T10:00:00+01:00')).toBe(nine);
    expect(parseTime('1705309200')).toBe(nine);
    expect(parseTime('1705309200000')).toBe(nine);
  });

  test.for(['', 'yesterday', '2024-01-15', 'now-1h', '5'])('refuses %j and says what to write', (text) => {
    expect(() => parseTime(text)).toThrow(QueryError);
    expect(() => parseTime(text)).toThrow(
      /^bad_time: .*expected RFC 3339 or a Unix number; write it like 2024/,
    );
  });

  test('agrees with parseRfc3339', () => {
    expect(parseRfc3339('2024-01-15')).toBeUndefined();
  });
});
