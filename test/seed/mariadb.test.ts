import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadWorld } from '../../src/files/load-world.ts';
import { ALL_SESSION_COLUMNS, type ColumnType } from '../../src/seed/flat-columns.ts';
import { formatSchema } from '../../src/seed/format-schema.ts';
import { type RowSelection, selectRows } from '../../src/seed/row-selection.ts';
import { encodeBytes } from './support/encode.ts';
import { flatSession } from './support/flat-session.ts';
import { type MariadbServer, mariadbProgram, startMariadb } from './support/mariadb-server.ts';
import { NOW, selectionOf, trickySessions } from './support/worlds.ts';

const program = mariadbProgram();
const title = program === undefined ? 'MariaDB (skipped: mariadb-server is not installed)' : 'MariaDB';

const edgeCases = async (): Promise<RowSelection> =>
  selectRows(await loadWorld({ scenario: 'edge-cases', seed: 42, now: NOW, days: 30 }), { now: NOW });

const sessionsOf = ({ world, low, high }: RowSelection): Record<string, unknown>[] =>
  Array.from({ length: high - low }, (_, row) => flatSession(world.at(low + row, NOW)));

/** A cell that was read as HEX: bytes of text, or the word NULL. */
function cellOf(hex: string, type: ColumnType): unknown {
  if (hex === 'NULL') return null;
  const text = Buffer.from(hex, 'hex').toString('utf8');
  switch (type) {
    case 'text':
      return text;
    case 'list':
      return JSON.parse(text);
    case 'decimal':
      return Number(text);
    case 'timestamp':
      return Date.parse(`${text.replace(' ', 'T')}Z`);
  }
}

describe.skipIf(program === undefined)(title, () => {
  let server: MariadbServer;

  beforeAll(async () => {
    server = await startMariadb(program ?? '');
  });
  afterAll(() => server?.stop());
  beforeEach(() => server.run('DROP DATABASE demo; CREATE DATABASE demo'));

  const tableRows = (): Record<string, unknown>[] => {
    const cells = ALL_SESSION_COLUMNS.map(({ name }) => `HEX(CAST(${name} AS CHAR))`).join(', ');
    return server
      .run(`SELECT ${cells} FROM sessions ORDER BY start_time, id`)
      .map((row) =>
        Object.fromEntries(
          ALL_SESSION_COLUMNS.map(({ name, type }, place) => [name, cellOf(row[place] ?? '', type)]),
        ),
      );
  };

  it.each([
    ['the scenario edge-cases', edgeCases],
    ['awkward sessions', async () => selectionOf(trickySessions())],
  ] as const)('holds every value of %s after the file is loaded, once or twice', async (_, select) => {
    const selection = await select();
    const file = await encodeBytes(selection, 'sql-mysql');
    const expected = sessionsOf(selection);
    for (let load = 0; load < 2; load += 1) {
      server.run(file);
      expect(tableRows()).toEqual(expected);
    }
  });

  it('has every group and external id that a session names, however long', async () => {
    const selection = selectionOf(trickySessions());
    server.run(await encodeBytes(selection, 'sql-mysql'));
    const pairs = new Set(
      trickySessions().flatMap(({ user }) =>
        [user?.formal?.user].flatMap((info) =>
          (info?.groups ?? []).map((group) => `${info?.id}\t${Buffer.from(group).toString('hex')}`),
        ),
      ),
    );
    const found = server.run('SELECT user_id, LOWER(HEX(group_name)) FROM user_groups');
    expect(found.map((row) => row.join('\t'))).toEqual(expect.arrayContaining([...pairs]));
    const lost = server.run(
      'SELECT group_name FROM user_groups LEFT JOIN `groups` ON name = group_name WHERE name IS NULL',
    );
    expect(lost).toEqual([]);
  });

  it('tells texts apart that differ in case, accents or spaces behind', () => {
    server.run(formatSchema('mysql'));
    server.run(
      "REPLACE INTO users (id) VALUES ('a'), ('A'), ('á'), ('a '), ('a'); REPLACE INTO `groups` (name) VALUES ('a'), ('a '), ('A')",
    );
    expect(server.run('SELECT COUNT(*) FROM users UNION ALL SELECT COUNT(*) FROM `groups`')).toEqual([
      ['4'],
      ['3'],
    ]);
  });
});
