import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixtureWorld, NOON } from '../../test/determinism/fixture-world.ts';
import { compileSessionQuery } from '../query/compile-session-query.ts';
import type { SessionObject } from '../world/session-object.ts';
import { CODE_COLUMNS, type World, type WorldBlock } from '../world/world.ts';
import type { FixtureOperation, FixtureTarget, SessionPatch } from './fixtures.ts';
import { layerFixtures } from './layer-fixtures.ts';
import { listSessions } from './list-sessions.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
const SOURCE = { file: 'test.sessions.json', line: 1, pointer: '' };
const base = fixtureWorld({ days: 1 });
const size = base.count(NOON);
const iso = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');

/** A session as the naive model keeps it. */
interface Plain {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly quiet: boolean;
  readonly rest: Readonly<Record<string, unknown>>;
}

const QUERIES = [
  'resource.technology:postgres',
  'user.username:*alice* OR session_status:active',
  'NOT session_status:completed',
  'network.client_ip_address:[10.0.0.0 TO 10.255.255.255]',
  'duration:>60',
  `start_time:[${iso(NOON - 3 * 60 * MINUTE)} TO ${iso(NOON - 60 * MINUTE)}}`,
  'parent_session_id:*',
  'resource.name:odd OR connector.name:production*',
  'user.formal.end_user.name:Alice',
] as const;

const parts = fc.constantFrom<SessionPatch>(
  { network: { clientIpAddress: '10.9.9.9' } },
  { network: null },
  { resource: { name: 'odd', technology: 'postgres' } },
  { resource: null, connector: { name: 'production-mine' } },
  { user: { type: 'native', username: 'alice', native: { username: 'alice' }, formal: null } },
  { user: { formal: { endUser: { name: 'Alice', groups: ['a', 'b'] } } } },
  { sidecar: { name: 'side' }, user: { formal: { user: { groups: [] } } } },
  { parentSessionId: 'nowhere' },
  { parentSessionId: base.idAt(10) },
  { parentSessionId: null },
);
const moments = fc.oneof(
  fc.integer({ min: base.from - DAY, max: NOON + DAY }),
  fc.integer({ min: 0, max: size - 1 }).map((index) => base.startAt(index)),
);
const times = fc.oneof(
  moments.map((start): SessionPatch => ({ startTime: iso(start) })),
  fc.integer({ min: 0, max: 3 * DAY }).map((ms): SessionPatch => ({ duration: `${ms / 1000}s` })),
  fc.constantFrom<SessionPatch>(
    { endTime: null },
    { sessionStatus: 'idle' },
    { sessionStatus: 'active' },
    {},
  ),
);
const patches = fc.tuple(times, parts).map(([time, part]): SessionPatch => ({ ...time, ...part }));
const names = fc.constantFrom('a', 'b', 'session_', '~', 'z\u00e9', base.idAt(7).slice(0, -1), base.idAt(8));
const adds = fc.tuple(moments, patches, fc.option(names, { nil: undefined }));
const targets = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .integer({ min: 0, max: size - 1 })
      .map((index): FixtureTarget => ({ id: base.idAt(index) })),
  },
  { weight: 2, arbitrary: names.map((id): FixtureTarget => ({ id })) },
  { weight: 1, arbitrary: fc.constantFrom(...QUERIES).map((where): FixtureTarget => ({ where })) },
);
const steps = fc.array(
  fc.oneof(
    adds.map(([start, patch, id]) => ({ kind: 'add', start, patch, id }) as const),
    fc.tuple(targets, patches).map(([target, set]) => ({ kind: 'patch', target, set }) as const),
    targets.map((target) => ({ kind: 'drop', target }) as const),
  ),
  { maxLength: 14 },
);
type Step = (typeof steps extends fc.Arbitrary<infer T extends readonly unknown[]> ? T : never)[number];

function merge(value: unknown, change: unknown): unknown {
  if (typeof change !== 'object' || change === null || Array.isArray(change)) return change;
  const old = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
  const all: Record<string, unknown> = { ...old };
  for (const [name, part] of Object.entries(change)) all[name] = merge(all[name], part);
  return Object.fromEntries(Object.entries(all).filter(([, part]) => part !== null && !isEmptyList(part)));
}

function isEmptyList(part: unknown): boolean {
  return Array.isArray(part) && part.length === 0;
}

function changed(row: Plain, set: SessionPatch): Plain {
  const { startTime, endTime, duration, sessionStatus, ...rest } = set;
  const start = startTime === undefined ? row.start : Date.parse(String(startTime));
  let end = start + (row.end - row.start);
  if (duration !== undefined) end = start + Math.round(Number.parseFloat(String(duration)) * 1000);
  if (endTime === null) end = Number.POSITIVE_INFINITY;
  if (sessionStatus !== undefined && end <= NOON) end = Number.POSITIVE_INFINITY;
  const quiet = sessionStatus === undefined ? row.quiet : sessionStatus === 'idle';
  // The model's members are plain JSON.
  return { id: row.id, start, end, quiet, rest: merge(row.rest, rest) as Plain['rest'] };
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms % 1000 === 0 ? 0 : 3)}s`;
}

function seen({ id, start, end, quiet, rest }: Plain, now: number): SessionObject {
  const closed = end <= now ? { endTime: iso(end), duration: seconds(end - start) } : {};
  const status = end <= now ? 'completed' : quiet ? 'idle' : 'active';
  return { id, startTime: iso(start), ...closed, sessionStatus: status, ...rest };
}

function plainOf(index: number): Plain {
  const { id = '', startTime, endTime, duration, sessionStatus, ...rest } = base.at(index, NOON);
  const [block] = base.scan({ low: index, high: index + 1, descending: false });
  return { id, start: base.startAt(index), end: block?.end[0] ?? 0, quiet: block?.quiet[0] === 1, rest };
}

/** The first day and a half of the base world; later sessions are not looked at. */
const plainBase = Array.from({ length: base.count(NOON + DAY) }, (_, index) => plainOf(index));

interface Model {
  readonly rows: readonly Plain[];
  readonly operations: readonly FixtureOperation[];
}

/** Does the steps that are legal in the simplest way there is, and gives them as operations. */
function modelOf(given: readonly Step[]): Model {
  let rows: readonly Plain[] = plainBase;
  const operations: FixtureOperation[] = [];
  const find = (target: FixtureTarget): readonly Plain[] => {
    if ('id' in target) return rows.filter(({ id }) => id === target.id);
    const { matches } = compileSessionQuery(target.where, { now: NOON });
    return rows.filter((row) => row.start <= NOON && matches(seen(row, NOON)));
  };
  given.forEach((step, number) => {
    if (step.kind === 'add') {
      const id = step.id ?? `made-${number}`;
      if (rows.some((row) => row.id === id)) return;
      const set = { ...step.patch, startTime: iso(step.start) };
      const made = { id, start: 0, end: Number.POSITIVE_INFINITY, quiet: false, rest: {} };
      rows = [...rows, changed(made, set)];
      operations.push({ kind: 'add', session: { id, ...set }, source: SOURCE });
      return;
    }
    const found = new Set(find(step.target));
    if ('id' in step.target && found.size === 0) return;
    operations.push({ ...step, source: SOURCE });
    rows =
      step.kind === 'drop'
        ? rows.filter((row) => !found.has(row))
        : rows.map((row) => (found.has(row) ? changed(row, step.set) : row));
  });
  const sorted = [...rows].sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
  return { rows: sorted, operations };
}

function expectColumns(world: World, rows: readonly Plain[], low: number, high: number): void {
  const up = [...world.scan({ low, high, descending: false })];
  const down = [...world.scan({ low, high, descending: true })];
  for (const blocks of [up, down.toReversed()]) {
    let next = low;
    for (const block of blocks) {
      expect(block.first).toBe(next);
      next += block.length;
      for (let k = 0; k < block.length; k++) expectRow(world, block, k, rows[block.first + k]);
    }
    expect(next).toBe(high);
  }
}

function expectRow(world: World, block: WorldBlock, k: number, row: Plain | undefined): void {
  expect([block.start[k], block.end[k], block.quiet[k] === 1]).toEqual([row?.start, row?.end, row?.quiet]);
  const parent = block.parent[k] ?? -1;
  const { parentSessionId, ...rest } = row?.rest ?? {};
  expect(parent === -1 ? undefined : world.idAt(parent)).toBe(parentSessionId);
  const entries = CODE_COLUMNS.map((column) => world.dictionary(column)[block.codes(column)[k] ?? 0]);
  expect(entries.reduce<unknown>(merge, {})).toEqual(rest);
}

describe('a world under random fixtures', () => {
  const budget = { numRuns: 60, seed: 4 };

  it('numbers, finds and shows sessions like a sorted list', () => {
    fc.assert(
      fc.property(steps, fc.array(moments, { minLength: 5, maxLength: 5 }), (given, instants) => {
        const { rows, operations } = modelOf(given);
        const world = layerFixtures(base, { operations, now: NOON });
        for (const time of instants.filter((instant) => instant < NOON + DAY)) {
          expect(world.count(time)).toBe(rows.filter(({ start }) => start <= time).length);
          expect(world.indexAt(time)).toBe(rows.filter(({ start }) => start < time).length);
        }
        const shown = rows.filter(({ start }) => start <= NOON);
        expect(world.count(NOON)).toBe(shown.length);
        shown.forEach((row, index) => {
          const now = NOON + (index % 3) * 60 * MINUTE;
          const session = world.at(index, now);
          expect(session).toEqual(seen(row, now));
          expect(world.json(index, now)).toBe(JSON.stringify(session));
          expect([world.idAt(index), world.startAt(index), world.find(row.id)]).toEqual([
            row.id,
            row.start,
            index,
          ]);
        });
        const known = new Set(rows.map(({ id }) => id));
        for (const { id } of plainBase) if (!known.has(id)) expect(world.find(id)).toBe(-1);
        expect(world.from).toBeLessThanOrEqual(shown[0]?.start ?? base.from);
      }),
      budget,
    );
  });

  it('scans them as columns, in both directions, from anywhere to anywhere', () => {
    fc.assert(
      fc.property(steps, fc.nat(), fc.nat(), (given, a, b) => {
        const { rows, operations } = modelOf(given);
        const world = layerFixtures(base, { operations, now: NOON });
        const length = world.count(NOON);
        const [low = 0, high = 0] = [a % (length + 1), b % (length + 1)].sort((x, y) => x - y);
        expectColumns(world, rows, low, high);
      }),
      { ...budget, numRuns: 25 },
    );
  });

  it('lists what a filter of the sorted list finds, page by page', () => {
    fc.assert(
      fc.property(
        steps,
        fc.constantFrom(...QUERIES),
        fc.integer({ min: 1, max: 60 }),
        (given, query, limit) => {
          const { rows, operations } = modelOf(given);
          const world = layerFixtures(base, { operations, now: NOON });
          const { matches } = compileSessionQuery(query, { now: NOON });
          const expected = rows
            .filter((row) => row.start <= NOON && matches(seen(row, NOON)))
            .map(({ id }) => id)
            .reverse();
          const listed: string[] = [];
          for (let cursor: string | undefined = ''; cursor !== undefined; ) {
            const page = listSessions({ limit, query, cursor }, world, { now: NOON });
            listed.push(...page.indices.map((index) => world.idAt(index)));
            cursor = page.listMetadata.nextCursor;
          }
          expect(listed).toEqual(expected);
        },
      ),
      { ...budget, numRuns: 100 },
    );
  });
});

describe('layers', () => {
  const add = (session: SessionObject): FixtureOperation => ({ kind: 'add', session, source: SOURCE });
  const startTime = iso(NOON - MINUTE);
  const layered = layerFixtures(base, { operations: [add({ startTime })], now: NOON });

  it('are the world itself when they change nothing', () => {
    expect(layerFixtures(base, { operations: [], now: NOON })).toBe(base);
  });

  it('have an identity that names what they change, so that cursors of others are foreign', () => {
    const same = layerFixtures(base, { operations: [add({ startTime })], now: NOON });
    const other = layerFixtures(base, { operations: [add({ startTime, sessionStatus: 'idle' })], now: NOON });
    expect(same.identity).toBe(layered.identity);
    expect(new Set([base.identity, layered.identity, other.identity]).size).toBe(3);
    const { nextCursor = '' } = listSessions({ limit: 1 }, base, { now: NOON }).listMetadata;
    expect(() => listSessions({ limit: 1, cursor: nextCursor }, layered, { now: NOON })).toThrow(
      'cursor: not one',
    );
  });

  it('lie on layers', () => {
    const twice = layerFixtures(layered, {
      operations: [
        {
          kind: 'patch',
          target: { id: layered.idAt(layered.count(NOON) - 1) },
          set: { sidecar: { name: 'top' } },
          source: SOURCE,
        },
      ],
      now: NOON,
    });
    expect(twice.count(NOON)).toBe(size + 1);
    expect(twice.at(size, NOON)).toMatchObject({ startTime, sidecar: { name: 'top' } });
  });

  it('give a session without an id one whose time is its start, and equal sessions different ones', () => {
    const world = layerFixtures(base, { operations: [add({ startTime }), add({ startTime })], now: NOON });
    const [first, second] = [world.idAt(size), world.idAt(size + 1)];
    expect(first).toMatch(/^session_[0-7][0-9a-hjkmnp-tv-z]{25}$/);
    expect(first.slice(0, 18)).toBe(second.slice(0, 18));
    expect(first < second).toBe(true);
    expect(layered.find(first) >= 0 || layered.find(second) >= 0).toBe(true);
  });

  it('keep dictionaries the same array every time, with the numbers of the world below', () => {
    for (const column of CODE_COLUMNS) {
      expect(layered.dictionary(column)).toBe(layered.dictionary(column));
      expect(layered.dictionary(column).slice(0, base.dictionary(column).length)).toEqual(
        base.dictionary(column),
      );
    }
  });

  it.each([
    [{}, 'startTime is missing'],
    [{ startTime, id: base.idAt(3) }, '/id: a session "'],
    [{ startTime: 'soon' }, '/startTime: startTime must be an instant in whole milliseconds'],
    [{ startTime: '2026-01-15T11:00:00.000001Z' }, '/startTime: startTime must be'],
    [{ startTime, endTime: iso(NOON - 2 * MINUTE) }, '/endTime: endTime is before startTime'],
    [
      { startTime, endTime: iso(NOON), duration: '61s' },
      '/duration: duration is 61s, but endTime is 60s after',
    ],
    [{ startTime, duration: '-1s' }, '/duration: duration must be 0s or more'],
    [
      { startTime, sessionStatus: 'completed' },
      '/sessionStatus: sessionStatus is completed, but by its times',
    ],
    [{ startTime, duration: '1s', sessionStatus: 'idle' }, 'but by its times the session is completed'],
  ])('refuse to add %j', (session, message) => {
    expect(() => layerFixtures(base, { operations: [add(session)], now: NOON })).toThrow(message);
  });

  it.each([
    [{ kind: 'drop', target: { id: 'nobody' } }, 'there is no session "nobody"'],
    [{ kind: 'drop', target: { where: 'user:[' } }, '/where: '],
    [
      { kind: 'patch', target: { id: base.idAt(0) }, set: { id: 'x' } },
      '/id: the id of a session cannot be changed',
    ],
  ] as const)('refuse %j', (operation, message) => {
    const source = { file: 'x.sessions.json', line: 12, pointer: '/drop/0' };
    const layer = () => layerFixtures(base, { operations: [{ ...operation, source }], now: NOON });
    expect(layer).toThrow(`x.sessions.json:12: /drop/0`);
    expect(layer).toThrow(message);
  });
});
