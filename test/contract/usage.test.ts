import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { API_KEY, honestSteps } from './servers/honest-server.ts';
import { runCommand } from './servers/run-command.ts';
import { type RunningServer, startServer } from './servers/serving.ts';

let server: RunningServer;
let directory: string;
beforeAll(async () => {
  server = await startServer(honestSteps(30));
  directory = await mkdtemp(join(tmpdir(), 'contract-usage-'));
  await writeFile(join(directory, 'unmatched.json'), '[{"case":"auth/wrnog*","reason":"a typing mistake"}]');
  await writeFile(join(directory, 'no-day.json'), '[{"case":"auth/*","reason":"x","expires":"2026-99-99"}]');
  await writeFile(
    join(directory, 'no-leap-day.json'),
    '[{"case":"auth/*","reason":"x","expires":"2026-02-29"}]',
  );
});
afterAll(async () => {
  await server.stop();
  await rm(directory, { recursive: true });
});

const env = { FORMAL_API_KEY: API_KEY };

test.each([
  ['--window 1..2', 'two RFC 3339 instants'],
  ['--window 2026-01-01..2026-01-02', 'two RFC 3339 instants'],
  ['--window 2026-02-30T00:00:00Z..2026-03-01T00:00:00Z', 'two RFC 3339 instants'],
  ['--window 2026-01-02T00:00:00Z..2026-01-01T00:00:00Z', 'the earlier first'],
  ['--known DIR/unmatched.json', 'matches a case'],
  ['--known DIR/no-day.json', 'YYYY-MM-DD'],
  ['--known DIR/no-leap-day.json', 'YYYY-MM-DD'],
  ['--known DIR/missing.json', 'a file that can be read'],
  ['--reporter json=DIR/missing/report.json', 'a file that can be written'],
  ['--reporter pretty,junit=DIR', 'a file that can be written'],
])('%s is exit code 2 before anything is sent', async (flags, message) => {
  const before = server.requests.length;
  const args = flags.replace('DIR', directory).split(' ');
  const { exitCode, stdout, stderr } = await runCommand(['--target', server.url, ...args], env);
  expect([exitCode, stdout, stderr]).toEqual([2, '', expect.stringContaining(message)]);
  expect(server.requests.length).toBe(before);
});

test('an output is only looked at before the run, not written', async () => {
  const file = join(directory, 'kept.json');
  await writeFile(file, 'the report of yesterday');
  const args = ['--target', server.url, '--reporter', `json=${file}`, '--max-requests', '0'];
  expect((await runCommand(args, env)).exitCode).toBe(2);
  expect(await readFile(file, 'utf8')).toBe('the report of yesterday');
  expect((await readdir(directory)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
});

test('an entry that has expired fails the run even where its case is skipped', async () => {
  const file = join(directory, 'expired.json');
  await writeFile(file, '[{"case":"auth/limited-key","reason":"no such key yet","expires":"2001-01-01"}]');
  const { exitCode, stdout } = await runCommand(
    ['--target', server.url, '--only', 'auth/*', '--known', file],
    env,
  );
  expect([exitCode, stdout]).toEqual([1, expect.stringContaining('known until 2001-01-01')]);
});

test('cases that were picked send their own probes, and cases about every answer look at those', async () => {
  const before = server.requests.length;
  const { exitCode, stdout } = await runCommand(
    ['--target', server.url, '--only', 'auth/*', '--verbose'],
    env,
  );
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/PASS +auth\/key-never-echoed .*\(\d+ examined\)/);
  expect(server.requests.length - before).toBeLessThanOrEqual(25);
  const after = server.requests.length;
  expect((await runCommand(['--target', server.url, '--only', 'schema/*'], env)).exitCode).toBe(0);
  expect(server.requests.length - after).toBeGreaterThan(50);
});

test('SIGTERM ends a run like Ctrl-C: exit code 130 and a report', async () => {
  const file = join(directory, 'interrupted.json');
  const args = [
    'dist/cli/main.js',
    'contract',
    '--target',
    server.url,
    '--rps',
    '5',
    '--reporter',
    `json=${file}`,
  ];
  const before = server.requests.length;
  const child = spawn(process.execPath, args, { env });
  await new Promise<void>((resolve) => {
    const look = (): void => (server.requests.length > before ? resolve() : void setImmediate(look));
    look();
  });
  child.kill('SIGTERM');
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(130);
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ exitCode: 130, stopped: 'interrupted' });
});
