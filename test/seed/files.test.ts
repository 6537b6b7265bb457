import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { runSeed, startSeed, temporaryFolder } from './support/run-seed.ts';

const WORLD = ['--count', '3000', '--now', '2026-01-15T12:00:00Z'];

const filesOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((file) => [
        file,
        createHash('sha256')
          .update(readFileSync(join(folder, file)))
          .digest('hex'),
      ]),
  );

describe('a folder', () => {
  it('gets small tables, parts and a manifest that knows them', async () => {
    const folder = temporaryFolder();
    const { code } = await runSeed(...WORLD, '--out', `${folder}/`, '--part-rows', '1000');
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    const { 'manifest.json': _, ...files } = filesOf(folder);
    expect(code).toBe(0);
    expect(manifest).toMatchObject({ version: 1, now: '2026-01-15T12:00:00.000Z', rows: 3000 });
    expect(Object.keys(files)).toEqual([
      'connectors.ndjson',
      'external_ids.ndjson',
      'groups.ndjson',
      'resources.ndjson',
      'sessions-00001.ndjson',
      'sessions-00002.ndjson',
      'sessions-00003.ndjson',
      'user_groups.ndjson',
      'users.ndjson',
    ]);
    for (const { file, bytes, sha256 } of manifest.parts) {
      expect(files[file]).toBe(sha256);
      expect(statSync(join(folder, file)).size).toBe(bytes);
    }
    const parts = [1, 2, 3].map((part) => readFileSync(join(folder, `sessions-0000${part}.ndjson`)));
    expect(Buffer.concat(parts).equals((await runSeed(...WORLD)).stdout)).toBe(true);
  });

  it('keeps the instant it was begun with, and is left alone by a second run', async () => {
    const folder = temporaryFolder();
    const args = ['--count', '500', '--out', `${folder}/`, '--progress', 'json'];
    await runSeed(...args);
    const before = filesOf(folder);
    const second = await runSeed(...args);
    expect(second.stderr).toContain('"files":7,"skipped":7');
    expect(filesOf(folder)).toEqual(before);
  });

  it('gets back a part that was changed or lost, and nothing else is made again', async () => {
    const folder = temporaryFolder();
    const args = [...WORLD, '--out', `${folder}/`, '--part-rows', '1000', '--progress', 'json'];
    await runSeed(...args);
    const before = filesOf(folder);
    appendFileSync(join(folder, 'sessions-00002.ndjson'), 'x');
    rmSync(join(folder, 'users.ndjson'));
    const second = await runSeed(...args);
    expect(second.stderr).toContain('"files":9,"skipped":7');
    expect(filesOf(folder)).toEqual(before);
  });

  it('that holds another output is refused and not touched', async () => {
    const folder = temporaryFolder();
    await runSeed(...WORLD, '--out', `${folder}/`);
    const before = filesOf(folder);
    const { code, stderr } = await runSeed(...WORLD, '--out', `${folder}/`, '--format', 'csv');
    expect(code).toBe(2);
    expect(stderr).toMatch(/it was begun with format ndjson, not csv; empty it or choose another folder\n$/);
    expect(filesOf(folder)).toEqual(before);
  });

  it('of a scenario file that was edited since is refused and not touched', async () => {
    const place = temporaryFolder();
    const [scenario, folder] = [join(place, 'own.json'), join(place, 'demo')];
    const args = [...WORLD, '--scenario', scenario, '--out', `${folder}/`];
    writeFileSync(scenario, '{"name":"own","extends":"startup"}');
    expect((await runSeed(...args)).code).toBe(0);
    const before = filesOf(folder);
    writeFileSync(scenario, '{"name":"own","extends":"startup","scale":2}');
    const { code, stderr } = await runSeed(...args);
    expect(code).toBe(2);
    expect(stderr).toMatch(/it was begun with world own\/1\/42\/[0-9a-f]{12}, not own\/1\/42\/[0-9a-f]{12};/);
    expect(filesOf(folder)).toEqual(before);
  });

  it('takes several shards, whose files sort into the whole', async () => {
    const folder = temporaryFolder();
    for (const shard of ['2/2', '1/2']) {
      await runSeed(...WORLD, '--out', `${folder}/`, '--part-rows', '1000', '--shard', shard);
    }
    const parts = readdirSync(folder)
      .filter((file) => file.startsWith('sessions-'))
      .sort();
    expect(parts).toHaveLength(4);
    const joined = Buffer.concat(parts.map((file) => readFileSync(join(folder, file))));
    expect(joined.equals((await runSeed(...WORLD)).stdout)).toBe(true);
  });
});

describe('a file', () => {
  it('is in the format of its name, beside a manifest', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'demo.csv.gz');
    const { code } = await runSeed(...WORLD, '--out', path);
    const plain = await runSeed(...WORLD, '--format', 'csv');
    expect(code).toBe(0);
    expect(gunzipSync(readFileSync(path)).equals(plain.stdout)).toBe(true);
    expect(Object.keys(filesOf(folder))).toEqual(['demo.csv.gz', 'demo.csv.gz.manifest.json']);
  });

  it('is replaced as a whole where an earlier run has made it', async () => {
    const path = join(temporaryFolder(), 'demo.ndjson');
    await runSeed(...WORLD, '--seed', 'another', '--out', path);
    await runSeed(...WORLD, '--out', path);
    expect(readFileSync(path).equals((await runSeed(...WORLD)).stdout)).toBe(true);
  });

  it('that somebody else has made is left alone', async () => {
    const path = join(temporaryFolder(), 'notes.ndjson');
    writeFileSync(path, 'mine');
    const { code, stderr } = await runSeed(...WORLD, '--out', path);
    expect([code, readFileSync(path, 'utf8')]).toEqual([2, 'mine']);
    expect(stderr).toMatch(/^formal-mock: .*notes\.ndjson holds another output: .*not made by seed/);
  });

  it('in a folder that does not exist is an error of one line with exit code 74', async () => {
    const { code, stderr } = await runSeed('--out', join(temporaryFolder(), 'missing', 'demo.csv'));
    expect(code).toBe(74);
    expect(stderr).toMatch(/^formal-mock: cannot write .*demo\.csv: its folder does not exist\n$/);
  });
});

describe('--verify', () => {
  it('says ok for what was written, and 74 for a file that differs by a byte', async () => {
    const folder = temporaryFolder();
    const args = [...WORLD, '--out', `${folder}/`];
    await runSeed(...args);
    const good = await runSeed(...args, '--verify');
    expect([good.code, good.stdout.toString()]).toEqual([
      0,
      'ok: 3000 sessions, every file is as its manifest says\n',
    ]);
    const path = join(folder, 'sessions-00001.ndjson');
    const bytes = readFileSync(path);
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    const bad = await runSeed(...args, '--verify');
    expect(bad.code).toBe(74);
    expect(bad.stderr).toMatch(
      /sessions-00001\.ndjson is not as its manifest says: its sha256 is another\n$/,
    );
  });
});

describe('SIGINT', () => {
  it('leaves whole parts and exit code 130, and the next run goes on', async () => {
    const folder = temporaryFolder();
    const args = ['--scenario', 'scaleup', '--count', '60000', '--now', '2026-01-15T12:00:00Z'];
    const output = ['--out', `${folder}/`, '--part-rows', '5000', '--progress', 'json'];
    const { child, ended } = startSeed([...args, ...output]);
    child.stderr?.once('data', () => child.kill('SIGINT'));
    const { code, stderr } = await ended;
    expect(code).toBe(130);
    expect(stderr).toMatch(/formal-mock: interrupted: SIGINT; whole parts were kept\n$/);
    expect(existsSync(join(folder, 'manifest.json'))).toBe(false);
    expect(readdirSync(folder).filter((file) => file.endsWith('.tmp'))).toEqual([]);
    expect((await runSeed(...args, ...output)).code).toBe(0);
    expect((await runSeed(...args, ...output, '--verify')).code).toBe(0);
  });
});
