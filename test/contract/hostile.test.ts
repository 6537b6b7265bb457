import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { ContractOptions } from '../../src/contract/options.ts';
import type { ContractReport } from '../../src/contract/outcome.ts';
import { runContract } from '../../src/contract/run.ts';
import { API_KEY, honestSteps, json } from './servers/honest-server.ts';
import { startServer } from './servers/serving.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  // A server that listens on a port has an address with one.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function listenSteps(change: Parameters<typeof startServer>[0]): Promise<string> {
  const server = await startServer(change);
  stops.push(server.stop);
  return server.url;
}

function judge(url: string, options: Partial<ContractOptions> = {}): Promise<ContractReport> {
  return runContract({ url, apiKey: API_KEY, timeoutMs: 200, ...options });
}

test('a silent server ends the run with exit code 3', async () => {
  const report = await judge(await listen(() => {}));
  expect(report).toMatchObject({
    exitCode: 3,
    requests: 1,
    stopped: expect.stringContaining('no answer within 200 ms'),
  });
});

test('a server that falls silent later ends the run with exit code 3 after three requests', async () => {
  const page = JSON.stringify({ listMetadata: {} });
  let calls = 0;
  const url = await listen((_, response) => {
    if (calls++ === 0) response.setHeader('content-type', 'application/json').end(page);
  });
  expect(await judge(url)).toMatchObject({ exitCode: 3, requests: 4 });
});

test('a dripping server cannot hold a run', async () => {
  const url = await listen((_, response) => {
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => clearInterval(timer));
  });
  expect(await judge(url)).toMatchObject({ exitCode: 3, requests: 1 });
});

test.each([
  ['0', 3],
  ['3600', 1],
])(
  '429 for ever with Retry-After %s ends with exit code 6 after %i requests',
  async (retryAfter, requests) => {
    const url = await listen((_, response) =>
      response.writeHead(429, { 'retry-after': retryAfter }).end('{}'),
    );
    expect(await judge(url)).toMatchObject({ exitCode: 6, requests });
  },
);

test('a redirect is not followed, and the other place never sees the key', async () => {
  let strays = 0;
  const elsewhere = await listen((_, response) => {
    strays += 1;
    response.end();
  });
  const url = await listen((_, response) => response.writeHead(307, { location: `${elsewhere}/x` }).end());
  expect(await judge(url)).toMatchObject({ exitCode: 3, stopped: expect.stringContaining('redirects') });
  expect(strays).toBe(0);
});

test('an endless cursor is found and not followed for ever', async () => {
  const honest = honestSteps(20);
  const url = await listenSteps({ ...honest, hasMore: () => true, positionOf: () => 0 });
  const report = await judge(url, { timeoutMs: 5000 });
  expect(report.exitCode).toBe(1);
  expect(report.requests).toBeLessThanOrEqual(120);
  expect(report.outcomes.find(({ id }) => id === 'pagination/walk-ends')?.status).toBe('fail');
});

test('a page of 50 MB is not read to its end and ends with exit code 1', async () => {
  const chunk = Buffer.alloc(1024 * 1024, 0x20);
  const url = await listen((_, response) => {
    let left = 50;
    const send = (): void => {
      while (left-- > 0) if (!response.write(chunk)) return void response.once('drain', send);
      response.end();
    };
    send();
  });
  expect(await judge(url, { timeoutMs: 10_000, maxBodyBytes: 1024 * 1024 })).toMatchObject({
    exitCode: 1,
    requests: 3,
  });
});

test('a compressed page that unfolds without end is not unfolded', async () => {
  const { gzipSync } = await import('node:zlib');
  const bomb = gzipSync(Buffer.alloc(8 * 1024 * 1024));
  const url = await listenSteps({
    ...honestSteps(5),
    finish: (response) => ({
      ...response,
      headers: { ...response.headers, 'content-encoding': 'gzip' },
      body: bomb,
    }),
  });
  const report = await judge(url, { timeoutMs: 5000, maxBodyBytes: 1024 * 1024 });
  expect(report.outcomes.find(({ id }) => id === 'protocol/encoding-declared')?.status).toBe('fail');
});

test('nobody at the port is exit code 3', async () => {
  const url = await listen(() => {});
  await stops.pop()?.();
  expect(await judge(url)).toMatchObject({ exitCode: 3 });
});

test.each([401, 403])('a key that gets %i is exit code 4', async (status) => {
  const url = await listenSteps({
    ...honestSteps(5),
    intercept: () => json(status, { code: 'unauthenticated' }),
  });
  expect(await judge(url)).toMatchObject({ exitCode: 4, requests: 1 });
});

test('a server without sessions is exit code 5, one with a single session is exit code 0', async () => {
  expect(await judge(await listenSteps(honestSteps(0)), { timeoutMs: 5000 })).toMatchObject({ exitCode: 5 });
  expect(await judge(await listenSteps(honestSteps(1)), { timeoutMs: 5000 })).toMatchObject({ exitCode: 0 });
});

test('a budget that is used up is exit code 6 and judges no chain that was cut off', async () => {
  const report = await judge(await listenSteps(honestSteps(60)), { timeoutMs: 5000, maxRequests: 20 });
  expect(report).toMatchObject({ exitCode: 6, requests: 20 });
  expect(report.outcomes.filter(({ status }) => status === 'fail')).toEqual([]);
});

test('an interrupted run is exit code 130', async () => {
  const abort = new AbortController();
  const url = await listenSteps({ ...honestSteps(10), intercept: () => void abort.abort() });
  expect(await judge(url, { signal: abort.signal })).toMatchObject({ exitCode: 130 });
});

test.each(['http://example.test', 'ftp://localhost', 'http://user@localhost', 'nonsense'])(
  'the URL %s is refused before anything is sent',
  async (url) => {
    await expect(judge(url)).rejects.toMatchObject({ code: 'ERR_OPTION_INVALID' });
  },
);

test('one 503 is survived on the live service, and counts elsewhere', async () => {
  const flaky = (): Parameters<typeof startServer>[0] => {
    let calls = 0;
    return {
      ...honestSteps(10),
      intercept: () =>
        calls++ === 3
          ? { status: 503, headers: { 'retry-after': '0' }, body: '{"code":"unavailable"}' }
          : undefined,
    };
  };
  const options = { timeoutMs: 5000, only: ['auth/*', 'errors/*', 'drift/status'], requestsPerSecond: 1000 };
  const live = await judge(await listenSteps(flaky()), { ...options, audience: 'live' });
  expect(live).toMatchObject({ exitCode: 0 });
  const other = await judge(await listenSteps(flaky()), { ...options, audience: 'any' });
  expect(other).toMatchObject({ exitCode: 1 });
});
