import { afterEach, expect, test } from 'vitest';
import { type ContractOptions, resolveContractOptions } from '../../src/contract/options.ts';
import type { ContractReport } from '../../src/contract/outcome.ts';
import { planRun, runContract } from '../../src/contract/run.ts';
import { API_KEY, honestSteps, type Steps, type WireRequest } from './servers/honest-server.ts';
import { memberIn, sentText } from './servers/sent-message.ts';
import { type RunningServer, startServer } from './servers/serving.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function start(steps: Steps = honestSteps(60)): Promise<RunningServer> {
  const server = await startServer(steps);
  stops.push(server.stop);
  return server;
}

/** A server of one's own that is judged as the live service may be asked fast; what is asked is the same. */
function judgeFast(url: string, options: Partial<ContractOptions> = {}): Promise<ContractReport> {
  return runContract({ url, apiKey: API_KEY, audience: 'live', requestsPerSecond: 10_000, ...options });
}

/** What is wrong with a request to the live service; undefined where nothing is. */
function rudeness(request: WireRequest): string | undefined {
  const text = sentText(request);
  const from = memberIn(text, /start_?timestamp/i);
  const to = memberIn(text, /end_?timestamp/i);
  if (from === undefined || to === undefined) return `no closed window: ${text}`;
  if (!(Date.parse(to) < Date.now())) return `a window that is not past: ${text}`;
  const limit = memberIn(text, /limit/);
  const isOrdinary = limit !== undefined && Number(limit) > 0 && Number(limit) <= 50;
  if (!isOrdinary && !from.startsWith('2001-01-01') && limit !== undefined) return `a large page: ${text}`;
  if (text.length > 1000) return `${text.length} characters`;
  const key = request.headers['x-api-key'] ?? '';
  const isKnownKey = [API_KEY, '', 'formal-contract-wrong-key'].includes(key);
  return isKnownKey && !request.query.toString().includes(API_KEY) ? undefined : `a key: ${key}`;
}

const SERVERS: readonly (readonly [string, (honest: Steps) => Partial<Steps>])[] = [
  ['an honest server', () => ({})],
  [
    'a server without any validation',
    () => ({ checkLimit: () => true, limitOf: () => 25, acceptsKey: () => true }),
  ],
  ['a server without sessions', () => ({ sessions: [] })],
];

test.each(SERVERS)(
  '%s that is asked as the live service gets closed windows in the past only',
  async (_, change) => {
    const honest = honestSteps(60);
    const server = await start({ ...honest, ...change(honest) });
    for (const options of [{}, { deep: true }, { smoke: true }]) {
      const before = server.requests.length;
      const report = await judgeFast(server.url, options);
      const sent = server.requests.slice(before);
      expect(sent.map(rudeness).filter((problem) => problem !== undefined)).toEqual([]);
      expect(
        sent.filter((request) => memberIn(sentText(request), /limit/) === undefined).length,
      ).toBeLessThan(2);
      expect(report.requests).toBe(sent.length);
      expect(report.requests).toBeLessThanOrEqual('smoke' in options ? 15 : 90);
    }
  },
);

test('sessions of the last week are looked at without looking further back, others are found further back', async () => {
  const starts = async (nowMs?: number): Promise<readonly string[]> => {
    const server = await start();
    const report = await judgeFast(server.url, nowMs === undefined ? {} : { nowMs });
    expect(report.exitCode).toBe(0);
    return server.requests.slice(0, 3).map((request) => memberIn(sentText(request), /startTimestamp/) ?? '');
  };
  const [first, second] = await starts(Date.UTC(2025, 2, 5));
  expect([first, second]).toEqual(['2025-02-25T23:00:00.000Z', '2025-02-25T23:00:00.000Z']);
  const older = await starts();
  expect(Date.parse(older[0] ?? '')).toBeGreaterThan(Date.now() - 8 * 86_400_000);
  expect(Date.parse(older[1] ?? '')).toBeLessThan(Date.now() - 3000 * 86_400_000);
  expect(older[2]).toBe(older[1]);
});

test('a given window is the only one, and one with more than a page is narrowed and said so', async () => {
  const { sessions } = honestSteps(300);
  const startMs = Date.parse(sessions.at(-1)?.startTime ?? '');
  const endMs = Date.parse(sessions[0]?.startTime ?? '');
  for (const audience of ['live', 'any'] as const) {
    const server = await start(honestSteps(300));
    const report = await judgeFast(server.url, { audience, window: { startMs, endMs } });
    expect(report.exitCode).toBe(0);
    expect(report.notes).toEqual([
      expect.stringMatching(/^the given window holds more than 50 sessions: looked into /),
    ]);
    const skipped = report.outcomes.filter(
      ({ status, reason }) => status === 'skip' && /whole|one page/.test(reason ?? ''),
    );
    expect(skipped).toEqual([]);
    if (audience === 'live')
      expect(server.requests.map(rudeness).filter((problem) => problem !== undefined)).toEqual([]);
  }
});

test('the live service gets at most two requests a second, one after the other', async () => {
  const times: number[] = [];
  const server = await start({ ...honestSteps(5), intercept: () => void times.push(performance.now()) });
  const only = ['auth/no-key', 'auth/wrong-key'];
  await runContract({ url: server.url, apiKey: API_KEY, isLive: true, only, audience: 'any' });
  const gaps = times.slice(1).map((ms, at) => ms - (times[at] ?? ms));
  expect(gaps.length).toBeGreaterThanOrEqual(3);
  for (const gap of gaps) expect(gap).toBeGreaterThan(450);
});

const LIVE = { url: 'https://api.joinformal.com', apiKey: 'k' };

test.each<[string, Partial<ContractOptions>]>([
  ['requestsPerSecond must be at most 2', { requestsPerSecond: 100 }],
  ['maxRequests must be at most 90', { maxRequests: 91 }],
  ['isLive must be true', { isLive: false }],
])('for the live service %s, whatever the audience', (message, options) => {
  for (const audience of ['mock', 'any', 'live'] as const) {
    expect(() => resolveContractOptions({ ...LIVE, audience, ...options })).toThrow(message);
  }
});

test.each([
  ['https://api.joinformal.com', true],
  ['https://API.JoinFormal.com.:8443/v2', true],
  ['https://eu.api.formal.ai', true],
  ['https://formal.ai', true],
  ['https://notformal.ai', false],
  ['https://joinformal.com.example.test', false],
])('%s is the live service: %s', (url, isLive) => {
  const resolved = resolveContractOptions({ url, apiKey: 'k', audience: 'any' });
  expect(resolved).toMatchObject({ isLive, showValues: !isLive, maxRequests: isLive ? 90 : 160 });
  const ids = planRun(resolved).probes.map(({ id }) => id);
  for (const id of ['auth/shorter-key', 'auth/key-in-query', 'body/deep', 'body/oversize'])
    expect(ids.includes(id)).toBe(!isLive);
});

test('options may be stricter than the live manners', () => {
  expect(resolveContractOptions({ ...LIVE, requestsPerSecond: 1, maxRequests: 10 })).toMatchObject({
    requestsPerSecond: 1,
    maxRequests: 10,
    audience: 'live',
  });
});

test('a window that has not ended is refused for the live service before anything is sent', async () => {
  const server = await start();
  const window = { startMs: 0, endMs: Date.now() + 60_000 };
  const run = runContract({ url: server.url, apiKey: API_KEY, isLive: true, audience: 'any', window });
  await expect(run).rejects.toMatchObject({
    code: 'ERR_OPTION_INVALID',
    message: expect.stringContaining('in the past'),
  });
  expect(server.requests).toEqual([]);
});

test('a live report proposes words for enumerations and shows anything else as its shape, names of fields too', async () => {
  const writes = ['ended_early', 'Erika Mustermann', 'erika@acme.test'];
  const honest = honestSteps(12);
  const server = await start({
    ...honest,
    writeSession: (session, at) => ({ ...session, sessionStatus: writes[at % 3], 'phone +49 170 123': 1 }),
  });
  const outcome = async (options: Partial<ContractOptions>): Promise<string> => {
    const { outcomes } = await judgeFast(server.url, options);
    expect(outcomes.find(({ id }) => id === 'drift/enum-value')?.status).toBe('warn');
    return JSON.stringify(outcomes);
  };
  const hidden = await outcome({});
  expect(hidden).toContain('ended_early');
  expect(hidden).toContain('string(16) like');
  expect(hidden).not.toMatch(/Mustermann|erika|170 123/);
  expect(await outcome({ showValues: true })).toMatch(/Mustermann[\s\S]*170 123|170 123[\s\S]*Mustermann/);
});

test('what of a deep run does not fit into ninety requests is left out and said', async () => {
  const plan = planRun(resolveContractOptions({ ...LIVE, deep: true }));
  expect(plan.maxRequests).toBeLessThanOrEqual(90);
  expect(plan.leftOut.length).toBeGreaterThan(5);
  const server = await start();
  const report = await judgeFast(server.url, { deep: true });
  expect(report.notes).toEqual([expect.stringContaining(`at most 90 times: ${plan.leftOut.join(', ')}`)]);
});
