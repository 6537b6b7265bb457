import { describe, expect, it } from 'vitest';
import { idsOf, NOW, postList, startTestMock } from './start-test-mock.ts';

describe('startTimestamp and endTimestamp', () => {
  it('include a session that starts exactly at the start and leave out one exactly at the end', async () => {
    const mock = await startTestMock({ count: 50 });
    const { sessions } = await postList(mock, { limit: 50 });
    const [newer, older] = [sessions[10], sessions[30]];
    const bounded = await postList(mock, {
      limit: 50,
      startTimestamp: older?.startTime,
      endTimestamp: newer?.startTime,
    });
    expect(bounded.sessions).toEqual(sessions.slice(11, 31));
  });

  it('bound to the millisecond', async () => {
    const mock = await startTestMock({ count: 50 });
    const { sessions } = await postList(mock, { limit: 50 });
    const at = Date.parse(sessions[20]?.startTime ?? '');
    const from = (ms: number) => postList(mock, { limit: 50, startTimestamp: new Date(ms).toISOString() });
    const until = (ms: number) => postList(mock, { limit: 50, endTimestamp: new Date(ms).toISOString() });
    expect((await from(at)).sessions).toEqual(sessions.slice(0, 21));
    expect((await from(at + 1)).sessions).toEqual(sessions.slice(0, 20));
    expect((await until(at)).sessions).toEqual(sessions.slice(21));
    expect((await until(at + 1)).sessions).toEqual(sessions.slice(20));
  });

  it('mean one instant in every spelling', async () => {
    const mock = await startTestMock({ count: 900 });
    const spellings = [
      '2026-01-14T12:00:00Z',
      '2026-01-14T12:00:00.000000Z',
      '2026-01-14T13:30:00+01:30',
      '2026-01-13T23:00:00-13:00',
      '2026-01-14t12:00:00z',
      '1768392000',
      '1768392000000',
      '1768392000000000',
      '1768392000000000000',
      '1768392000.0',
    ];
    const answers = await Promise.all(
      spellings.map((startTimestamp) => postList(mock, { limit: 10_000, startTimestamp })),
    );
    const sets = new Set(answers.map((answer) => idsOf(answer).join()));
    expect(sets.size).toBe(1);
    expect(answers[0]?.sessions.length).toBeGreaterThan(100);
  });

  it.each([
    'yesterday',
    '2026-01-14',
    '2026-01-14T12:00:00',
    '2026-02-30T12:00:00Z',
    '2026-01-14T24:00:00Z',
    '2026-01-14T12:00:00+25:00',
    ' 2026-01-14T12:00:00Z',
    '-1',
    '1e9',
    'now-1h',
    '٢٠٢٦-01-14T12:00:00Z',
    '1'.repeat(400),
  ])('refuse %j, naming the field', async (text) => {
    const mock = await startTestMock();
    for (const field of ['startTimestamp', 'endTimestamp']) {
      const { status, code, message } = await postList(mock, { limit: 1, [field]: text });
      expect([status, code]).toEqual([400, 'invalid_argument']);
      expect(message).toMatch(new RegExp(`^${field}: `));
      expect(message?.length).toBeLessThan(300);
    }
  });

  it('give an empty page when they are inverted, or equal', async () => {
    const mock = await startTestMock();
    const [early, late] = ['2026-01-10T00:00:00Z', '2026-01-11T00:00:00Z'];
    const inverted = await postList(mock, { limit: 5, startTimestamp: late, endTimestamp: early });
    const equal = await postList(mock, { limit: 5, startTimestamp: late, endTimestamp: late });
    expect([inverted.status, inverted.text]).toEqual([200, '{"listMetadata":{}}']);
    expect([equal.status, equal.text]).toEqual([200, '{"listMetadata":{}}']);
  });

  it('reach as far as the world and not beyond now', async () => {
    const mock = await startTestMock({ count: 300 });
    const whole = await postList(mock, { limit: 100_000 });
    const wide = await postList(mock, {
      limit: 100_000,
      startTimestamp: '0001-01-01T00:00:00Z',
      endTimestamp: '9999-12-31T23:59:59Z',
    });
    const future = await postList(mock, { limit: 10, startTimestamp: NOW.replace('12:00:00', '12:00:01') });
    expect(wide.sessions).toEqual(whole.sessions);
    expect(future.text).toBe('{"listMetadata":{}}');
  });

  it('are unset when empty', async () => {
    const mock = await startTestMock();
    const plain = await postList(mock, { limit: 5 });
    const empty = await postList(mock, { limit: 5, startTimestamp: '', endTimestamp: '' });
    expect(empty.text).toBe(plain.text);
  });
});
