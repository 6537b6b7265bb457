import { expect, test } from 'vitest';
import { parseRelativeDate } from './relative-date.ts';

// A Wednesday.
const now = Date.UTC(2024, 1, 14, 12, 34, 56, 789);

test.for([
  ['now', 'down', '2024-02-14T12:34:56.789Z'],
  ['now-24h', 'down', '2024-02-13T12:34:56.789Z'],
  ['now-h', 'down', '2024-02-14T11:34:56.789Z'],
  ['now+2H', 'down', '2024-02-14T14:34:56.789Z'],
  ['now-1M', 'down', '2024-01-14T12:34:56.789Z'],
  ['now+1y', 'down', '2025-02-14T12:34:56.789Z'],
  ['now/w', 'down', '2024-02-12T00:00:00.000Z'],
  ['now/w', 'up', '2024-02-18T23:59:59.999Z'],
  ['now/M', 'up', '2024-02-29T23:59:59.999Z'],
  ['now/y', 'up', '2024-12-31T23:59:59.999Z'],
  ['now/m', 'down', '2024-02-14T12:34:00.000Z'],
  ['now/s', 'up', '2024-02-14T12:34:56.999Z'],
  ['now-1d/d+22h', 'down', '2024-02-13T22:00:00.000Z'],
  ['now-1d/d+6h', 'up', '2024-02-14T05:59:59.999Z'],
  ['2024-01-31||+1M', 'down', '2024-02-29T00:00:00.000Z'],
  ['2024-02-29||+1y', 'down', '2025-02-28T00:00:00.000Z'],
  ['2024-01-31T23:30||-1M/d', 'up', '2023-12-31T23:59:59.999Z'],
] as const)('%s rounded %s is %s', ([text, rounding, expected]) => {
  expect(new Date(parseRelativeDate(text, { now, rounding }) ?? Number.NaN).toISOString()).toBe(expected);
});

test.for([
  'now-',
  'now-24x',
  'now/',
  'now/2d',
  'nowd',
  'now 1d',
  'now-1d/',
  'x||+1d',
  '||',
  'now+9999999999999d',
  'now-99999y',
])('%j is no date arithmetic', (text) => {
  expect(parseRelativeDate(text, { now, rounding: 'down' })).toBeUndefined();
});
