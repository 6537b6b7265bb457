import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { selectRows } from '../../src/seed/row-selection.ts';
import { seedPostgres } from '../../src/seed/seed-postgres.ts';
import { encodeBytes } from './support/encode.ts';
import { flatSession } from './support/flat-session.ts';
import { type PostgresServer, postgresBinaries, startPostgres } from './support/postgres-server.ts';
import { runSeed, temporaryFolder } from './support/run-seed.ts';
import { NOW, selectionOf, startupRows, trickySessions } from './support/worlds.ts';

const WHOLE = { shard: { index: 1, count: 1 }, exact: false };
const binaries = postgresBinaries();
const title =
  binaries === undefined ? 'PostgreSQL (skipped: it is not installed, see pg_config)' : 'PostgreSQL';

describe.skipIf(binaries === undefined)(title, () => {
  let server: PostgresServer;
  let client: pg.Client;

  beforeAll(async () => {
    server = await startPostgres(binaries ?? '');
    client = new pg.Client({ connectionString: server.url });
    await client.connect();
  });
  afterAll(async () => {
    await client?.end();
    await server?.stop();
  });
  beforeEach(() => client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public'));

  const tableRows = async (): Promise<Record<string, unknown>[]> => {
    const { rows } = await client.query('SELECT * FROM sessions ORDER BY start_time, id');
    return rows.map((row: Record<string, unknown>) => ({
      ...row,
      start_time: (row['start_time'] as Date).getTime(),
      end_time: (row['end_time'] as Date | null)?.getTime() ?? null,
      duration_seconds: row['duration_seconds'] === null ? null : Number(row['duration_seconds']),
    }));
  };
  const countOf = async (table: string): Promise<number> => {
    const { rows } = await client.query<{ count: string }>(`SELECT count(*) FROM "${table}"`);
    return Number(rows[0]?.count);
  };

  it('holds after a load what the world holds', async () => {
    const rows = await startupRows(3000);
    expect(await seedPostgres(server.url, { ...WHOLE, selection: rows })).toEqual({
      rows: 3000,
      changed: 3000,
    });
    const expected = Array.from({ length: 3000 }, (_, row) => flatSession(rows.world.at(row, NOW)));
    expect(await tableRows()).toEqual(expected);
  });

  it('has every person, resource and connector that a session names', async () => {
    await seedPostgres(server.url, { ...WHOLE, selection: await startupRows(3000) });
    for (const [table, column] of [
      ['users', 'user_formal_user_id'],
      ['users', 'user_formal_end_user_id'],
      ['resources', 'resource_id'],
      ['connectors', 'connector_id'],
    ]) {
      const { rowCount } = await client.query(
        `SELECT 1 FROM sessions LEFT JOIN ${table} t ON t.id = ${column} WHERE ${column} IS NOT NULL AND t.id IS NULL`,
      );
      expect([table, column, rowCount]).toEqual([table, column, 0]);
    }
    const { rows } = await client.query(
      `SELECT count(*) FROM users u WHERE u.id IN (SELECT user_id FROM user_groups) OR u.id IN (SELECT user_id FROM external_ids)`,
    );
    expect(Number(rows[0].count)).toBeGreaterThan(10);
    expect(await countOf('groups')).toBeGreaterThan(5);
  });

  it('is not changed by a second load: no row is written', async () => {
    const selection = await startupRows(1000);
    await seedPostgres(server.url, { ...WHOLE, selection });
    const versions =
      'SELECT xmin::text, id FROM sessions UNION ALL SELECT xmin::text, id FROM users ORDER BY 2';
    const before = (await client.query(versions)).rows;
    expect(await seedPostgres(server.url, { ...WHOLE, selection })).toEqual({ rows: 1000, changed: 0 });
    expect((await client.query(versions)).rows).toEqual(before);
  });

  it('gets open sessions refreshed by a later load, and those alone', async () => {
    const { world } = await startupRows(1000);
    const earlier = world.startAt(900);
    const before = selectRows(world, { now: earlier });
    const open = Array.from({ length: before.high }, (_, row) => row).filter((row) => {
      const [then, later] = [world.at(row, earlier), world.at(row, NOW)];
      return then.sessionStatus !== later.sessionStatus;
    });
    await seedPostgres(server.url, { ...WHOLE, selection: before });
    const { changed } = await seedPostgres(server.url, {
      ...WHOLE,
      selection: selectRows(world, { now: NOW }),
    });
    expect(open.length).toBeGreaterThan(0);
    expect(changed).toBe(1000 - before.high + open.length);
    expect(await tableRows()).toEqual(
      Array.from({ length: 1000 }, (_, row) => flatSession(world.at(row, NOW))),
    );
  });

  it('keeps awkward texts, exact times and absent values', async () => {
    const sessions = trickySessions();
    await seedPostgres(server.url, { ...WHOLE, selection: selectionOf(sessions) });
    expect(await tableRows()).toEqual(sessions.map(flatSession));
    const { rows } = await client.query(
      `SELECT to_char(start_time AT TIME ZONE 'UTC', 'US') AS micros FROM sessions WHERE session_status = 'active'`,
    );
    expect(rows).toEqual([{ micros: '123456' }]);
  });

  it('is loaded by shards as by the whole', async () => {
    const selection = await startupRows(1000);
    for (const index of [3, 1, 2])
      await seedPostgres(server.url, { selection, exact: false, shard: { index, count: 3 } });
    const expected = Array.from({ length: 1000 }, (_, row) => flatSession(selection.world.at(row, NOW)));
    expect(await tableRows()).toEqual(expected);
    expect(await countOf('users')).toBeGreaterThan(10);
  });

  it.each(['sql', 'sql-insert'] as const)('takes a %s file through psql, twice', async (format) => {
    const selection = selectionOf(trickySessions());
    const file = join(temporaryFolder(), 'demo.sql');
    writeFileSync(file, await encodeBytes(selection, format));
    const psql = () =>
      execFileSync('psql', [server.url, '-q', '-v', 'ON_ERROR_STOP=1', '-f', file], { stdio: 'pipe' });
    psql();
    psql();
    expect(await tableRows()).toEqual(trickySessions().map(flatSession));
  });

  it('with a table of other columns refuses in one line, exit code 2, and stays as it was', async () => {
    await client.query('CREATE TABLE sessions (id text PRIMARY KEY, start_time timestamptz, colour text)');
    const { code, stderr } = await runSeed('--count', '10', '--to', server.url);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^formal-mock: postgres:\/\/demo@127\.0\.0\.1:\d+\/postgres refused the load: .* --schema postgres\)\n$/,
    );
    const { rows } = await client.query(
      `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'`,
    );
    expect(rows).toEqual([{ table_name: 'sessions' }]);
  });

  it('is loaded by the command, and a run that is stopped leaves nothing behind', async () => {
    const { code, stderr } = await runSeed('--count', '500', '--to', server.url, '--progress', 'json');
    expect([code, await countOf('sessions')]).toEqual([0, 500]);
    expect(stderr).toContain('"rows":500');
    expect(stderr).toContain('"changed":500');
    const aborted = AbortSignal.abort('SIGINT');
    const rows = await startupRows(3000);
    await expect(
      seedPostgres(server.url, { ...WHOLE, selection: rows, signal: aborted }),
    ).rejects.toMatchObject({
      code: 'ERR_INTERRUPTED',
    });
    expect(await countOf('sessions')).toBe(500);
  });

  it('with a wrong database name is refused, without showing the password', async () => {
    const url = server.url
      .replace('demo@', 'demo:secret@')
      .replace('/postgres', '/missing')
      .replace('postgres:', 'postgresql:');
    const { code, stderr } = await runSeed('--count', '10', '--to', url.replace('postgresql:', 'postgres:'));
    expect(code).toBe(3);
    expect(stderr).toMatch(/cannot reach .*database "missing" does not exist\n$/);
    expect(stderr).not.toContain('secret');
  });
});

describe('a database that is not there', () => {
  it('is one clear line and exit code 3', async () => {
    const { code, stderr } = await runSeed('--to', 'postgres://demo:secret@127.0.0.1:9/demo');
    expect(code).toBe(3);
    expect(stderr).toBe(
      'formal-mock: cannot reach postgres://demo@127.0.0.1:9/demo: connect ECONNREFUSED 127.0.0.1:9\n',
    );
  });
});
