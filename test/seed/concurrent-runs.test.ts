import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type LockedOutput, withOutputLock } from '../../src/seed/output-lock.ts';
import type { RunOwner } from '../../src/seed/run-owner.ts';
import { runSeed, startSeed, temporaryFolder } from './support/run-seed.ts';

const WORLD = ['--scenario', 'scaleup', '--now', '2026-01-15T12:00:00Z'];

describe.each([
  ['a file', 'demo.ndjson'],
  ['a folder', 'demo/'],
])('%s', (_, name) => {
  it('that two runs want at once is written by one; the other is refused in one line', async () => {
    const folder = temporaryFolder();
    const path = join(folder, name);
    const args = [...WORLD, '--count', '60000', '--out', path];
    const ends = await Promise.all([startSeed(args).ended, startSeed([...args, '--seed', '7']).ended]);
    expect(ends.map(({ code }) => code).sort()).toEqual([0, 2]);
    expect(ends.find(({ code }) => code === 2)?.stderr).toMatch(
      /^formal-mock: .* holds another output: process \d+ is writing it; wait until it is done or choose another name\n$/,
    );
    expect((await runSeed('--out', path, '--verify')).code).toBe(0);
    expect(readdirSync(folder, { recursive: true }).filter((file) => String(file).endsWith('.tmp'))).toEqual(
      [],
    );
  });

  it('that a killed run has left is written by the next, which takes the rest away', async () => {
    const folder = temporaryFolder();
    const path = join(folder, name);
    const args = [...WORLD, '--count', '60000', '--out', path, '--progress', 'json'];
    const { child, ended } = startSeed(args);
    child.stderr?.once('data', () => child.kill('SIGKILL'));
    await ended;
    const left = () =>
      readdirSync(folder, { recursive: true }).filter((file) => String(file).endsWith('.tmp'));
    expect(left().length).toBeGreaterThan(1);
    expect((await runSeed(...args)).code).toBe(0);
    expect(left()).toEqual([]);
    expect((await runSeed(...args, '--verify')).code).toBe(0);
  });
});

describe('a folder that nobody has seeded', () => {
  it.each(['users.csv', 'sessions-00001.csv'])(
    'and that holds a %s is refused and not touched',
    async (name) => {
      const folder = temporaryFolder();
      writeFileSync(join(folder, name), 'mine');
      const { code, stderr } = await runSeed(
        ...WORLD,
        '--count',
        '9',
        '--format',
        'csv',
        '--out',
        `${folder}/`,
      );
      expect(code).toBe(2);
      expect(stderr).toMatch(
        new RegExp(
          `^formal-mock: .* holds another output: ${name} is there and was not made by seed; .*\\n$`,
        ),
      );
      expect(readdirSync(folder)).toEqual([name]);
      expect(readFileSync(join(folder, name), 'utf8')).toBe('mine');
    },
  );

  it("keeps somebody's .tmp files, and other files", async () => {
    const folder = temporaryFolder();
    const theirs = ['users.ndjson.tmp', 'sessions-00001.ndjson.tmp', 'manifest.json.tmp', 'notes.txt'];
    for (const name of theirs) writeFileSync(join(folder, name), 'mine');
    expect((await runSeed(...WORLD, '--count', '9', '--out', `${folder}/`)).code).toBe(0);
    for (const name of theirs) expect(readFileSync(join(folder, name), 'utf8')).toBe('mine');
  });

  it('as the record of a single file, a file of somebody else is kept too', async () => {
    const path = join(temporaryFolder(), 'demo.ndjson');
    writeFileSync(`${path}.manifest.json`, 'mine');
    const { code } = await runSeed(...WORLD, '--count', '9', '--out', path);
    expect([code, existsSync(path), readFileSync(`${path}.manifest.json`, 'utf8')]).toEqual([
      2,
      false,
      'mine',
    ]);
  });
});

describe('the lock of an output', () => {
  const lockOf = (folder: string, owner: RunOwner): LockedOutput => ({
    target: 'demo',
    record: join(folder, 'manifest.json'),
    files: ['a.csv'],
    owner,
  });
  const all = (count: number): RunOwner[] =>
    Array.from({ length: count }, (_, number) => ({ id: `${number + 10}-1`, isRunning: () => true }));

  it('is had by exactly one of many runs that begin together', async () => {
    const folder = temporaryFolder();
    let [inside, most] = [0, 0];
    const work = async (): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setTimeout(resolve, 300));
      inside -= 1;
    };
    const results = await Promise.allSettled(
      all(12).map((owner) => withOutputLock(lockOf(folder, owner), work)),
    );
    expect(most).toBe(1);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of a run that is gone does not count, and its unfinished files are removed', async () => {
    const folder = temporaryFolder();
    const gone = ['manifest.json.held.7-1.tmp', 'manifest.json.want.7-1.tmp', 'a.csv.7-1.tmp'];
    const kept = ['a.csv.8-1.tmp', 'b.csv.7-1.tmp', 'a.csv.tmp'];
    for (const name of [...gone, ...kept]) writeFileSync(join(folder, name), '');
    const owner = { id: '9-1', isRunning: (id: string) => id === '8-1' };
    await withOutputLock(lockOf(folder, owner), async () => undefined);
    expect(readdirSync(folder).sort()).toEqual(kept.sort());
  });

  it('is given back when the work fails', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'x'));
    const [owner] = all(1);
    if (owner === undefined) return;
    const failing = withOutputLock(lockOf(folder, owner), () => Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
    expect(readdirSync(folder)).toEqual(['x']);
  });
});
