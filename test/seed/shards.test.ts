import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { FORMAT_NAMES, type FormatName } from '../../src/seed/format-names.ts';
import { compileRowFilter } from '../../src/seed/query-filter.ts';
import { selectRows } from '../../src/seed/row-selection.ts';
import { encodeBytes } from './support/encode.ts';
import { runSeed, temporaryFolder } from './support/run-seed.ts';
import { NOW, startupRows } from './support/worlds.ts';

const ROWS = 1000;
const TEXT_FORMATS = FORMAT_NAMES.filter((format) => !format.startsWith('parquet'));
const WRITER = fileURLToPath(new URL('./support/write-shards.mjs', import.meta.url));
const run = promisify(execFile);

/** All shards, made by several processes that know nothing of each other. */
async function shardsOfProcesses(format: FormatName, count: number, processes: number): Promise<Buffer> {
  const folder = temporaryFolder();
  const runs = Array.from({ length: processes }, (_, number) => {
    const [first, last] = [
      Math.floor((number * count) / processes) + 1,
      Math.floor(((number + 1) * count) / processes),
    ];
    return run(process.execPath, [
      WRITER,
      folder,
      format,
      String(ROWS),
      String(count),
      String(first),
      String(last),
    ]);
  });
  await Promise.all(runs);
  return Buffer.concat(Array.from({ length: count }, (_, index) => readFileSync(`${folder}/${index + 1}`)));
}

describe('shards, joined in order, are the whole', () => {
  it.each(TEXT_FORMATS)('as %s, cut into 1, 2, 7 or 64', async (format) => {
    const rows = await startupRows(ROWS);
    const whole = await encodeBytes(rows, format);
    for (const count of [1, 2, 7, 64]) {
      const shards = Array.from({ length: count }, (_, index) =>
        encodeBytes(rows, format, { shard: { index: index + 1, count } }),
      );
      expect(Buffer.concat(await Promise.all(shards)).equals(whole)).toBe(true);
    }
  });

  it.each(TEXT_FORMATS)('as %s, when a query leaves few rows in them', async (format) => {
    const { world } = await startupRows(ROWS);
    const { filter } = compileRowFilter(world, 'resource.technology:ssh', { now: NOW });
    const rows = selectRows(world, { now: NOW, filter });
    const whole = await encodeBytes(rows, format);
    const shards = Array.from({ length: 16 }, (_, index) =>
      encodeBytes(rows, format, { shard: { index: index + 1, count: 16 } }),
    );
    expect(Buffer.concat(await Promise.all(shards)).equals(whole)).toBe(true);
  });

  it.each([
    ['ndjson', 2, 2],
    ['csv', 7, 2],
    ['sql', 64, 2],
    ['json', 7, 3],
  ] as const)('as %s, cut into %d and made by %d processes', async (format, count, processes) => {
    const whole = await encodeBytes(await startupRows(ROWS), format);
    expect((await shardsOfProcesses(format, count, processes)).equals(whole)).toBe(true);
  });

  it('made by the command, one process each', async () => {
    const args = ['--count', '500', '--now', '2026-01-15T12:00:00Z', '--format', 'csv'];
    const shards = await Promise.all(
      ['1/3', '2/3', '3/3'].map((shard) => runSeed(...args, '--shard', shard)),
    );
    const whole = await runSeed(...args);
    expect(whole.stdout.length).toBeGreaterThan(100_000);
    expect(Buffer.concat(shards.map(({ stdout }) => stdout)).equals(whole.stdout)).toBe(true);
  });

  it('are refused with a living clock, which every process would read differently', async () => {
    const { code, stderr } = await runSeed('--shard', '1/2');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^formal-mock: --now must be an instant when --shard is given/);
  });
});
