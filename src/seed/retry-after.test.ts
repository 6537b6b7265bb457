import { expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

const DATE = 'Thu, 15 Jan 2026 12:00:00 GMT';

it.each([
  ['seconds', { 'retry-after': '3' }, 3000],
  ['nothing to wait for', { 'retry-after': '0' }, 0],
  ['a date, counted from the answer', { 'retry-after': 'Thu, 15 Jan 2026 12:00:07 GMT', date: DATE }, 7000],
  ['a date that is past', { 'retry-after': 'Thu, 15 Jan 2026 11:00:00 GMT', date: DATE }, 0],
  ['a date without one to count from', { 'retry-after': DATE }, undefined],
  ['nonsense', { 'retry-after': 'soon', date: DATE }, undefined],
  ['a negative number', { 'retry-after': '-5', date: DATE }, undefined],
  ['no header', {}, undefined],
])('reads %s', (_, headers, expected) => {
  expect(retryAfterMs(new Headers(headers as Record<string, string>))).toBe(expected);
});
