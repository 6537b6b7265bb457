import { spawn } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { API_KEY, honestSteps, PATH } from './servers/honest-server.ts';
import { runCommand as run } from './servers/run-command.ts';
import { type RunningServer, startServer } from './servers/serving.ts';

let server: RunningServer;
let directory: string;
beforeAll(async () => {
  server = await startServer(honestSteps(30));
  directory = await mkdtemp(join(tmpdir(), 'contract-'));
});
afterAll(() => server.stop());
const env = { FORMAL_API_KEY: API_KEY };

test('contract --target mock judges a mock in process without credentials', async () => {
  const { exitCode, stdout } = await run(['--target', 'mock']);
  expect(stdout).toMatch(/0 fail.*\(exit 0\)/);
  expect(exitCode).toBe(0);
});

test('live without a key is a usage error that names the variable', async () => {
  const { exitCode, stderr } = await run(['--target', 'live']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('FORMAL_API_KEY');
});

test('reports go where they are asked to, and the key may come from a file', async () => {
  const key = join(directory, 'key');
  await writeFile(key, `${API_KEY}\n`);
  const json = join(directory, 'report.json');
  const junit = join(directory, 'report.xml');
  const { exitCode, stdout } = await run([
    'run',
    '--target',
    server.url,
    '--only',
    'auth/*',
    '--reporter',
    `markdown,json=${json},junit=${junit}`,
    '--api-key-file',
    key,
  ]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('## Contract of');
  expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({ exitCode: 0, audience: 'any' });
  expect(await readFile(junit, 'utf8')).toContain('<testsuites>');
});

test('a wrong key is exit code 4, an unknown case pattern is 2', async () => {
  const wrong = await run(['--target', server.url], { FORMAL_API_KEY: 'something-else' });
  expect(wrong.exitCode).toBe(4);
  const unknown = await run(['--target', server.url, '--only', 'nothing/*'], env);
  expect([unknown.exitCode, unknown.stdout]).toEqual([2, '']);
});

test('list, explain and plan send nothing', async () => {
  const before = server.requests.length;
  expect((await run(['list'])).stdout).toContain('pagination/union-equals-one-big-page');
  expect((await run(['explain', 'pagination/walk-ends'])).stdout).toContain('likely cause');
  expect((await run(['plan', '--target', 'live'])).stdout).toMatch(/ (8\d|90) {2}at most/);
  expect(server.requests.length).toBe(before);
});

test('learn writes a profile that a later run asserts', async () => {
  const file = join(directory, 'profile.json');
  expect((await run(['learn', server.url, '-o', file], env)).exitCode).toBe(0);
  const profile: unknown = JSON.parse(await readFile(file, 'utf8'));
  expect(profile).toMatchObject({
    profileVersion: 1,
    facts: { sortAscending: '-start_time', idField: 'id' },
  });
  expect((await run(['--target', server.url, '--profile', file], env)).exitCode).toBe(0);
});

test('diff of a server with itself finds nothing', async () => {
  const { exitCode, stdout } = await run(['diff', server.url, server.url, '--skip', 'performance/*'], env);
  expect([exitCode, stdout]).toEqual([0, 'no difference\n']);
});

test('verify judges a recording', async () => {
  const file = join(directory, 'traffic.har');
  const response = {
    status: 200,
    headers: [{ name: 'content-type', value: 'application/json' }],
    content: { text: '{"sessions":[{"id":"a","endTime":null}]}' },
  };
  const request = { method: 'POST', url: `https://api.test${PATH}`, headers: [] };
  await writeFile(file, JSON.stringify({ log: { entries: [{ request, response }] } }));
  const { exitCode, stdout } = await run(['verify', file]);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('schema/no-null');
});

test('Ctrl-C ends a run with exit code 130', async () => {
  const child = spawn(
    process.execPath,
    ['dist/cli/main.js', 'contract', '--target', server.url, '--rps', '5'],
    { env },
  );
  const started = new Promise<void>((resolve) => {
    const before = server.requests.length;
    const look = (): void => (server.requests.length > before ? resolve() : void setImmediate(look));
    look();
  });
  await started;
  child.kill('SIGINT');
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(130);
});
