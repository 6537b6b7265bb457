import { expect, test } from 'vitest';
import { durationError, millisecondsText } from './exact-time.ts';

const START = '2026-01-15T09:00:00.123456789Z';

test.each([
  ['an exact duration', { endTime: '2026-01-15T09:00:01.123456789Z', duration: '1s' }, 0n],
  ['a nanosecond off', { endTime: '2026-01-15T09:00:01.123456790Z', duration: '1s' }, 1n],
  ['rounded to milliseconds', { endTime: '2026-01-15T09:00:00.123956789Z', duration: '0.001s' }, 500_000n],
  ['a negative duration', { endTime: '2026-01-15T09:00:01.123456789Z', duration: '-1s' }, 2_000_000_000n],
  ['an end with an offset', { endTime: '2026-01-15T10:00:01.123456789+01:00', duration: '1s' }, 0n],
  ['no end', { duration: '1s' }, undefined],
  ['a duration in another form', { endTime: START, duration: 'PT0S' }, undefined],
  ['no duration while active', { endTime: START, sessionStatus: 'active' }, undefined],
  ['no duration when completed', { endTime: START, sessionStatus: 'completed' }, 1n],
])('%s', (_, members, off) => {
  expect(durationError({ startTime: START, ...members })).toBe(off);
});

test('milliseconds are written with as many digits as needed', () => {
  expect([1n, 1_000_000n, 1_500_000n].map(millisecondsText)).toEqual(['0.000001', '1', '1.5']);
});
