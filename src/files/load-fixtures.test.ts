import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fixtureWorld, NOON, readDirectory } from '../../test/determinism/fixture-world.ts';
import { loadDocument } from '../openapi/load-document.ts';
import { layerFixtures } from '../sessions/layer-fixtures.ts';
import type { SessionObject } from '../world/session-object.ts';
import type { World } from '../world/world.ts';
import { loadFixtures } from './load-fixtures.ts';
import { loadWorld } from './load-world.ts';
import { packageFile } from './package-files.ts';

const document = await loadDocument(packageFile('openapi.yaml'));
const world = fixtureWorld({ days: 2 });
const [alice] = readDirectory('startup').people;
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fixtures-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Writes files, then loads them over the world. */
async function layered(files: Readonly<Record<string, unknown>>): Promise<World> {
  for (const [name, content] of Object.entries(files)) {
    await writeFile(
      join(folder, name),
      typeof content === 'string' ? content : JSON.stringify(content, null, 2),
    );
  }
  return layerFixtures(world, await loadFixtures(folder, { world, now: NOON, document }));
}

function newest(of: World): SessionObject {
  return of.at(of.count(NOON) - 1, NOON);
}

describe('fixtures in a directory', () => {
  it('are sessions at relative times, by people and things of the directory', async () => {
    const made = newest(
      await layered({
        'a.sessions.json': [
          {
            startTime: 'now-1ms',
            user: `@${alice?.email}`,
            resource: '@warehouse',
            connector: '@analytics-eu-central-1',
          },
        ],
      }),
    );
    expect(made).toMatchObject({
      startTime: '2026-01-15T11:59:59.999Z',
      sessionStatus: 'active',
      resource: { technology: 'snowflake' },
      connector: { name: 'analytics-eu-central-1' },
    });
    const { user, endUser } = made.user?.formal ?? {};
    expect(user).toEqual(endUser);
    expect([user?.name, made.user?.username]).toEqual([alice?.name, `idp:formal:human:${alice?.email}`]);
  });

  it('may name a person by the part before the @, the full name, and the first word where it is unique', async () => {
    const local = alice?.email.split('@')[0] ?? '';
    for (const name of [local, alice?.name, alice?.id, local.split('.')[0]]) {
      const made = newest(
        await layered({
          'a.sessions.json': [{ startTime: 'now', user: { type: 'formal', formal: { user: `@${name}` } } }],
        }),
      );
      expect(made.user?.formal).toEqual({ user: expect.objectContaining({ email: alice?.email }) });
    }
  });

  it('are read from JSON and NDJSON, file by file in the order of their names', async () => {
    const made = await layered({
      'b.sessions.ndjson': [
        '{"patch":{"id":"mine","set":{"sessionStatus":"idle"}}}',
        '',
        `{"drop":"${world.idAt(0)}"}`,
        '{"id":"plain","startTime":"now-2m","duration":"0s"}',
        '{"drop":{"where":"user.native.username:*"}}',
      ].join('\n'),
      'a.sessions.json': { add: [{ id: 'mine', startTime: 'now-1m' }] },
      'ignored.json': 'not even JSON',
    });
    expect(made.at(made.find('mine'), NOON).sessionStatus).toBe('idle');
    expect(made.at(made.find('plain'), NOON)).toMatchObject({ sessionStatus: 'completed', duration: '0s' });
    expect(made.find(world.idAt(0))).toBe(-1);
    const natives = Array.from({ length: made.count(NOON) }, (_, i) => made.at(i, NOON).user?.native);
    expect(natives.filter((native) => native !== undefined)).toEqual([]);
  });

  it('replace a member as a whole when a patch names somebody', async () => {
    const id = world.idAt(5);
    const made = await layered({ 'a.sessions.json': { patch: [{ id, set: { user: '@app_rw' } }] } });
    expect(made.at(made.find(id), NOON).user).toEqual({
      type: 'native',
      username: 'app_rw',
      native: { username: 'app_rw' },
    });
  });

  it('lie over the layers of a scenario', async () => {
    await writeFile(join(folder, 'a.sessions.json'), '[{"startTime":"now-1h"}]');
    const options = { scenario: 'single', seed: 42, now: NOON, days: 1 };
    const made = await loadWorld(options, { directory: folder, document });
    expect(made.count(NOON)).toBe(2);
    expect((await loadWorld(options)).count(NOON)).toBe(1);
  });
});

it('fixtures may write times with an offset and short fractions', async () => {
  const made = await layered({
    'a.sessions.json': [{ id: 'mine', startTime: '2026-01-15T12:00:00.5+02:00', duration: '1.5s' }],
  });
  expect(made.at(made.find('mine'), NOON)).toMatchObject({
    startTime: '2026-01-15T10:00:00.500Z',
    endTime: '2026-01-15T10:00:02Z',
    duration: '1.500s',
  });
});

describe('a fixture that cannot be used', () => {
  it.each<[string, string, unknown, string]>([
    [
      'a member the document does not know',
      'a.sessions.json',
      [{ startTime: 'now', colour: 'red' }],
      '1:4: /0/colour: ',
    ],
    [
      'a wrong type',
      'a.sessions.json',
      { add: [{ startTime: 'now', resource: { name: 3 } }] },
      '1:6: /add/0/resource/name: ',
    ],
    [
      'a status nobody knows',
      'a.sessions.json',
      [{ startTime: 'now', sessionStatus: 'gone' }],
      '1:4: /0/sessionStatus: ',
    ],
    [
      'a name nobody has',
      'a.sessions.json',
      [{ startTime: 'now', user: '@nobody' }],
      '1:4: /0/user: no user of this world is named nobody',
    ],
    [
      'a resource nobody has',
      'a.sessions.json',
      [{ startTime: 'now', resource: '@moon' }],
      'no resource of this world is named moon',
    ],
    [
      'a native user as a person',
      'a.sessions.json',
      [{ startTime: 'now', user: { formal: { user: '@app_rw' } } }],
      '/0/user/formal/user: @app_rw is a native user',
    ],
    [
      'a query with a name nobody knows',
      'a.sessions.json',
      { drop: [{ where: 'resurce.name:x' }] },
      '1:3: /drop/0/where: ',
    ],
    [
      'a name given twice',
      'a.sessions.json',
      '[{"startTime":"now",\n"startTime":"now-1m"}]',
      '1:2: /: the name "startTime" is there twice',
    ],
    [
      'a time no clock shows',
      'a.sessions.json',
      [{ startTime: 'now-99999999999999999999d' }],
      '(got "now-99999999999999999999d")',
    ],
    ['a time that is none', 'a.sessions.json', [{ startTime: 'tomorrow' }], '1:3: /0/startTime: '],
    ['no start', 'a.sessions.json', [{}, {}], '1:2: /0: startTime is missing'],
    ['a member of its own', 'a.sessions.json', { added: [] }, '1:2: /added: a fixture file holds'],
    ['something else', 'a.sessions.json', '3', '1:1: /: a fixture file holds'],
    [
      'a patch without a set',
      'a.sessions.json',
      { patch: [{ id: 'x' }] },
      '/patch/0: expected an object with id or where (a query) and set',
    ],
    [
      'a drop of nothing',
      'a.sessions.json',
      { drop: [3] },
      '1:3: /drop/0: expected an id, or an object with id or where',
    ],
    [
      'a patch of what does not exist',
      'a.sessions.json',
      { patch: [{ id: 'x', set: {} }] },
      '/patch/0: there is no session "x"',
    ],
    ['broken JSON', 'a.sessions.json', '[\n  {"startTime": now}\n]', '1:2: /: expected a value'],
    ['a broken line', 'a.sessions.ndjson', '{"startTime":"now"}\n\n{"startTime":"now"', '1:3: /: expected'],
    [
      'a bad session on a line',
      'a.sessions.ndjson',
      '{"startTime":"now"}\n{"add":{"startTime":7}}',
      '1:2: /add/startTime: ',
    ],
  ])('is refused, naming file, line and pointer: %s', async (_, name, content, message) => {
    const [place = '', ...rest] = message.startsWith('1:') ? message.slice(2).split(': ') : ['', message];
    const load = layered({ [name]: content });
    await expect(load).rejects.toThrow(`${join(folder, name)}:${place}`);
    await expect(load).rejects.toThrow(rest.join(': '));
    await expect(load).rejects.toMatchObject({ code: 'ERR_FIXTURE_INVALID' });
  });

  it('is a directory without fixtures, or none at all', async () => {
    await expect(layered({ 'x.json': [] })).rejects.toThrow('holds no file named *.sessions.json');
    const options = { world, now: NOON, document };
    await expect(loadFixtures(join(folder, 'missing'), options)).rejects.toThrow('ENOENT');
  });
});
