import { expect, test } from 'vitest';
import { runContract } from '../../src/contract/run.ts';
import { OTHER_KEY, startConnectEsServer } from './servers/connect-es-server.ts';

test.each([
  ['any', 60],
  ['live', 60],
  ['any', 1],
  ['any', 2],
  ['any', 51],
] as const)(
  'an honest server on connect-es raises no alarm as %s with %i sessions',
  async (audience, count) => {
    const server = await startConnectEsServer(count);
    const report = await runContract({
      url: server.url,
      apiKey: OTHER_KEY,
      audience,
      requestsPerSecond: 10_000,
    });
    await server.stop();
    const alarms = report.outcomes.filter(({ status }) => !['pass', 'info', 'skip'].includes(status));
    expect(alarms.map(({ id, findings }) => [id, findings])).toEqual([]);
    expect(report.exitCode).toBe(0);
  },
);

test('what it does in its own way is learnt, and asserted from then on', async () => {
  const server = await startConnectEsServer(60);
  const first = await runContract({ url: server.url, apiKey: OTHER_KEY, audience: 'any' });
  expect(first.facts).toMatchObject({
    limitAbsent: 25,
    sortAscending: 'start_time:asc',
    sortDescending: 'start_time desc',
    windowStart: 'exclusive',
    windowEnd: 'inclusive',
    windowInverted: 'refused',
    count: 'total',
    pageEdges: 'absent',
    idField: 'session_id',
    statusField: 'status',
    technologyField: 'technology',
    queryUnknownField: 'refused',
    cursorForeignQuery: 'accepted',
    connectGet: 'supported',
    binary: 'supported',
  });
  const second = await runContract({
    url: server.url,
    apiKey: OTHER_KEY,
    audience: 'any',
    profile: first.facts,
  });
  const asserted = [
    'sort/spelling',
    'time/start-inclusive',
    'time/end-exclusive',
    'pagination/count',
    'time/inverted-window-choice',
  ];
  expect(
    second.outcomes.filter(({ id }) => asserted.includes(id)).every(({ findingCount }) => findingCount === 0),
  ).toBe(true);
  await server.stop();
});
