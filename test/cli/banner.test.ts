import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { serveCli } from './run-cli.ts';
import { spawnServe } from './spawn-serve.ts';

const OWN_KEY = 'own-key-4711';

describe('the first line of stdout', () => {
  it('says where the mock listens, and what follows says how to call it', async () => {
    const { url, stdout } = await spawnServe(['--now', '2026-01-15T12:00:00Z', '--seed', 'blue']);
    const [first, ...rest] = stdout().split('\n');
    expect(first).toBe(`formal-mock listening on ${url}`);
    const text = rest.join('\n');
    expect(text).toContain('formal-mock-key (header X-API-KEY)');
    expect(text).toContain(`curl -X POST "${url}/core.v1.SessionsService/ListSessionsV2"`);
    expect(text).toMatch(/scenario startup, seed blue, 30 days, clock 2026-01-15T12:00:00Z: [\d,]+ sessions/);
    expect(text).toContain('formal.New(');
  });

  it('is JSON with --json, and nothing follows', async () => {
    const { port, stdout } = await spawnServe(['--json']);
    const url = `http://127.0.0.1:${port}`;
    expect(JSON.parse(stdout())).toEqual({ event: 'listening', url, port });
    expect(stdout()).toMatch(/^[^\n]+\n$/);
  });

  it('never comes with a key of your own', async () => {
    const { stdout, stderr, url } = await spawnServe(['--api-key', OWN_KEY, '--log-level', 'trace']);
    const answer = await fetch(`${url}/core.v1.SessionsService/ListSessionsV2`, {
      method: 'POST',
      headers: { 'x-api-key': OWN_KEY, 'content-type': 'application/json' },
      body: '{"limit":1}',
    });
    await answer.text();
    expect(answer.status).toBe(200);
    expect(stdout() + stderr()).not.toContain(OWN_KEY);
    expect(stdout()).not.toContain('formal-mock-key');
    expect(stdout()).toContain('YOUR_KEY');
  });
});

it('the log is one JSON object a line on stderr, with no header and no body', async () => {
  const cli = await serveCli(['--json', '--now', '2026-01-15T12:00:00Z']);
  const logged = once(cli.process.stderr ?? cli.process, 'data');
  await (await fetch(`${cli.url}/nothing?secret=1`, { headers: { 'x-request-id': 'r-1' } })).text();
  const line = JSON.parse(String((await logged)[0]));
  expect(line).toMatchObject({ level: 30, requestId: 'r-1', method: 'GET', path: '/nothing', status: 404 });
  expect(Object.keys(line)).toEqual([
    'level',
    'time',
    'requestId',
    'method',
    'path',
    'status',
    'durationMs',
    'msg',
  ]);
});

it('flag, environment and PORT decide in this order', async () => {
  const env = { FORMAL_MOCK_SEED: 'env', FORMAL_MOCK_SCENARIO: 'empty', PORT: '1' };
  const { stdout } = await spawnServe(['--seed', 'flag'], { env });
  expect(stdout()).toContain('scenario empty, seed flag, 30 days');
});
