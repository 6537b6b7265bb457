import { afterAll, beforeAll, expect, test } from 'vitest';
import { API_KEY, honestSteps } from './servers/honest-server.ts';
import { type Ended, runCommand } from './servers/run-command.ts';
import { type RunningServer, startServer } from './servers/serving.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer(honestSteps(30));
});
afterAll(() => server.stop());

/** Runs the command with the server as the live service. */
function run(args: readonly string[]): Promise<Ended> {
  return runCommand(args, { FORMAL_API_KEY: API_KEY, FORMAL_API_URL: server.url });
}

test.each([
  ['--rps 100', 'requestsPerSecond must be at most 2'],
  ['--max-requests 1000', 'maxRequests must be at most 90'],
  ['--window 2026-01-01T00:00:00Z..2999-01-01T00:00:00Z', 'in the past'],
])(
  '%s is refused for the live service, whatever the audience and however it is named',
  async (flags, message) => {
    const before = server.requests.length;
    for (const target of ['live', server.url]) {
      for (const audience of [[], ['--audience', 'any']]) {
        const { exitCode, stderr } = await run(['--target', target, ...audience, ...flags.split(' ')]);
        expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
      }
    }
    expect(server.requests.length).toBe(before);
  },
);

test('plan prints what a live run sends: the same for every audience, and within ninety requests when deep', async () => {
  const plain = await run(['plan', '--target', 'live']);
  expect((await run(['plan', '--target', server.url, '--audience', 'any'])).stdout).toBe(plain.stdout);
  expect((await run(['plan', '--target', 'mock', '--live-manners'])).stdout).toBe(plain.stdout);
  expect(plain.stdout).not.toMatch(/auth\/shorter-key|body\/oversize/);
  const { stdout } = await run(['plan', '--target', 'live', '--deep']);
  expect(Number(/(\d+) {2}at most/.exec(stdout)?.[1])).toBeLessThanOrEqual(90);
  expect(stdout).toContain('left out, because the live service is asked at most 90 times: discovery/');
});
