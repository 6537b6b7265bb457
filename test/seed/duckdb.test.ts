import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import type { FormatName } from '../../src/seed/format-names.ts';
import type { RowSelection, Shard } from '../../src/seed/row-selection.ts';
import type { SessionObject } from '../../src/world/session-object.ts';
import { encodeBytes } from './support/encode.ts';
import { flatSession, PATHS } from './support/flat-session.ts';
import { runSeed, temporaryFolder } from './support/run-seed.ts';
import { NOW, selectionOf, startupRows, trickySessions } from './support/worlds.ts';

type Row = Record<string, unknown>;

async function query(sql: string): Promise<Row[]> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    return (await connection.runAndReadAll(sql)).getRowObjectsJson();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function fileOf(selection: RowSelection, format: FormatName, shard?: Shard): Promise<string> {
  const path = join(temporaryFolder(), `demo.${format}`);
  writeFileSync(path, await encodeBytes(selection, format, shard === undefined ? {} : { shard }));
  return path;
}

const sessionsOf = ({ world, low, high }: RowSelection): SessionObject[] =>
  Array.from({ length: high - low }, (_, row) => world.at(low + row, NOW));

/** Times in ms, as numbers. */
const TIMES = `epoch_us(start_time) // 1000 AS start_time, epoch_us(end_time) // 1000 AS end_time`;
const numeric = (rows: Row[]): Row[] =>
  rows.map((row) => ({
    ...row,
    start_time: Number(row['start_time']),
    end_time: row['end_time'] === null ? null : Number(row['end_time']),
  }));

const CASES = [
  ['the default world', () => startupRows(1000)],
  ['awkward sessions', async () => selectionOf(trickySessions())],
] as const;

describe.each(CASES)('DuckDB reads %s', (_, select) => {
  it('from flat Parquet: every column of every session, in order', async () => {
    const selection = await select();
    const path = await fileOf(selection, 'parquet-flat');
    const rows = await query(`SELECT * REPLACE (${TIMES}) FROM read_parquet('${path}')`);
    expect(numeric(rows)).toEqual(sessionsOf(selection).map(flatSession));
  });

  it('from nested Parquet: the same by the names of the wire', async () => {
    const selection = await select();
    const path = await fileOf(selection, 'parquet');
    const columns = Object.entries(PATHS).map(([name, wire]) => `${quotePath(wire)} AS ${name}`);
    const rows = await query(
      `SELECT ${columns.join(', ')}, epoch_us("startTime") // 1000 AS start_time, epoch_us("endTime") // 1000 AS end_time, "durationSeconds" AS duration_seconds FROM read_parquet('${path}')`,
    );
    expect(numeric(rows)).toEqual(sessionsOf(selection).map(flatSession));
  });

  it('from CSV: every plain column', async () => {
    const selection = await select();
    const path = await fileOf(selection, 'csv');
    const names = Object.keys(PATHS).filter((name) => !/groups|external_ids/.test(name));
    const rows = await query(
      `SELECT ${names.join(', ')} FROM read_csv('${path}', header = true, all_varchar = true, quote = '"', escape = '"', delim = ',', nullstr = '', max_line_size = 1000000)`,
    );
    const unguarded = rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          typeof value === 'string' ? value.replace(/^'/, '') : value,
        ]),
      ),
    );
    const expected = sessionsOf(selection).map((session) => {
      const flat = flatSession(session);
      return Object.fromEntries(names.map((name) => [name, flat[name]]));
    });
    expect(unguarded).toEqual(expected);
  });

  it('from NDJSON and JSON: as many sessions with the same ids and people', async () => {
    const selection = await select();
    for (const format of ['ndjson', 'json'] as const) {
      const path = await fileOf(selection, format);
      const rows = await query(
        `SELECT id, "user".formal."endUser".email AS email, resource.name AS name FROM read_json('${path}', maximum_object_size = 1000000, sample_size = -1)`,
      );
      expect(rows).toEqual(
        sessionsOf(selection).map(({ id, user, resource }) => ({
          id,
          email: user?.formal?.endUser?.email ?? null,
          name: resource?.name ?? null,
        })),
      );
    }
  });
});

describe('Parquet', () => {
  it('in shards holds the same rows in the same order', async () => {
    const selection = await startupRows(2000);
    const shards = await Promise.all(
      [1, 2, 3].map((index) => fileOf(selection, 'parquet', { index, count: 3 })),
    );
    const list = shards.map((path) => `'${path}'`).join(', ');
    const rows = await query(`SELECT id FROM read_parquet([${list}])`);
    expect(rows.map(({ id }) => id)).toEqual(sessionsOf(selection).map(({ id }) => id));
  });

  it('of nothing has the columns and no rows', async () => {
    const path = await fileOf(selectionOf([]), 'parquet-flat');
    expect(await query(`SELECT id, start_time FROM read_parquet('${path}')`)).toEqual([]);
  });

  it('in a folder joins with its small tables', async () => {
    const folder = temporaryFolder();
    const args = [
      '--count',
      '1500',
      '--now',
      '2026-01-15T12:00:00Z',
      '--format',
      'parquet',
      '--part-rows',
      '600',
    ];
    expect((await runSeed(...args, '--out', `${folder}/`)).code).toBe(0);
    const rows = await query(
      `SELECT count(*) AS all_rows, count(u.id) AS known FROM read_parquet('${folder}/sessions-*.parquet') s LEFT JOIN read_parquet('${folder}/users.parquet') u ON u.id = s."user".formal."user".id WHERE s."user".type = 'formal'`,
    );
    expect(rows[0]?.['known']).toBe(rows[0]?.['all_rows']);
    expect(Number(rows[0]?.['known'])).toBeGreaterThan(1000);
  });
});

function quotePath(path: string): string {
  return path
    .split('.')
    .map((name) => `"${name}"`)
    .join('.');
}
