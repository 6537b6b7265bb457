import { describe, expect, it } from 'vitest';
import { idsOf, postList, startTestMock } from './start-test-mock.ts';

describe('limit', () => {
  it.each([{}, { limit: 0 }, { limit: null }, { example: 'value' }])(
    'absent, 0 or null gives 100 sessions: %j',
    async (message) => {
      const mock = await startTestMock();
      const { status, sessions, listMetadata } = await postList(mock, message);
      expect([status, sessions.length, listMetadata.count]).toEqual([200, 100, 100]);
    },
  );

  it.each([1, 2, 1024, 1025, '7', 3.0, '1e1'])('%j gives as many sessions', async (limit) => {
    const mock = await startTestMock();
    const { sessions, listMetadata } = await postList(mock, { limit });
    expect(sessions).toHaveLength(Number(limit));
    expect(listMetadata.count).toBe(Number(limit));
  });

  it('100000 gives the whole of a smaller world on one page', async () => {
    const mock = await startTestMock();
    const { sessions, listMetadata } = await postList(mock, { limit: 100_000 });
    expect(sessions).toHaveLength(mock.worldSize());
    expect(listMetadata).not.toHaveProperty('nextCursor');
  });

  it.each([-1, -2_147_483_648, 100_001, 2_147_483_647])('%d is a violation', async (limit) => {
    const mock = await startTestMock();
    const { status, code, message, text } = await postList(mock, { limit });
    expect([status, code]).toEqual([400, 'invalid_argument']);
    expect(message).toContain('limit: must be greater than 0 and less than or equal to 100000');
    expect(text).toContain('buf.validate.Violations');
  });

  it.each([1.5, 2_147_483_648, true, {}, [], ' 1', '', 'many'])('%j cannot be read', async (limit) => {
    const mock = await startTestMock();
    const { status, code } = await postList(mock, { limit });
    expect([status, code]).toEqual([400, 'invalid_argument']);
  });

  it('may change from page to page', async () => {
    const mock = await startTestMock({ count: 60 });
    const whole = await postList(mock, { limit: 60 });
    const first = await postList(mock, { limit: 7 });
    const second = await postList(mock, { limit: 30, cursor: first.listMetadata.nextCursor });
    const third = await postList(mock, { limit: 100, cursor: second.listMetadata.nextCursor });
    expect([first, second, third].flatMap(idsOf)).toEqual(idsOf(whole));
    expect(third.listMetadata).not.toHaveProperty('nextCursor');
  });
});
