import { expect, test } from 'vitest';
import { ALL_CASES } from '../../src/contract/cases/all-cases.ts';
import type { ContractReport } from '../../src/contract/outcome.ts';
import { ALL_PROBES } from '../../src/contract/probes/all-probes.ts';
import { runContract } from '../../src/contract/run.ts';
import { API_KEY, honestSteps, PATH } from './servers/honest-server.ts';
import { startServer } from './servers/serving.ts';

function statuses({ outcomes }: ContractReport): Readonly<Record<string, string>> {
  return Object.fromEntries(outcomes.map(({ id, status }) => [id, status]));
}

/** Numbers that look shuffled, the same every time. */
function shuffled<T>(items: readonly T[]): T[] {
  let state = 7;
  return items
    .map((item) => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return { item, at: state };
    })
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

test('a run in another order and runs of single cases agree with the full run', async () => {
  const server = await startServer({ ...honestSteps(60), hasMore: () => true });
  const options = { url: server.url, apiKey: API_KEY, audience: 'mock' } as const;
  const full = statuses(await runContract(options));
  const other = await runContract(options, { cases: shuffled(ALL_CASES), probes: shuffled(ALL_PROBES) });
  expect(statuses(other)).toEqual(full);
  for (const { id, probes } of ALL_CASES.filter((subject) => subject.probes !== 'all')) {
    const alone = await runContract({ ...options, only: [id] });
    expect(statuses(alone), `${id} with ${String(probes)}`).toEqual({ [id]: full[id] });
  }
  await server.stop();
});

test('every request of a run was planned and stays within its bound', async () => {
  const server = await startServer(honestSteps(60));
  const report = await runContract({ url: server.url, apiKey: API_KEY, audience: 'mock' });
  expect(report.requests).toBe(server.requests.length);
  expect(report.requests).toBeLessThanOrEqual(ALL_PROBES.reduce((sum, { bound }) => sum + bound, 0));
  const paths = new Set(server.requests.map(({ path }) => path));
  expect(paths).toEqual(new Set([PATH, `${PATH}NoSuchThing`, '/core.v1.NoSuchService/ListSessionsV2']));
  await server.stop();
});

test('a live run keeps to small pages and sends no near-miss key', async () => {
  const server = await startServer(honestSteps(60));
  const report = await runContract({
    url: server.url,
    apiKey: API_KEY,
    audience: 'live',
    requestsPerSecond: 10_000,
  });
  expect(report.exitCode).toBe(0);
  expect(report.requests).toBeLessThanOrEqual(90);
  for (const { headers, body, query } of server.requests) {
    const key = headers['x-api-key'] ?? '';
    expect([API_KEY, '', 'formal-contract-wrong-key']).toContain(key);
    expect(query.toString()).not.toContain(API_KEY);
    const text = body.toString('utf8');
    const limit = Number(/"limit":(\d+)/.exec(text)?.[1] ?? 0);
    if (!text.includes('2001-01-01')) expect(limit <= 50 || limit === 100_001).toBe(true);
  }
  await server.stop();
});

test('a live report shows shapes of values, not values', async () => {
  const broken = {
    ...honestSteps(60),
    writeSession: (session: object) => ({ ...session, sessionStatus: 'Secret Name' }),
  };
  const server = await startServer(broken);
  const live = await runContract({
    url: server.url,
    apiKey: API_KEY,
    audience: 'live',
    requestsPerSecond: 10_000,
  });
  const shown = await runContract({
    url: server.url,
    apiKey: API_KEY,
    audience: 'live',
    requestsPerSecond: 10_000,
    showValues: true,
  });
  const textOf = ({ outcomes }: ContractReport): string =>
    JSON.stringify(outcomes.find(({ id }) => id === 'schema/status-enum')?.findings);
  expect(textOf(live)).toContain('string(11)');
  expect(textOf(live)).not.toContain('Secret Name');
  expect(textOf(shown)).toContain('Secret Name');
  await server.stop();
});
