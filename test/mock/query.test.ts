import { describe, expect, it } from 'vitest';
import { postList, startTestMock } from './start-test-mock.ts';

describe('query', () => {
  it('selects by the examples of the README', async () => {
    const mock = await startTestMock();
    const query = 'technology:postgres AND status:active';
    const { sessions } = await postList(mock, { limit: 10, query });
    expect(sessions.length).toBeGreaterThan(0);
    for (const { resource, sessionStatus } of sessions) {
      expect([resource?.technology, sessionStatus]).toEqual(['postgres', 'active']);
    }
  });

  it('finds every session of the newest hundred by its id', async () => {
    const mock = await startTestMock();
    const { sessions } = await postList(mock, {});
    for (const session of sessions) {
      const found = await postList(mock, { query: `id:${session.id}` });
      expect(found.sessions).toEqual([session]);
    }
  });

  it('of blanks or a star selects everything', async () => {
    const mock = await startTestMock({ count: 20 });
    for (const query of ['', ' ', '\n', '*', '(*)']) {
      expect((await postList(mock, { query })).sessions).toHaveLength(20);
    }
  });

  it('with a name nobody knows matches nothing, and NOT of it everything', async () => {
    const mock = await startTestMock({ count: 20 });
    expect((await postList(mock, { query: 'nosuch:thing' })).text).toBe('{"listMetadata":{}}');
    expect((await postList(mock, { query: 'NOT nosuch:thing' })).sessions).toHaveLength(20);
  });

  it.each([
    ['(status:active', /character \d+/],
    ['status:active)', /character 1[34]/],
    ['user:idp:formal:human:x', /character \d+/],
    ['start_time:yesterday', /start_time/],
    ['start_time:[a TO b]', /start_time/],
    ['duration:long', /duration/],
    ['client_ip:10.0.0', /ip/],
    ['duration:5*', /duration|number/],
    ['a b\u00a0c', /no-break space/],
    ['*\u00a0', /character \d+/],
    ['duration_ms:[5000 TO *] ORDER BY duration_ms DESC', /sortBy/],
    ['user:/(a/', /character|pattern/],
    ['"\ud83d', undefined],
    ['a\u0000:', undefined],
  ])('%j is refused with the place and the reason', async (query, reason) => {
    const mock = await startTestMock({ count: 20 });
    const { status, code, message = '' } = await postList(mock, { query });
    expect([status, code]).toEqual([400, 'invalid_argument']);
    if (reason === undefined) return;
    expect(message).toMatch(/^query: /);
    expect(message).toMatch(reason);
    expect(message).not.toMatch(/\n/);
    expect(message.length).toBeLessThan(500);
  });

  it.each([
    ['201 brackets deep', `${'('.repeat(201)}a${')'.repeat(201)}`, /200/],
    ['of more than 64 KiB', 'x'.repeat(65_537), /64 KiB|65536|65 536/],
  ])('%s is refused', async (_, query, reason) => {
    const mock = await startTestMock({ count: 20 });
    const { status, message = '' } = await postList(mock, { query });
    expect(status).toBe(400);
    expect(message).toMatch(reason);
    expect(message.length).toBeLessThan(500);
  });

  it.each([
    ['twenty stars', `user:${'*a'.repeat(20)}`],
    ['a pattern that explodes elsewhere', 'user:/(a+)+b/'],
    ['right-to-left text', 'שלום OR user:"\u202eabc"'],
    ['a NUL in quotes', 'user:"a\u0000b"'],
    ['10 000 words', Array.from({ length: 10_000 }, (_, at) => `w${at}`).join(' OR ')],
    ['10 000 lines', 'word \n'.repeat(10_000)],
    ['200 brackets', `${'('.repeat(190)}ssh${')'.repeat(190)}`],
    ['astral text', 'user:"😀"'],
  ])('of %s is answered, over a hundred thousand sessions', async (_, query) => {
    const mock = await startTestMock({ scenario: 'scaleup', days: 9 });
    const { status } = await postList(mock, { limit: 5, query });
    expect([200, 400]).toContain(status);
  });
});
