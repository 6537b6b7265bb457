import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadWorld } from '../../src/files/load-world.ts';
import { selectRows } from '../../src/seed/row-selection.ts';
import { seedPostgres } from '../../src/seed/seed-postgres.ts';
import { startCuttingProxy } from './support/cutting-proxy.ts';
import { encodeBytes } from './support/encode.ts';
import { flatSession } from './support/flat-session.ts';
import { type PostgresServer, postgresBinaries, startPostgres } from './support/postgres-server.ts';
import { runSeed, startSeed, temporaryFolder } from './support/run-seed.ts';
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
    const controller = new AbortController();
    const load = {
      ...WHOLE,
      selection: await startupRows(12_000),
      signal: controller.signal,
      onProgress: () => controller.abort('SIGINT'),
    };
    await expect(seedPostgres(server.url, load)).rejects.toMatchObject({ code: 'ERR_INTERRUPTED' });
    expect(await countOf('sessions')).toBe(500);
  });

  it('with a wrong database name is refused, without showing the password', async () => {
    const url = server.url
      .replace('demo@', 'demo:secret@')
      .replace('/postgres', '/missing')
      .replace('postgres:', 'postgresql:');
    const { code, stderr } = await runSeed('--count', '10', '--to', url.replace('postgresql:', 'postgres:'));
    expect(code).toBe(2);
    expect(stderr).toMatch(/refused the load: database "missing" does not exist\n$/);
    expect(stderr).not.toContain('secret');
  });

  it('with a wrong role is refused with what the server says', async () => {
    const { code, stderr } = await runSeed('--count', '10', '--to', server.url.replace('demo@', 'nobody@'));
    expect(code).toBe(2);
    expect(stderr).toMatch(/refused the load: role "nobody" does not exist\n$/);
  });

  it.each([
    ['start_time text', 'table sessions, column start_time: expected timestamp with time zone, found text'],
    [
      'start_time timestamptz, end_time timestamp',
      'column end_time: expected timestamp with time zone, found ',
    ],
  ])('with a column of another type (%s) is refused and stays as it was', async (columns, reason) => {
    await client.query(`CREATE TABLE sessions (id text PRIMARY KEY, ${columns})`);
    const { code, stderr } = await runSeed('--count', '10', '--to', server.url);
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
    expect(stderr).toMatch(/^formal-mock: .*\n$/);
    expect(await countOf('sessions')).toBe(0);
  });

  it('gets sessions refreshed that were open and have left the window', async () => {
    const openAt = (now: number): string => new Date(now).toISOString();
    const earlier = NOW - 10 * 86_400_000;
    const args = ['--scenario', 'startup', '--to', server.url];
    await runSeed(...args, '--days', '20', '--now', openAt(earlier));
    await client.query(
      "INSERT INTO sessions (id, start_time, session_status) VALUES ('session_of_others', '2026-01-02T00:00:00Z', 'active')",
    );
    const open = 'SELECT id FROM sessions WHERE end_time IS NULL ORDER BY id';
    const before = (await client.query(open)).rows;
    const { stderr } = await runSeed(...args, '--days', '1', '--now', openAt(NOW), '--progress', 'json');
    const { rows } = await client.query(
      `SELECT id, session_status, end_time FROM sessions WHERE id = ANY($1) ORDER BY id`,
      [before.map(({ id }) => id)],
    );
    const world = await loadWorld({ scenario: 'startup', seed: 42, now: NOW, days: 60 });
    expect(rows.length).toBeGreaterThan(5);
    for (const { id, session_status: status, end_time: end } of rows) {
      const session = id === 'session_of_others' ? undefined : world.at(world.find(id), NOW);
      const expected = session ?? { sessionStatus: 'active' };
      expect([id, status, end?.toISOString().replace('.000Z', 'Z')]).toEqual([
        id,
        expected.sessionStatus,
        expected.endTime,
      ]);
    }
    const stillOpen = rows.filter(({ end_time: end }) => end === null).length;
    const loaded = world.count(NOW) - world.indexAt(NOW - 86_400_000);
    expect(stderr).toContain(`"changed":${loaded + rows.length - stillOpen}`);
    const again = await runSeed(...args, '--days', '1', '--now', openAt(NOW), '--progress', 'json');
    expect(again.stderr).toContain('"changed":0');
  });

  it('that goes away in the middle is one clear line and exit code 3, and holds nothing new', async () => {
    const proxy = await startCuttingProxy(server.url, 300_000);
    const { code, stderr } = await runSeed('--scenario', 'scaleup', '--count', '20000', '--to', proxy.url);
    await proxy.stop();
    expect(code).toBe(3);
    expect(stderr).toMatch(/^formal-mock: cannot reach postgres:\/\/demo@127\.0\.0\.1:\d+\/postgres: .*\n$/);
    const { rows } = await client.query('SELECT to_regclass($1) AS found', ['sessions']);
    expect(rows).toEqual([{ found: null }]);
  });

  it('that ends the connection itself is one clear line and exit code 3', async () => {
    const { child, ended } = startSeed([
      ...['--scenario', 'scaleup', '--count', '300000', '--to', server.url, '--progress', 'json'],
    ]);
    child.stderr?.once('data', () => {
      void client.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'formal-mock'",
      );
    });
    const { code, stderr } = await ended;
    const lines = stderr.split('\n').filter((line) => !line.startsWith('{'));
    expect(code).toBe(3);
    expect(lines).toEqual([expect.stringMatching(/^formal-mock: cannot reach postgres:\/\/demo@.*: .+/), '']);
  });
});

describe('a URL that is none', () => {
  it.each(['postgres://demo:secret@127.0.0.1:99999/demo', 'postgres://[::1/demo'])(
    'is one clear line and exit code 2: %s',
    async (url) => {
      const { code, stderr } = await runSeed('--count', '1', '--to', url);
      expect(code).toBe(2);
      expect(stderr).toMatch(
        /^formal-mock: --to must be postgres:\/\/\[USER\[:PASSWORD\]@\]HOST.* \(got .*\)\n$/,
      );
      expect(stderr).not.toContain('secret');
    },
  );
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
