import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PATH } from './servers/honest-server.ts';
import { type Ended, runCommand } from './servers/run-command.ts';

const KEY = `rec'orded"k3y-5f/9c~1d`;
const TOKEN = 'eyJhbGciOiJub25lIn0.e30.sig-0001';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'contract-verify-'));
});
afterAll(() => rm(directory, { recursive: true }));

let files = 0;
async function verify(status: number, body: unknown, flags: readonly string[] = []): Promise<Ended> {
  files += 1;
  const file = join(directory, `${files}.har`);
  const headers = [
    { name: 'x-api-key', value: KEY },
    { name: 'Authorization', value: `Bearer ${TOKEN}` },
    { name: 'Cookie', value: `session=${TOKEN}; theme=dark` },
  ];
  const request = {
    method: 'POST',
    url: `https://api.test${PATH}`,
    headers,
    postData: { text: '{"limit":5}' },
  };
  const response = {
    status,
    headers: [{ name: 'content-type', value: 'application/json' }],
    content: { text: typeof body === 'string' ? body : JSON.stringify(body) },
  };
  await writeFile(file, JSON.stringify({ log: { entries: [{ request, response }] } }));
  return runCommand(['verify', file, ...flags]);
}

const RIGHT = {
  sessions: [{ id: 'session_x', startTime: '2026-01-15T09:12:03.481Z', sessionStatus: 'active' }],
  listMetadata: { count: 1 },
};

test('a right recording is exit code 0', async () => {
  expect((await verify(200, RIGHT)).exitCode).toBe(0);
});

test.each([500, 502, 503])('a recording of %i is not exit code 0', async (status) => {
  const { exitCode, stdout } = await verify(status, { code: 'internal' });
  expect([exitCode, stdout]).toEqual([1, expect.stringContaining('errors/no-server-error')]);
});

test('keys, tokens and cookies of the recording appear in no report', async () => {
  const json = join(directory, 'report.json');
  const xml = join(directory, 'report.xml');
  const body = {
    sessions: [{ id: KEY, [KEY]: `${'y'.repeat(145)}${KEY}`, note: TOKEN, sessionStatus: `${TOKEN}!` }],
  };
  const { exitCode, stdout, stderr } = await verify(200, body, [
    '--show-values',
    '--verbose',
    '--reporter',
    `pretty,json=${json},junit=${xml}`,
  ]);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('auth/key-never-echoed');
  for (const text of [stdout, stderr, await readFile(json, 'utf8'), await readFile(xml, 'utf8')]) {
    for (const secret of [
      KEY.slice(0, 8),
      KEY.slice(-8),
      '5f/9c~1',
      '5f~19c',
      TOKEN.slice(0, 12),
      'sig-0001',
    ])
      expect(text).not.toContain(secret);
  }
});

test('values are shapes unless they are asked for', async () => {
  const body = { sessions: [{ id: 'a', sessionStatus: 'Erika Mustermann' }] };
  expect((await verify(200, body)).stdout).not.toContain('Mustermann');
  expect((await verify(200, body, ['--show-values'])).stdout).toContain('Mustermann');
});

test('audience, warnings and known failures decide as in a run', async () => {
  const body = { sessions: [{ ...RIGHT.sessions[0], brandNew: 1 }] };
  expect((await verify(200, body)).exitCode).toBe(0);
  expect((await verify(200, body, ['--fail-on', 'warn'])).exitCode).toBe(1);
  expect((await verify(200, body, ['--audience', 'mock'])).exitCode).toBe(1);
  const known = join(directory, 'known.json');
  await writeFile(known, JSON.stringify([{ case: 'drift/undocumented-field', reason: 'on its way' }]));
  const { exitCode, stdout } = await verify(200, body, ['--fail-on', 'warn', '--known', known]);
  expect([exitCode, stdout]).toEqual([0, expect.stringContaining('KNOWN drift/undocumented-field')]);
});
