import { describe, expect, test } from 'vitest';
import { runContract } from '../../src/contract/run.ts';
import { OTHER_KEY, startConnectEsServer } from './servers/connect-es-server.ts';
import { API_KEY } from './servers/honest-server.ts';
import { startPlainServer } from './servers/plain-server.ts';

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

const SIZES = [1, 2, 51, 300];

describe.each([404, 415, 501] as const)(
  'an honest server without gzip, GET and binary that answers %i',
  (status) => {
    test.each(
      SIZES.flatMap((count) => (['any', 'live'] as const).map((audience) => [audience, count] as const)),
    )('raises no alarm as %s with %i sessions', async (audience, count) => {
      const server = await startPlainServer(count, status);
      const report = await runContract({
        url: server.url,
        apiKey: API_KEY,
        audience,
        requestsPerSecond: 10_000,
      });
      await server.stop();
      const alarms = report.outcomes.filter((outcome) => !['pass', 'info', 'skip'].includes(outcome.status));
      expect(alarms.map(({ id, findings }) => [id, findings])).toEqual([]);
      expect(report).toMatchObject({
        exitCode: 0,
        facts: {
          connectGet: 'refused',
          binary: 'refused',
          gzipRequest: 'refused',
          gzipResponse: 'not applied',
        },
      });
    });

    test.each(SIZES)(
      'misses as mock with %i sessions what the document promises, and no more',
      async (count) => {
        const server = await startPlainServer(count, status);
        const report = await runContract({ url: server.url, apiKey: API_KEY, audience: 'mock' });
        await server.stop();
        const alarms = report.outcomes.filter(
          (outcome) => !['pass', 'info', 'skip'].includes(outcome.status),
        );
        const promised = ['protocol/get-equals-post', 'protocol/gzip-request', 'protocol/binary-equals-json'];
        const inItsOwnWay = ['protocol/accept-post', 'protocol/allow-header', 'protocol/unknown-encoding'];
        const ids = alarms.map(({ id }) => id);
        expect(ids).toEqual(expect.arrayContaining(promised));
        expect(ids.filter((id) => ![...promised, ...inItsOwnWay].includes(id))).toEqual([]);
      },
    );
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
