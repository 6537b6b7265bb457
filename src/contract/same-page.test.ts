import { expect, test } from 'vitest';
import { pageDifference } from './same-page.ts';

const completed = {
  id: 'a',
  sessionStatus: 'completed',
  endTime: '2026-01-15T09:00:01Z',
  resource: { id: 'r' },
};
const active = { id: 'b', sessionStatus: 'active', resource: { id: 'r' } };
const page = { sessions: [completed, active], listMetadata: { count: 2, nextCursor: 'x' } };

test('two looks at a page are equal whatever the order of keys and the text of the cursor', () => {
  const later = { listMetadata: { nextCursor: 'y', count: 2 }, sessions: [completed, active] };
  expect(pageDifference(page, later)).toBeUndefined();
});

test('a session that was not completed yet may have ended in between', () => {
  const ended = { ...active, sessionStatus: 'completed', endTime: '2026-01-15T10:00:00Z', duration: '3600s' };
  expect(pageDifference(page, { ...page, sessions: [completed, ended] })).toBeUndefined();
});

test.each([
  [
    'a completed session that changed',
    { ...page, sessions: [{ ...completed, endTime: 'x' }, active] },
    /endTime/,
  ],
  [
    'another value of an active session',
    { ...page, sessions: [completed, { ...active, resource: {} }] },
    /resource/,
  ],
  ['a session less', { ...page, sessions: [completed] }, /1 sessions/],
  ['another order', { ...page, sessions: [active, completed] }, /another order/],
  ['another session', { ...page, sessions: [completed, { ...active, id: 'c' }] }, /other sessions/],
  ['no cursor', { ...page, listMetadata: { count: 2 } }, /count/],
  ['no listMetadata', { sessions: page.sessions }, /none/],
  ['a member of its own', { ...page, extra: 1 }, /none/],
])('%s is a difference', (_, later, got) => {
  expect(pageDifference(page, later)?.got).toMatch(got);
});
