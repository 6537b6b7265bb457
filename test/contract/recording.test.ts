import { expect, test } from 'vitest';
import { diffReports, formatDiff } from '../../src/contract/diff.ts';
import { exchangesFromHar } from '../../src/contract/har.ts';
import { exitCodeOfTraffic, judgeTraffic } from '../../src/contract/judge-traffic.ts';
import { profileFromReport } from '../../src/contract/profile.ts';
import { packagedDocument, runContract } from '../../src/contract/run.ts';
import { loadDocument } from '../../src/openapi/load-document.ts';
import { API_KEY, honestSteps, PATH } from './servers/honest-server.ts';
import { startServer } from './servers/serving.ts';

const document = await loadDocument(packagedDocument());

function har(status: number, text: string, url = `https://api.test${PATH}`): string {
  const request = {
    method: 'POST',
    url,
    headers: [{ name: 'x-api-key', value: 'secret-key-1' }],
    postData: { text: '{"limit":1}' },
  };
  const response = {
    status,
    headers: [
      { name: 'Content-Type', value: 'application/json' },
      { name: 'Content-Encoding', value: 'gzip' },
    ],
    content: { text },
  };
  return JSON.stringify({ log: { entries: [{ request, response, time: 12 }] } });
}

function judge(text: string): { readonly failing: readonly string[]; readonly exitCode: number } {
  const outcomes = judgeTraffic(exchangesFromHar(text, { path: PATH, keyHeader: 'X-API-KEY' }), { document });
  return {
    failing: outcomes.filter(({ status }) => status === 'fail' || status === 'warn').map(({ id }) => id),
    exitCode: exitCodeOfTraffic(outcomes),
  };
}

test('a right page in a recording passes', () => {
  const page = {
    sessions: [{ id: 'session_x', startTime: '2026-01-15T09:12:03.481Z', sessionStatus: 'active' }],
    listMetadata: { count: 1 },
  };
  expect(judge(har(200, JSON.stringify(page)))).toEqual({ failing: [], exitCode: 0 });
});

test('a wrong page and a wrong error in a recording fail', () => {
  expect(judge(har(200, '{"sessions":[{"id":"a","duration":"PT3S"}]}'))).toMatchObject({
    exitCode: 1,
    failing: expect.arrayContaining(['schema/duration-form']),
  });
  expect(judge(har(401, '{"code":"unauthorized"}'))).toMatchObject({
    exitCode: 1,
    failing: expect.arrayContaining(['errors/code']),
  });
});

test.each(['[]', '"x"', 'null', '7', 'true'])('a 200 in a recording whose body is %s fails', (text) => {
  expect(judge(har(200, text))).toMatchObject({ exitCode: 1, failing: ['schema/page-is-object'] });
});

test('requests elsewhere are left out, and the key does not come along', () => {
  expect(
    exchangesFromHar(har(200, '{}', 'https://api.test/other'), { path: PATH, keyHeader: 'X-API-KEY' }),
  ).toEqual([]);
  expect(
    JSON.stringify(exchangesFromHar(har(200, '{}'), { path: PATH, keyHeader: 'X-API-KEY' })),
  ).not.toContain('secret-key-1');
});

test.each(['', '[]', '{"log":{}}', 'text'])('what is no HAR is refused: %j', (text) => {
  expect(() => exchangesFromHar(text, { path: PATH, keyHeader: 'X-API-KEY' })).toThrow(/HAR/);
});

test('two equal servers do not differ, and two others differ where they do', async () => {
  const one = await startServer(honestSteps(30));
  const two = await startServer({ ...honestSteps(30), limitOf: (message) => Number(message['limit'] ?? 0) });
  const options = { apiKey: API_KEY, audience: 'mock', document } as const;
  const left = await runContract({ ...options, url: one.url });
  const again = await runContract({ ...options, url: one.url });
  const right = await runContract({ ...options, url: two.url });
  await Promise.all([one.stop(), two.stop()]);
  expect(formatDiff(diffReports(left, again))).toBe('no difference\n');
  expect(diffReports(left, right).map(({ what }) => what)).toEqual(['fact limitAbsent', 'fact limitZero']);
});

test('the profile of a server names it and holds its facts', async () => {
  const server = await startServer(honestSteps(30));
  const report = await runContract({ url: server.url, apiKey: API_KEY, document });
  await server.stop();
  const profile = profileFromReport(report);
  expect(profile).toMatchObject({ profileVersion: 1, target: server.url });
});
