import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import sqlite from 'node-sqlite3-wasm';
import { describe, expect, it } from 'vitest';
import { encodeText } from './support/encode.ts';
import { flatSession } from './support/flat-session.ts';
import { temporaryFolder } from './support/run-seed.ts';
import { NOW, selectionOf, startupRows, trickySessions } from './support/worlds.ts';

const LISTS = /groups|external_ids/;

function rowsOf(database: InstanceType<typeof sqlite.Database>): Record<string, unknown>[] {
  return database
    .all('SELECT * FROM sessions ORDER BY start_time, id')
    .map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          typeof value !== 'string' ? value : LISTS.test(name) ? JSON.parse(value) : timeOf(name, value),
        ]),
      ),
    );
}

function timeOf(name: string, value: string): unknown {
  return name === 'start_time' || name === 'end_time' ? Date.parse(value) : value;
}

describe('SQLite', () => {
  it.each([
    ['the default world', () => startupRows(800)],
    ['awkward sessions', async () => selectionOf(trickySessions())],
  ] as const)('holds %s after the file is loaded, once or twice', async (_, select) => {
    const selection = await select();
    const text = await encodeText(selection, 'sql-sqlite');
    const { world, high } = selection;
    const expected = Array.from({ length: high }, (_unused, row) => flatSession(world.at(row, NOW)));
    const database = new sqlite.Database();
    for (let load = 0; load < 2; load += 1) {
      database.exec(text);
      expect(rowsOf(database)).toEqual(expected);
    }
    database.close();
  });

  it('has the small tables that sessions refer to', async () => {
    const database = new sqlite.Database();
    database.exec(await encodeText(await startupRows(1000), 'sql-sqlite'));
    const lost = database.all(
      'SELECT s.id FROM sessions s LEFT JOIN users u ON u.id = s.user_formal_end_user_id WHERE s.user_formal_end_user_id IS NOT NULL AND u.id IS NULL',
    );
    expect(lost).toEqual([]);
    const [first] = database.all(
      'SELECT count(*) AS pairs FROM user_groups JOIN groups ON name = group_name',
    );
    expect(Number(first?.['pairs'])).toBeGreaterThan(10);
    database.close();
  });
});

const hasClient = spawnSync('sqlite3', ['--version']).error === undefined;

it.skipIf(!hasClient)(
  `the command-line client${hasClient ? '' : ' (skipped: sqlite3 is not installed)'} loads line breaks unchanged`,
  async () => {
    const sessions = trickySessions();
    const nasty = ['\r', '\r\n', '\\r\r\\\\r\n', 'a\r\n'.repeat(3000)].map((name, row) => ({
      id: `session_${row}`,
      startTime: `2026-01-15T10:00:0${row}Z`,
      resource: { id: `nasty_${row}`, name },
    }));
    const selection = selectionOf([...sessions, ...nasty]);
    const file = join(temporaryFolder(), 'demo.db');
    const text = await encodeText(selection, 'sql-sqlite');
    for (let load = 0; load < 2; load += 1) execFileSync('sqlite3', ['-bail', file], { input: text });
    const database = new sqlite.Database(file);
    expect(rowsOf(database)).toEqual([...sessions, ...nasty].map(flatSession));
    database.close();
  },
);
