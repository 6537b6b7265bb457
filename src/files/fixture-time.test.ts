import { describe, expect, it } from 'vitest';
import { parseRelativeTime, wireDuration, wireInstant } from './fixture-time.ts';

const NOW = Date.parse('2026-01-15T12:34:56.789Z');

describe('a relative time', () => {
  it.each([
    ['now', '2026-01-15T12:34:56.789Z'],
    ['now-5m', '2026-01-15T12:29:56.789Z'],
    ['now+1h+30m', '2026-01-15T14:04:56.789Z'],
    ['now-789ms', '2026-01-15T12:34:56Z'],
    ['now/s', '2026-01-15T12:34:56Z'],
    ['now/h', '2026-01-15T12:00:00Z'],
    ['now/d', '2026-01-15T00:00:00Z'],
    ['now/d-1h', '2026-01-14T23:00:00Z'],
    ['now-1d/d', '2026-01-14T00:00:00Z'],
    ['now/w', '2026-01-12T00:00:00Z'],
    ['now-2w', '2026-01-01T12:34:56.789Z'],
  ])('%s is %s', (text, expected) => {
    expect(parseRelativeTime(text, NOW)).toBe(expected);
  });

  it.each(['now-99999999999999999999d', 'now+9000000d', 'now-1000000d'])(
    'is not %s, which no clock shows',
    (text) => {
      expect(parseRelativeTime(text, NOW)).toBeUndefined();
    },
  );

  it.each(['', 'now-', 'now-5', 'now-5y', 'now -5m', 'Now', 'now/M', '2026-01-15T12:00:00Z', 'yesterday'])(
    'is not %j',
    (text) => {
      expect(parseRelativeTime(text, NOW)).toBeUndefined();
    },
  );
});

describe('an instant of a fixture', () => {
  it.each([
    ['2026-01-15T12:00:00Z', '2026-01-15T12:00:00Z'],
    ['2026-01-15T12:00:00+02:00', '2026-01-15T10:00:00Z'],
    ['2026-01-15T22:00:00.5-03:30', '2026-01-16T01:30:00.500Z'],
    ['2026-01-15t12:00:00.120z', '2026-01-15T12:00:00.120Z'],
    ['2026-01-15T12:00:00.1230000Z', '2026-01-15T12:00:00.123Z'],
  ])('%s goes on the wire as %s', (text, expected) => {
    expect(wireInstant(text)).toBe(expected);
  });

  it.each([
    '2026-02-30T12:00:00Z',
    '2026-01-15T24:00:00Z',
    '2026-01-15T12:00:00.1234Z',
    '2026-01-15',
    'tomorrow',
  ])('that is not one in whole milliseconds is left to the checks: %s', (text) => {
    expect(wireInstant(text)).toBe(text);
  });
});

it.each([
  ['1.5s', '1.500s'],
  ['0.25s', '0.250s'],
  ['31.0s', '31s'],
  ['31s', '31s'],
  ['1.0001s', '1.0001s'],
  ['-1.5s', '-1.5s'],
  ['1.5', '1.5'],
])('a duration of %s goes on the wire as %s', (text, expected) => {
  expect(wireDuration(text)).toBe(expected);
});
