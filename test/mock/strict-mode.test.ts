import { describe, expect, it } from 'vitest';
import { KEY, PATH, postList, startTestMock } from './start-test-mock.ts';

const SAMPLE = { example: 'value' };

describe('--strict', () => {
  it.each([{}, SAMPLE, { limit: 0 }, { limit: null }])('refuses %j for its limit', async (message) => {
    const mock = await startTestMock({ strict: true });
    const { status, code, text } = await postList(mock, message);
    expect([status, code]).toEqual([400, 'invalid_argument']);
    expect(text).toContain('buf.validate.Violations');
  });

  it('sends no header of its own', async () => {
    const mock = await startTestMock({ strict: true, notes: false });
    const { headers } = await postList(mock, { limit: 1 });
    const names = [...headers.keys()];
    expect(names.toSorted()).toEqual([
      'accept-encoding',
      'connection',
      'content-encoding',
      'content-length',
      'content-type',
      'date',
      'keep-alive',
    ]);
  });

  it('does not know /, and keeps the other control routes', async () => {
    const mock = await startTestMock({ strict: true });
    const statuses = await Promise.all(
      ['/', '/health', '/ready', '/openapi.yaml'].map(async (path) => (await fetch(mock.url + path)).status),
    );
    expect(statuses).toEqual([404, 200, 200, 200]);
  });

  it('speaks the dialect of the engine: no relative dates, no sorting by fields cut into words', async () => {
    const [strict, open] = [await startTestMock({ strict: true }), await startTestMock()];
    const relative = { limit: 1, query: 'start_time:>now-1d' };
    const worded = { limit: 1, sortBy: 'user.formal.user.name' };
    for (const message of [relative, worded]) {
      expect(await postList(open, message)).toMatchObject({ status: 200 });
      expect(await postList(strict, message)).toMatchObject({ status: 400, code: 'invalid_argument' });
    }
  });

  it('gives the same page as the default mode', async () => {
    const [strict, open] = [await startTestMock({ strict: true }), await startTestMock()];
    const message = { limit: 20, query: 'technology:postgres', sortBy: '-duration' };
    expect((await postList(strict, message)).text).toBe((await postList(open, message)).text);
  });
});

describe('the default mode', () => {
  it('answers the documented sample request with 100 sessions and a cursor', async () => {
    const mock = await startTestMock();
    const answer = await postList(mock, SAMPLE);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(answer.sessions).toHaveLength(100);
    expect(answer.listMetadata.nextCursor).toMatch(/./);
  });

  it('gives newest sessions first', async () => {
    const { sessions } = await postList(await startTestMock(), SAMPLE);
    const starts = sessions.map(({ startTime = '' }) => Date.parse(startTime));
    expect(starts).toEqual(starts.toSorted((a, b) => b - a));
  });

  it('answers an empty body as the recorded server: with an error', async () => {
    const mock = await startTestMock();
    const headers = { 'content-type': 'application/json', 'x-api-key': KEY };
    const answer = await fetch(mock.url + PATH, { method: 'POST', headers });
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'invalid_argument' }]);
  });
});
