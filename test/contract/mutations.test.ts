import { expect, test } from 'vitest';
import type { Exchange } from '../../src/contract/exchange.ts';
import { judgeTraffic } from '../../src/contract/judge-traffic.ts';
import { readJson } from '../../src/contract/read-json.ts';
import { packagedDocument } from '../../src/contract/run.ts';
import { loadDocument } from '../../src/openapi/load-document.ts';
import { createSessions } from './servers/data.ts';

const document = await loadDocument(packagedDocument());
const ended = createSessions(40).filter(
  ({ endTime, user, connector }) => endTime !== undefined && user !== undefined && connector !== undefined,
);
const [first, second] = ended.filter((session) => JSON.stringify(session.user).includes('formal'));

const PAGE = {
  sessions: [
    { ...first, sidecar: { id: 's1', name: 'side', technology: 'ssh' }, parentSessionId: second?.id },
    second,
  ],
  listMetadata: { after: second?.id, before: first?.id, count: 2, nextCursor: 'abc' },
};

type Path = readonly (string | number)[];
type Mutation = (parent: Record<string | number, unknown>, key: string | number) => void;

/** Ways to damage one member. */
const MUTATIONS: Readonly<Record<string, Mutation>> = {
  null: (parent, key) => {
    parent[key] = null;
  },
  empty: (parent, key) => {
    const value = parent[key];
    parent[key] =
      typeof value === 'string' ? '' : typeof value === 'number' ? 0 : Array.isArray(value) ? [] : {};
  },
  'wrong type': (parent, key) => {
    const value = parent[key];
    parent[key] = typeof value === 'string' ? 7 : typeof value === 'number' ? String(value) : 'text';
  },
  'wrong case of the name': (parent, key) => {
    const value = parent[key];
    delete parent[key];
    parent[String(key).replace(/^./, (letter) => letter.toUpperCase())] = value;
  },
  'snake_case name': (parent, key) => {
    const value = parent[key];
    delete parent[key];
    parent[`${String(key).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}_`] = value;
  },
  'one level too deep': (parent, key) => {
    parent[key] = [parent[key]];
  },
};

/** Damages that leave a page any honest server could send. */
const ACCEPTED_SURVIVORS = new Set([
  // A message that is set and empty is legal.
  ...[
    'listMetadata',
    'sessions/0/network',
    'sessions/0/sidecar',
    'sessions/0/user',
    'sessions/0/user/formal',
    'sessions/0/user/formal/user',
    'sessions/0/user/formal/endUser',
    'sessions/0/resource',
    'sessions/0/connector',
  ].map((path) => `${path} empty`),
]);

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (Array.isArray(value)) return value.length === 0 ? [] : pathsOf(value[0], [...path, 0]);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [[...path, key], ...pathsOf(item, [...path, key])]);
}

function mutated(path: Path, mutate: Mutation): unknown {
  const copy: unknown = JSON.parse(JSON.stringify(PAGE));
  // The path was taken from this very value, so every step is there.
  const parent = path
    .slice(0, -1)
    .reduce((at, key) => (at as Record<string | number, unknown>)[key], copy) as Record<
    string | number,
    unknown
  >;
  mutate(parent, path.at(-1) ?? '');
  return copy;
}

function problems(page: unknown): readonly string[] {
  const body = Buffer.from(JSON.stringify(page));
  const headers = { 'content-type': 'application/json' };
  const exchange: Exchange = {
    probe: 'page/first',
    index: 0,
    request: { method: 'POST', path: '', headers: [], body: Buffer.from('{"limit":50}') },
    answer: { status: 200, rawHeaders: [], headers, wireBody: body, body, json: readJson(body) },
    elapsedMs: 1,
  };
  return judgeTraffic([exchange], { document, audience: 'mock' })
    .filter(({ status }) => !['pass', 'skip', 'info'].includes(status))
    .map(({ id }) => id);
}

test('the undamaged page is right and has every documented field', () => {
  expect(problems(PAGE)).toEqual([]);
  expect(pathsOf(PAGE).length).toBeGreaterThan(40);
});

test.for(Object.entries(MUTATIONS))('%s: damage to any member of a page is found', ([name, mutate]) => {
  const survivors = pathsOf(PAGE)
    .filter((path) => problems(mutated(path, mutate)).length === 0)
    .map((path) => `${path.join('/')} ${name}`);
  expect(survivors.filter((survivor) => !ACCEPTED_SURVIVORS.has(survivor))).toEqual([]);
});

test.each([
  ['startTime', 'invariants/'],
  ['endTime', 'invariants/'],
])('%s shifted by a second is found', (name, area) => {
  const copy = JSON.parse(JSON.stringify(PAGE)) as { sessions: Record<string, string>[] };
  const [session] = copy.sessions;
  if (session === undefined) throw new Error('no session');
  session[name] = new Date(Date.parse(session[name] ?? '') + 1000).toISOString().replace('.000Z', 'Z');
  expect(problems(copy).some((id) => id.startsWith(area))).toBe(true);
});

test('a session twice on a page is found', () => {
  expect(problems({ ...PAGE, sessions: [PAGE.sessions[0], PAGE.sessions[0]] })).toContain('invariants/ids');
});
