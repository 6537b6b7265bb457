import { describe, expect, it } from 'vitest';
import { parseFixtureEntries } from '../../src/files/fixture-entries.ts';
import { createFixtureNames } from '../../src/files/fixture-names.ts';
import { loadWorld } from '../../src/files/load-world.ts';
import { packageFile } from '../../src/files/package-files.ts';
import { resolveFixture } from '../../src/files/resolve-fixture.ts';
import { compileValidator } from '../../src/openapi/compile-validator.ts';
import { loadDocument } from '../../src/openapi/load-document.ts';
import { listSessions } from '../../src/sessions/list-sessions.ts';
import type { SessionObject } from '../../src/world/session-object.ts';
import { edgeSessions, FACTORS } from '../determinism/edge-sessions.mjs';
import { fixtureWorld, NOON, readFixture } from '../determinism/fixture-world.ts';

const world = await loadWorld({ scenario: 'edge-cases', seed: 42, now: NOON, days: 30 });
const sessions = Array.from({ length: world.count(NOON) }, (_, i) => world.at(i, NOON));
const document = await loadDocument(packageFile('openapi.yaml'));

/** The values of a session for each factor of the pairs. */
function valuesOf(session: SessionObject): Readonly<Record<string, unknown>> {
  return {
    technology: session.resource?.technology,
    user: userKind(session),
    status: session.sessionStatus,
    connector: session.connector !== undefined,
    parent: session.parentSessionId !== undefined,
  };
}

function userKind({ user }: SessionObject): string {
  if (user === undefined) return 'none';
  if (user.type === 'native') return 'native';
  const { user: own, endUser } = user.formal ?? {};
  if (own?.type === 'human') return 'human';
  return endUser?.type === 'human' ? 'machine-for-human' : 'machine';
}

type Pair = readonly (readonly [factor: string, value: string | boolean])[];

function allPairs(): readonly Pair[] {
  const values = Object.entries(FACTORS).map(([factor, all]) => all.map((value) => [factor, value] as const));
  return values.flatMap((first, i) =>
    values.slice(i + 1).flatMap((second) => first.flatMap((a) => second.map((b) => [a, b]))),
  );
}

describe('edge-cases', () => {
  it('has the sessions of its generator', () => {
    expect(readFixture('layers/edge-cases.sessions.json')).toEqual(
      JSON.parse(JSON.stringify(edgeSessions())),
    );
    expect(sessions).toHaveLength(edgeSessions().length);
  });

  it('covers every pair of technology, user, status, connector and parent', () => {
    const seen = sessions.map(valuesOf);
    const isSeen = (pair: Pair): boolean =>
      seen.some((row) => pair.every(([factor, value]) => row[factor] === value));
    const pairs = allPairs();
    expect(pairs.length).toBeGreaterThan(290);
    expect(pairs.filter((pair) => !isSeen(pair))).toEqual([]);
  });

  it.each<[string, (session: SessionObject) => boolean]>([
    ['Arabic', ({ resource }) => /\p{Script=Arabic}/u.test(resource?.name ?? '')],
    ['Thai', ({ resource }) => /\p{Script=Thai}/u.test(resource?.name ?? '')],
    ['astral characters', ({ resource }) => /[\u{10000}-\u{10ffff}]/u.test(resource?.name ?? '')],
    ['combining characters', ({ resource }) => /\p{M}/u.test(resource?.name ?? '')],
    ['a newline', ({ resource }) => resource?.name?.includes('\n') ?? false],
    ['a formula', ({ resource }) => resource?.name?.startsWith('=cmd') ?? false],
    ['HTML', ({ resource }) => resource?.name?.includes('<script>') ?? false],
    ['a + in an e-mail', ({ user }) => user?.formal?.user?.email === 'a+b@tidewater.example'],
    ['no groups', ({ user }) => user?.formal?.user !== undefined && user.formal.user.groups === undefined],
    ['200 groups', ({ user }) => user?.formal?.user?.groups?.length === 200],
    ['a name of 10 kB', ({ user }) => (user?.formal?.user?.name?.length ?? 0) >= 10_240],
    ['an IPv4 address in IPv6', ({ network }) => network?.clientIpAddress === '::ffff:192.0.2.128'],
    ['a duration of 0 s', ({ duration }) => duration === '0s'],
    ['a duration of 1 ms', ({ duration }) => duration === '0.001s'],
    ['a duration of 30 days', ({ duration }) => duration === '2592000s'],
    ['a start on a whole second', ({ startTime }) => !(startTime ?? '').includes('.')],
    ['neither user nor resource', ({ user, resource }) => user === undefined && resource === undefined],
    [
      'a user without a name',
      ({ user }) => user?.formal?.user !== undefined && user.formal.user.name === undefined,
    ],
    [
      'nothing but its times',
      (session) => Object.keys(session).join() === 'id,startTime,endTime,duration,sessionStatus',
    ],
  ])('has a session with %s', (_, has) => {
    expect(sessions.some(has)).toBe(true);
  });

  it('fits the document, and writes the JSON that JSON.stringify writes', () => {
    const validate = compileValidator(document, '#/components/schemas/SessionObject', { mode: 'closed' });
    for (const [index, session] of sessions.entries()) {
      expect(validate(session)).toEqual([]);
      expect(world.json(index, NOON)).toBe(JSON.stringify(session));
      expect(world.find(session.id ?? '')).toBe(index);
    }
  });

  it('has parents that start earlier, have the same user and contain their children', () => {
    const children = sessions.filter(({ parentSessionId }) => parentSessionId !== undefined);
    expect(children.length).toBeGreaterThan(50);
    for (const child of children) {
      const parent = world.at(world.find(child.parentSessionId ?? ''), NOON);
      expect(Date.parse(parent.startTime ?? '')).toBeLessThan(Date.parse(child.startTime ?? ''));
      expect(parent.sessionStatus).toBe('active');
    }
  });

  it('walks ties of one millisecond page by page, each session once', () => {
    const ids: string[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const page = listSessions({ limit: 3, cursor }, world, { now: NOON });
      ids.push(...page.indices.map((index) => world.idAt(index)));
      cursor = page.listMetadata.nextCursor;
    }
    expect(ids).toEqual(sessions.map(({ id }) => id).reverse());
    expect(ids.filter((id) => id.length < 10)).toEqual(['é', '~', 'session_', 'a', 'Z', '0']);
  });

  it('is the same under another seed, and whatever the time of day', async () => {
    const other = await loadWorld({ scenario: 'edge-cases', seed: 7, now: NOON + 3_600_000, days: 5 });
    expect(Array.from({ length: other.count(NOON) }, (_, i) => other.json(i, NOON))).toEqual(
      sessions.map((_, i) => world.json(i, NOON)),
    );
  });
});

describe('single', () => {
  it('is one session, at any time and of any seed', async () => {
    for (const [seed, now] of [
      [42, NOON],
      ['x', NOON + 777_777_777],
    ] as const) {
      const single = await loadWorld({ scenario: 'single', seed, now, days: 1 });
      expect(single.count(now)).toBe(1);
      const page = listSessions({ limit: 1 }, single, { now });
      expect(page.listMetadata.count).toBe(1);
      expect(page.listMetadata.nextCursor).toBeUndefined();
      expect(single.at(0, now).resource?.name).toBe('bastion');
    }
  });
});

it.each(['single', 'edge-cases'])('the layer of %s fits the document as every fixture must', (name) => {
  const validate = compileValidator(document, '#/components/schemas/SessionObject', { mode: 'closed' });
  const meaning = { names: createFixtureNames(fixtureWorld({ scenario: name })), now: NOON, validate };
  const entries = parseFixtureEntries(
    `${name}.sessions.json`,
    JSON.stringify(readFixture(`layers/${name}.sessions.json`)),
  );
  expect(entries.length).toBeGreaterThan(0);
  for (const entry of entries) expect(resolveFixture(entry, meaning).kind).toBe('add');
});
