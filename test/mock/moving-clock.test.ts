import { expect, it, onTestFinished, vi } from 'vitest';
import { idsOf, postList, startTestMock, walkPages } from './start-test-mock.ts';

const START = Date.parse('2026-01-15T14:00:00Z');

/** The machine's clock under the test's hand; timers run on. */
function setClock(): void {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  onTestFinished(() => {
    vi.useRealTimers();
  });
}

const LIVE = { now: 'live', scenario: 'scaleup', count: 400 } as const;

it('a walk sees the instant of its first page while sessions arrive, end and age behind it', async () => {
  setClock();
  const mock = await startTestMock(LIVE);
  const listing = { sortBy: '-end_time', query: 'start_time:>now-2h NOT technology:redis' };
  const whole = await postList(mock, { ...listing, limit: 10_000 });
  let cursor: string | undefined = '';
  const seen = [];
  while (cursor !== undefined) {
    const page: Awaited<ReturnType<typeof postList>> = await postList(mock, {
      ...listing,
      limit: 23,
      cursor,
    });
    seen.push(...page.sessions);
    cursor = page.listMetadata.nextCursor;
    vi.setSystemTime(Date.now() + 17 * 60_000);
  }
  expect(seen.length).toBeGreaterThan(60);
  expect(seen).toEqual(whole.sessions);
  const later = await postList(mock, { ...listing, limit: 10_000 });
  expect(idsOf(later)).not.toEqual(idsOf(whole));
});

it('a new walk shows what has arrived, before what was there', async () => {
  setClock();
  const mock = await startTestMock(LIVE);
  const before = await postList(mock, { limit: 10_000 });
  vi.setSystemTime(START + 3_600_000);
  const after = await postList(mock, { limit: 10_000 });
  const arrived = after.sessions.length - before.sessions.length;
  expect(arrived).toBeGreaterThan(50);
  expect(idsOf(after).slice(arrived)).toEqual(idsOf(before));
});

it('a session that was open ends when its time has come, and keeps everything else', async () => {
  setClock();
  const mock = await startTestMock(LIVE);
  const open = await postList(mock, { limit: 1, query: 'status:active', sortBy: '-start_time' });
  const [{ id = '', sessionStatus, ...rest } = {}] = open.sessions;
  vi.setSystemTime(START + 30 * 86_400_000);
  const [closed] = (await postList(mock, { limit: 1, query: `id:${id}` })).sessions;
  expect(sessionStatus).toBe('active');
  expect(closed).toMatchObject({ id, ...rest, sessionStatus: 'completed', duration: expect.any(String) });
});

it('a clock that stands still gives the same bytes for ever', async () => {
  setClock();
  const mock = await startTestMock();
  const before = await postList(mock, { limit: 50 });
  vi.setSystemTime(START + 86_400_000);
  expect((await postList(mock, { limit: 50 })).text).toBe(before.text);
  expect((await walkPages(mock, { limit: 5000 })).length).toBeGreaterThan(1);
});
