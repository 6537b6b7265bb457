import { describe, expect, it } from 'vitest';
import { idsOf, postList, startTestMock } from './start-test-mock.ts';

describe('listMetadata', () => {
  it('names the first session as before, the last as after, and counts the sessions on the page', async () => {
    const mock = await startTestMock();
    for (const sortBy of ['', '-start_time', 'duration']) {
      const answer = await postList(mock, { limit: 13, sortBy });
      const ids = idsOf(answer);
      expect(answer.listMetadata).toMatchObject({ before: ids[0], after: ids[12], count: 13 });
    }
  });

  it('has a nextCursor only when another session exists', async () => {
    const mock = await startTestMock({ count: 10 });
    const cursorsFor = async (query: string, limit: number) =>
      (await postList(mock, { limit, query })).listMetadata.nextCursor;
    const { sessions } = await postList(mock, { limit: 10 });
    const technology = sessions[0]?.resource?.technology ?? '';
    const query = `technology:${technology}`;
    const matching = (await postList(mock, { limit: 10, query })).sessions.length;
    expect(await cursorsFor('', 9)).toBeDefined();
    expect(await cursorsFor('', 10)).toBeUndefined();
    expect(await cursorsFor('', 11)).toBeUndefined();
    expect(await cursorsFor(query, matching)).toBeUndefined();
    expect(matching).toBeGreaterThan(0);
  });

  it('has the fields of the message in their order', async () => {
    const mock = await startTestMock();
    const { listMetadata, text } = await postList(mock, { limit: 1 });
    expect(Object.keys(listMetadata)).toEqual(['after', 'before', 'count', 'nextCursor']);
    expect(text).toMatch(/^\{"sessions":\[\{"id":/);
    expect(text).toMatch(/\],"listMetadata":\{"after":/);
  });

  it('is all there is on an empty page', async () => {
    const mock = await startTestMock({ scenario: 'empty' });
    const byQuery = await postList(await startTestMock(), { query: 'technology:nosuch' });
    expect((await postList(mock, {})).text).toBe('{"listMetadata":{}}');
    expect(byQuery.text).toBe('{"listMetadata":{}}');
  });
});
