import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { curlLine } from '../../src/contract/curl.ts';
import { runContract } from '../../src/contract/run.ts';
import { honestSteps, json, type WireRequest } from './servers/honest-server.ts';
import { startRaw, startServer } from './servers/serving.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const hasCurl =
  spawnSync('curl', ['--version']).status === 0 && spawnSync('bash', ['--version']).status === 0;
const KEY = `k3y'with"odd$chars%+/aB`;

function execute(line: string): Promise<string> {
  const env = { PATH: process.env['PATH'] ?? '', FORMAL_API_KEY: KEY, LC_ALL: 'C.UTF-8' };
  const child = spawn('bash', ['-c', line], { env });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
  });
  return new Promise((resolve) => child.on('close', () => resolve(output)));
}

/** What makes two requests the same for a server. */
function printOf({ method, path, query, headers, body }: WireRequest): string {
  const names = ['x-api-key', 'authorization', 'content-type', 'content-encoding', 'connect-timeout-ms'];
  const hash = createHash('sha256').update(body).digest('hex');
  return JSON.stringify([method, path, query.toString(), names.map((name) => headers[name] ?? ''), hash]);
}

test.skipIf(!hasCurl)(
  'every printed curl line sends the request that failed, and the failure is seen again',
  async () => {
    const server = await startRaw(() => json(200, {}));
    stops.push(server.stop);
    const report = await runContract({ url: server.url, apiKey: KEY, audience: 'mock' });
    const sent = new Set(server.requests.map(printOf));
    const findings = report.outcomes.flatMap((outcome) => outcome.findings);
    const lines = [...new Set(findings.flatMap(({ curl }) => curl ?? []))];
    for (const probe of ['auth/shorter-key', 'auth/longer-key', 'auth/other-case-key', 'auth/key-in-query'])
      expect(findings.map((finding) => finding.probe)).toContain(probe);
    expect(lines.length).toBeGreaterThan(20);
    for (const line of lines) {
      expect(line.length).toBeLessThan(2000);
      const body = line.includes('-X HEAD') ? '\\r\\n' : '\\{\\}';
      expect(await execute(line)).toMatch(new RegExp(`HTTP/1.1 200[\\s\\S]*${body}$`));
      const again = server.requests.at(-1);
      expect(again && sent.has(printOf(again)), line).toBe(true);
    }
  },
);

test.skipIf(!hasCurl)('a line for a message of eight megabytes is short and sends all of it', async () => {
  const server = await startServer({
    ...honestSteps(5),
    maxBodyBytes: 2 ** 30,
    intercept: () => json(500, {}),
  });
  stops.push(server.stop);
  const body = Buffer.from(`{"limit":1,"query":"${'a'.repeat(8 * 1024 * 1024)}"}`);
  const line = curlLine(server.url, { method: 'POST', path: '/x', headers: [], body });
  expect(line).toContain("head -c 8388608 /dev/zero | tr '\\0' 'a'");
  expect(line.length).toBeLessThan(300);
  expect(await execute(line)).toContain('500');
  expect(server.requests.at(-1)?.body.equals(body)).toBe(true);
});

test.skipIf(!hasCurl)('a line for HEAD does not wait for a body', async () => {
  const server = await startRaw(() => json(200, { a: 1 }));
  stops.push(server.stop);
  const request = { method: 'HEAD', path: '/x', headers: [], body: Buffer.from('{"limit":1}') };
  const startedAt = performance.now();
  expect(await execute(curlLine(server.url, request))).toMatch(/^HTTP\/1\.1 200[\s\S]*\r\n\r\n$/);
  expect(performance.now() - startedAt).toBeLessThan(3000);
  expect(server.requests).toMatchObject([{ method: 'HEAD' }]);
});

test('a long body that is no repetition is left out, and a text that looks like a file name is sent as text', () => {
  const line = (text: string): string =>
    curlLine('http://localhost', { method: 'POST', path: '/x', headers: [], body: Buffer.from(text) });
  expect(line(Array.from({ length: 20_000 }, (_, at) => at).join())).toContain('bytes are left out');
  expect(line('@/etc/hostname')).toMatch(/--data-raw '@\/etc\/hostname'$/);
});
