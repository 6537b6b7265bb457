import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadSeedOptions, type SeedFlags } from './seed-options.ts';

const load = (flags: SeedFlags, env: Record<string, string> = {}) => loadSeedOptions(flags, env);

describe('options of seed', () => {
  it('default to the default world as NDJSON on standard output', async () => {
    expect(await load({})).toMatchObject({
      seed: 42,
      scenario: 'startup',
      now: 'live',
      days: 30,
      count: undefined,
      target: { kind: 'stdout' },
      format: 'ndjson',
      gzip: false,
      shard: { index: 1, count: 1 },
      partRows: 250_000,
      progress: 'auto',
    });
  });

  it.each([
    ['demo.csv', 'csv', false],
    ['demo.json.gz', 'json', true],
    ['demo.jsonl', 'ndjson', false],
    ['demo.sql', 'sql', false],
    ['demo.parquet', 'parquet', false],
    ['demo', 'ndjson', false],
  ])('take the format from the name %s', async (out, format, gzip) => {
    expect(await load({ out })).toMatchObject({ format, gzip, target: { kind: 'file', path: out } });
  });

  it('take a folder that exists, or a name with a slash at its end, as a folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'formal-mock-seed-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    expect((await load({ out: folder })).target).toEqual({ kind: 'directory', path: folder });
    expect((await load({ out: 'new/' })).target).toEqual({ kind: 'directory', path: 'new/' });
  });

  it.each([
    ['postgres://127.0.0.1/demo', 'postgres'],
    ['postgresql://127.0.0.1/demo', 'postgres'],
    ['http://127.0.0.1:9200/sessions', 'bulk'],
    ['https://127.0.0.1/api/v1/_elastic/sessions', 'bulk'],
  ])('take %s as %s', async (to, kind) => {
    expect((await load({ to })).target).toEqual({ kind, url: to });
  });

  it('let --from say how far the world reaches back, unless --days does', async () => {
    expect(await load({ from: '2026-01-01T00:00:00Z' })).toMatchObject({
      from: Date.parse('2026-01-01T00:00:00Z'),
      days: undefined,
    });
    expect(await load({ from: '2026-01-01T00:00:00Z', days: 3 })).toMatchObject({ days: 3 });
  });

  it('let a flag beat the environment, also that of its counterpart', async () => {
    const env = { FORMAL_MOCK_COUNT: '7', FORMAL_MOCK_NOW: '2026-01-15T12:00:00Z' };
    expect(await load({}, env)).toMatchObject({ count: 7, now: Date.parse('2026-01-15T12:00:00Z') });
    expect(await load({ count: 9 }, env)).toMatchObject({ count: 9 });
    expect(await load({ days: 2 }, env)).toMatchObject({ count: undefined, days: 2 });
  });

  it.each<[SeedFlags, RegExp]>([
    [{ days: 3, count: 5 }, /^--days must be absent when --count is given/],
    [{ count: -1 }, /^--count must be a whole number/],
    [{ out: 'x', to: 'http://127.0.0.1/x' }, /^--out must be absent when --to is given/],
    [{ out: '' }, /^--out must be a file, a folder or -/],
    [
      { to: 'ftp://user:secret@127.0.0.1/x' },
      /^--to must be postgres:\/\/… or http:\/\/HOST:PORT\/INDEX \(got 127/,
    ],
    [{ from: 'yesterday' }, /^--from must be an instant/],
    [{ partRows: '0' }, /^--part-rows must be a whole number/],
    [{ shard: '3/2' }, /^--shard must be i\/n/],
    [{ shard: '1/2' }, /^--now must be an instant when --shard is given/],
    [{ format: 'parquet', gzip: true }, /^--gzip must be absent with Parquet/],
    [{ verify: true }, /^--verify must be given together with --out/],
  ])('refuse %j', async (flags, message) => {
    await expect(load(flags)).rejects.toThrow(message);
    await expect(load(flags)).rejects.toMatchObject({ code: 'ERR_OPTION_INVALID' });
  });
});
