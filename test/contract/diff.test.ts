import { afterAll, beforeAll, expect, test } from 'vitest';
import { honestSteps } from './servers/honest-server.ts';
import { type Ended, runCommand } from './servers/run-command.ts';
import { type RunningServer, startServer } from './servers/serving.ts';

const LEFT_KEY = 'left-key-11';
const RIGHT_KEY = 'right-key-22';

let left: RunningServer;
let right: RunningServer;
beforeAll(async () => {
  left = await startServer({ ...honestSteps(30), acceptsKey: (key) => key === LEFT_KEY });
  right = await startServer({ ...honestSteps(30), acceptsKey: (key) => key === RIGHT_KEY });
});
afterAll(async () => {
  await left.stop();
  await right.stop();
});

function diff(one: string, two: string, env: Readonly<Record<string, string>>): Promise<Ended> {
  return runCommand(['diff', one, two, '--skip', 'performance/*'], env);
}

function keysSentTo({ requests }: RunningServer): ReadonlySet<string | undefined> {
  return new Set(requests.map(({ headers }) => headers['x-api-key']));
}

test('each side gets its own key and the same questions', async () => {
  const keys = { FORMAL_API_KEY: LEFT_KEY, FORMAL_API_KEY_RIGHT: RIGHT_KEY };
  const { exitCode, stdout } = await diff(left.url, right.url, keys);
  expect([exitCode, stdout]).toEqual([0, 'no difference\n']);
  expect([...keysSentTo(left)]).not.toContain(RIGHT_KEY);
  expect([...keysSentTo(right)]).not.toContain(LEFT_KEY);
  const bodies = ({ requests }: RunningServer): readonly string[] =>
    requests.map(({ method, body }) => `${method} ${body.toString('base64')}`);
  expect(bodies(left)).toEqual(bodies(right));
});

test('the mock beside the live service is asked no more than the live service is, and judged alike', async () => {
  const before = right.requests.length;
  const flags = [
    'diff',
    'mock',
    'live',
    '--only',
    'limits/too-wide',
    '--only',
    'auth/near-miss-keys',
    '--only',
    'auth/no-key',
  ];
  const env = { FORMAL_API_KEY: RIGHT_KEY, FORMAL_API_URL: right.url };
  const { exitCode, stdout } = await runCommand(flags, env);
  expect([exitCode, stdout]).toEqual([0, 'no difference\n']);
  expect(right.requests.length - before).toBeLessThanOrEqual(5);
});

test.each([
  ['no key of its own', {}],
  ['the same key', { FORMAL_API_KEY_RIGHT: LEFT_KEY }],
])('a server beside the live service with %s is never asked', async (_, keys) => {
  const before = [left.requests.length, right.requests.length];
  const env = { FORMAL_API_KEY: LEFT_KEY, FORMAL_API_URL: left.url, ...keys };
  for (const [one, two] of [
    ['live', right.url],
    [right.url, 'live'],
  ] as const) {
    const { exitCode, stderr } = await diff(one, two, env);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('FORMAL_API_KEY_RIGHT must be')]);
  }
  expect([left.requests.length, right.requests.length]).toEqual(before);
});

test('what is wrong for one side is said before the other is asked', async () => {
  const before = left.requests.length;
  const env = { FORMAL_API_KEY: LEFT_KEY, FORMAL_API_KEY_RIGHT: RIGHT_KEY, FORMAL_API_URL: right.url };
  const { exitCode, stderr } = await runCommand(['diff', left.url, 'live', '--rps', '50'], env);
  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('at most 2 for the live service')]);
  expect(left.requests.length).toBe(before);
});
