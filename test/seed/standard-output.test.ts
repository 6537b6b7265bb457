import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runSeed, startSeed } from './support/run-seed.ts';

const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

describe('standard output', () => {
  it('gets the sessions, and standard error stays empty', async () => {
    const { code, stdout, stderr } = await runSeed('--count', '50', '--now', '2026-01-15T12:00:00Z');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.toString().trimEnd().split('\n')).toHaveLength(50);
  });

  it('that is closed by its reader ends the run quietly', async () => {
    const { child, ended } = startSeed(['--scenario', 'scaleup', '--count', '100000']);
    child.stdout?.once('data', () => child.stdout?.destroy());
    const { code, stderr } = await ended;
    expect([code, stderr]).toEqual([0, '']);
  });

  it('feeds head without a complaint', () => {
    const { status, stdout, stderr } = spawnSync(
      'sh',
      ['-c', `"${process.execPath}" "${MAIN}" seed --scenario scaleup --count 50000 | head -n 3 | wc -l`],
      { encoding: 'utf8' },
    );
    expect([status, stdout.trim(), stderr]).toEqual([0, '3', '']);
  });

  it.skipIf(!existsSync('/dev/full'))('on a full disk is one clear line and exit code 74', () => {
    const { status, stderr } = spawnSync('sh', ['-c', `"${process.execPath}" "${MAIN}" seed > /dev/full`], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([74, 'formal-mock: cannot write standard output: the disk is full\n']);
  });

  it('that nobody reads does not keep the run from being stopped', async () => {
    const { child, ended } = startSeed(['--scenario', 'scaleup', '--count', '100000']);
    child.stdout?.once('data', () => {
      child.stdout?.pause();
      // Long enough for the pipe to be full.
      setTimeout(() => child.kill('SIGINT'), 500);
    });
    const code = await new Promise((resolve) => child.once('exit', resolve));
    child.stdout?.destroy();
    const { stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/formal-mock: interrupted: SIGINT; .*\n$/);
  });

  it('is the same in another time zone and language', () => {
    const run = (env: Record<string, string>): Buffer =>
      execFileSync(
        process.execPath,
        [MAIN, 'seed', '--count', '300', '--now', '2026-01-15T12:00:00Z', '--format', 'sql'],
        {
          env: { ...process.env, ...env },
        },
      );
    expect(run({ TZ: 'Asia/Kathmandu', LANG: 'tr_TR.UTF-8' }).equals(run({ TZ: 'UTC', LANG: 'C' }))).toBe(
      true,
    );
  });
});

describe('progress', () => {
  it('as JSON is a line now and then and one at the end', async () => {
    const { stderr } = await runSeed(
      '--count',
      '2000',
      '--progress',
      'json',
      '--now',
      '2026-01-15T12:00:00Z',
    );
    const events = stderr
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(events[0]).toMatchObject({ event: 'progress', total: 2000 });
    expect(events.at(-1)).toMatchObject({ event: 'done', rows: 2000, now: '2026-01-15T12:00:00.000Z' });
  });
});

describe('usage', () => {
  it.each([
    [['--to', 'ftp://user:secret@127.0.0.1/x'], /^formal-mock: --to must be postgres:\/\/… or .*\n$/],
    [['--query', '('], /^formal-mock: --query must be a query of the API .*\n$/],
    [['--nonsense'], /unknown option '--nonsense'/],
  ])('%j is refused with exit code 2', async (args, expected) => {
    const { code, stdout, stderr } = await runSeed(...args);
    expect([code, stdout.length]).toEqual([2, 0]);
    expect(stderr).toMatch(expected);
    expect(stderr).not.toContain('secret');
  });

  it('takes the world from the environment, and a flag beats it', async () => {
    const env = { ...process.env, FORMAL_MOCK_COUNT: '7', FORMAL_MOCK_NOW: '2026-01-15T12:00:00Z' };
    const lines = (args: string[]): number =>
      execFileSync(process.execPath, [MAIN, 'seed', ...args], { env })
        .toString()
        .trimEnd()
        .split('\n').length;
    expect(lines([])).toBe(7);
    expect(lines(['--count', '9'])).toBe(9);
  });
});
