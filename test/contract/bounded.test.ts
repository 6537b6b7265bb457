import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { ALL_CASES } from '../../src/contract/cases/all-cases.ts';
import { exchangesFromHar } from '../../src/contract/har.ts';
import { exitCodeOfTraffic, judgeTraffic } from '../../src/contract/judge-traffic.ts';
import type { ContractOptions } from '../../src/contract/options.ts';
import type { ContractReport } from '../../src/contract/outcome.ts';
import { ALL_PROBES } from '../../src/contract/probes/all-probes.ts';
import { readJson } from '../../src/contract/read-json.ts';
import { packagedDocument, runContract } from '../../src/contract/run.ts';
import { loadDocument } from '../../src/openapi/load-document.ts';
import { API_KEY, honestSteps, PATH } from './servers/honest-server.ts';
import { startServer } from './servers/serving.ts';

const document = await loadDocument(packagedDocument());
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A server that answers everything with the same text. */
async function listen(text: string): Promise<string> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.setHeader('content-type', 'application/json').end(text));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  // A server that listens on a port has an address with one.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function judge(url: string, options: Partial<ContractOptions> = {}): Promise<ContractReport> {
  return runContract({ url, apiKey: API_KEY, document, ...options });
}

function sessions(count: number, isDistinct = false): string {
  const list = Array.from({ length: count }, (_, at) => ({
    id: `s${at}`,
    startTime: new Date(1.7e12 + at * 10).toISOString(),
    sessionStatus: 'active',
    ...(isDistinct ? { [`field${at}`]: 1 } : {}),
  }));
  return JSON.stringify({ sessions: list });
}

test.each([
  ['five thousand sessions', sessions(5000)],
  ['twenty thousand sessions', sessions(20_000)],
  ['two thousand sessions with names of their own', sessions(2000, true)],
  ['one session of six megabytes', JSON.stringify({ sessions: [{ id: 'a'.repeat(6_000_000) }] })],
])(
  'a server that answers everything with %s ends the run after three of them, with exit code 1',
  async (_, text) => {
    const startedAt = performance.now();
    const report = await judge(await listen(text));
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(report).toMatchObject({
      exitCode: 1,
      stopped: expect.stringContaining('far larger than asked for'),
    });
    expect(report.requests).toBeLessThanOrEqual(20);
  },
);

test('of very long pages the beginning is looked into, and the report says how much', async () => {
  const { notes, outcomes } = await judge(await listen(sessions(5000)));
  expect(notes).toContain('the answers held 15000 sessions: looked into 3000 of them');
  expect(outcomes.find(({ id }) => id === 'invariants/page-within-limit')?.status).toBe('fail');
});

test('a server that gives some hundred sessions for any limit is judged to the end', async () => {
  const startedAt = performance.now();
  const report = await judge(await listen(sessions(500, true)));
  expect(performance.now() - startedAt).toBeLessThan(20_000);
  expect(report.exitCode).toBe(1);
  expect(report.stopped).toBeUndefined();
  expect(report.outcomes.flatMap(({ patch = [] }) => patch).length).toBeLessThanOrEqual(200);
});

const NESTED: readonly (readonly [string, string])[] = [
  ['objects', `{"sessions":[{"id":"a","user":${'{"a":'.repeat(5000)}1${'}'.repeat(5001)}]}`],
  ['lists', `{"sessions":${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
  ['brackets that are never closed', '['.repeat(200_000)],
];

test.each(NESTED)('answers of deeply nested %s are a finding and no bug of the suite', async (_, text) => {
  const report = await judge(await listen(text));
  expect(report.outcomes.filter(({ status }) => status === 'error')).toEqual([]);
  expect(report.exitCode).toBe(1);
});

test('JSON is read a hundred levels deep, brackets in texts aside', () => {
  const nested = (levels: number): Buffer => Buffer.from(`${'['.repeat(levels)}${']'.repeat(levels)}`);
  expect(readJson(nested(100))).toMatchObject({ ok: true });
  expect(readJson(nested(101))).toEqual({ ok: false, reason: 'the body is nested deeper than 100 levels' });
  expect(readJson(Buffer.from(JSON.stringify('\\"[{'.repeat(500))))).toMatchObject({ ok: true });
});

test('a recording with a compressed body that is cut off is judged', () => {
  const text = gzipSync('{"sessions":[]}').subarray(0, 15).toString('base64');
  const request = { method: 'POST', url: `https://api.test${PATH}`, headers: [], postData: { text: '{}' } };
  const response = {
    status: 200,
    headers: [{ name: 'content-type', value: 'application/json' }],
    content: { text, encoding: 'base64' },
  };
  const har = JSON.stringify({ log: { entries: [{ request, response }] } });
  const outcomes = judgeTraffic(exchangesFromHar(har, { path: PATH, keyHeader: 'X-API-KEY' }), { document });
  expect(exitCodeOfTraffic(outcomes)).toBe(1);
});

test('the longest time of a run covers judging', async () => {
  const server = await startServer(honestSteps(5));
  stops.push(() => void server.stop());
  const [first, ...others] = ALL_CASES.filter(({ id }) => id.startsWith('auth/'));
  if (first === undefined) throw new Error('there are no cases');
  const slow: typeof first = {
    ...first,
    judge: (view) => {
      const end = performance.now() + 1500;
      while (performance.now() < end) JSON.stringify(view.settings.pageLimit);
      return first.judge(view);
    },
  };
  const suite = { cases: [slow, ...others], probes: ALL_PROBES };
  const report = await runContract({ url: server.url, apiKey: API_KEY, document, maxRunMs: 1400 }, suite);
  expect(report).toMatchObject({ exitCode: 6, stopped: expect.stringContaining('took longer than') });
  expect(report.outcomes.slice(1).every(({ status }) => status === 'skip')).toBe(true);
});
