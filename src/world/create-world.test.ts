import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixtureWorld, NOON, readDirectory, readScenario } from '../../test/determinism/fixture-world.ts';
import { createWorld } from './create-world.ts';
import { CODE_COLUMNS, type World } from './world.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

function idsOf(world: World, until: number): readonly string[] {
  return Array.from({ length: world.count(until) }, (_, i) => world.idAt(i));
}

describe('a world', () => {
  const world = fixtureWorld({ scenario: 'scaleup', days: 9 });
  const size = world.count(NOON);
  const anyIndex = fc.integer({ min: 0, max: size - 1 });

  it('starts its sessions in order of start and id, inside the window', () => {
    let [start, id] = [world.from, ''];
    for (let i = 0; i < size; i++) {
      const [nextStart, nextId] = [world.startAt(i), world.idAt(i)];
      if (nextStart < start || (nextStart === start && nextId <= id))
        expect([nextStart, nextId]).toBe([start, id]);
      [start, id] = [nextStart, nextId];
    }
    expect(start).toBeLessThanOrEqual(NOON);
    expect(size).toBeGreaterThan(90_000);
  });

  it('holds several sessions in one millisecond', () => {
    let ties = 0;
    for (let i = 1; i < size; i++) if (world.startAt(i) === world.startAt(i - 1)) ties++;
    expect(ties).toBeGreaterThan(5);
  });

  it('writes the JSON that JSON.stringify writes', () => {
    fc.assert(
      fc.property(anyIndex, fc.integer({ min: -3 * DAY, max: 3 * DAY }), (index, shift) => {
        expect(world.json(index, NOON + shift)).toBe(JSON.stringify(world.at(index, NOON + shift)));
      }),
      { numRuns: 3000 },
    );
  });

  it('finds every session by its id and none by a foreign one', () => {
    const other = fixtureWorld({ scenario: 'scaleup', days: 9, seed: 43 });
    fc.assert(
      fc.property(anyIndex, (index) => {
        expect(world.find(world.idAt(index))).toBe(index);
        expect(world.find(other.idAt(index % other.count(NOON)))).toBe(-1);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    '',
    'session_',
    'session_01kf0r9qr7ejs9045s3mpjg35',
    'session_7zzzzzzzzzzzzzzzzzzzzzzzzz',
    'session_00000000000000000000000000',
    'user_01kf0r9qr7ejs9045s3mpjg35y',
    `session_${'é'.repeat(26)}`,
    'x'.repeat(100_000),
  ])('finds nothing under %.40j', (id) => {
    expect(world.find(id)).toBe(-1);
  });

  it('does not find what lies before the lower edge', () => {
    const longer = fixtureWorld({ scenario: 'scaleup', days: 10 });
    const hidden = longer.indexAt(world.from);
    for (let i = Math.max(0, hidden - 500); i < hidden; i++) expect(world.find(longer.idAt(i))).toBe(-1);
    expect(world.find(longer.idAt(hidden))).toBe(0);
  });

  it('agrees on numbers: count, indexAt and startAt', () => {
    fc.assert(
      fc.property(fc.integer({ min: world.from - DAY, max: NOON + DAY }), (time) => {
        const index = world.indexAt(time);
        if (index > 0) expect(world.startAt(index - 1)).toBeLessThan(time);
        if (time >= world.from) expect(world.startAt(index)).toBeGreaterThanOrEqual(time);
        expect(world.count(time - 1)).toBe(index);
      }),
      { numRuns: 1000 },
    );
  });

  it('cuts the lower edge exactly, wherever in a bucket it lies', () => {
    for (let minute = 0; minute < 60; minute += 7) {
      const cut = fixtureWorld({ scenario: 'scaleup', days: 1, now: NOON + minute * 61_013 });
      expect(cut.startAt(0)).toBeGreaterThanOrEqual(cut.from);
      const before = world.indexAt(cut.from);
      expect(world.idAt(before)).toBe(cut.idAt(0));
      expect(world.startAt(before - 1)).toBeLessThan(cut.from);
    }
  });

  it('shows the same sessions whatever its lower edge and its instant of creation', () => {
    const later = fixtureWorld({ scenario: 'scaleup', days: 8, now: NOON + 5 * HOUR + 1234 });
    const shift = world.indexAt(later.from);
    for (let i = 0; i < 40_000; i += 13) expect(later.json(i, NOON)).toBe(world.json(shift + i, NOON));
  });

  it('gives the same answers in any order of calls', () => {
    const fresh = fixtureWorld({ scenario: 'scaleup', days: 9 });
    const indices = Array.from({ length: 400 }, (_, i) => (i * 7919 + 13) % size);
    const backwards = indices.toReversed().map((index) => fresh.json(index, NOON));
    expect(backwards.toReversed()).toEqual(indices.map((index) => world.json(index, NOON)));
    expect(fresh.count(NOON)).toBe(size);
  });

  it('refuses indices below 0 and beyond its horizon', () => {
    expect(() => world.at(-1, NOON)).toThrow(RangeError);
    expect(() => world.json(Number.NaN, NOON)).toThrow(RangeError);
    const empty = fixtureWorld({ scenario: 'empty' });
    expect(() => empty.at(0, NOON)).toThrow(RangeError);
    expect(() => [...world.scan({ low: -5, high: 5, descending: false })]).toThrow(RangeError);
  });

  it('counts nothing before its lower edge and ends at its horizon', () => {
    const small = fixtureWorld();
    expect(small.count(small.from - 1)).toBe(0);
    expect(small.count(0)).toBe(0);
    expect(small.count(8.64e15)).toBe(small.count(NOON + 3650 * DAY + DAY));
  });

  it('keeps two worlds of one process apart', () => {
    const expected = world.json(1000, NOON);
    const other = fixtureWorld({ scenario: 'scaleup', days: 9, seed: 'other' });
    other.count(NOON);
    expect(other.json(1000, NOON)).not.toBe(expected);
    expect(world.json(1000, NOON)).toBe(expected);
    expect(() => Object.assign(world.at(1000, NOON).resource ?? {}, { name: 'changed' })).toThrow(TypeError);
  });
});

describe('seeds', () => {
  it('make different worlds, of integers and of text', () => {
    const firsts = [1, 2, 'a', 'b', '-1'].map((seed) => fixtureWorld({ seed, days: 2 }).idAt(0));
    expect(new Set(firsts).size).toBe(5);
    expect(fixtureWorld({ seed: '1', days: 2 }).idAt(0)).toBe(firsts[0]);
  });

  it('belong to a scenario and its data version', () => {
    const scenario = { ...readScenario('startup'), dataVersion: 2 };
    const directory = { ...readDirectory('startup'), dataVersion: 2 };
    const next = createWorld({ scenario, directory, seed: 42, now: NOON });
    expect(next.find(fixtureWorld().idAt(0))).toBe(-1);
    expect(() => createWorld({ scenario, directory: readDirectory('startup'), seed: 42, now: NOON })).toThrow(
      'scenario startup: the directory is of startup, data version 1',
    );
  });
});

describe('a scenario that cannot be', () => {
  const flow = { name: 'odd', kind: 'bi', perDay: 1, shape: 'flat', technologies: ['ssh'] } as const;

  it.each([
    [{ flows: [{ ...flow, by: { machines: ['nobody'] } }] }, 'odd: nobody is not in the directory'],
    [{ flows: [{ ...flow, by: { roles: ['pilot'] } }] }, 'odd: nobody has a role of pilot'],
    [{ flows: [{ ...flow, by: { machines: ['metabase'] } }] }, 'odd: nothing of ssh is in reach'],
    [{ scale: 1e9 }, 'shorten bucketMinutes'],
  ])('is refused with its reason: %j', (change, reason) => {
    expect(() => fixtureWorld({ change })).toThrow(reason);
  });
});

describe('a moving now', () => {
  const world = fixtureWorld({ scenario: 'scaleup', days: 4 });

  it('only reveals sessions, and closes open ones', () => {
    const later = NOON + HOUR;
    const size = world.count(NOON);
    let closed = 0;
    for (let i = 0; i < size; i++) {
      const [before, after] = [world.json(i, NOON), world.json(i, later)];
      if (before === after) continue;
      const { endTime, duration, sessionStatus, ...rest } = world.at(i, later);
      const { sessionStatus: open, ...restBefore } = world.at(i, NOON);
      expect([sessionStatus, rest]).toEqual(['completed', restBefore]);
      expect(['active', 'idle']).toContain(open);
      expect(Date.parse(endTime ?? '')).toBeGreaterThan(NOON);
      expect(duration).toBeDefined();
      closed++;
    }
    expect(closed).toBeGreaterThan(20);
    expect(world.count(later)).toBeGreaterThan(size + 100);
    expect(world.startAt(size)).toBeGreaterThan(NOON);
  });
});

describe('count', () => {
  it.each([1, 2, 77, 5000])('shows exactly the newest %d', (count) => {
    const counted = fixtureWorld({ count });
    const whole = fixtureWorld();
    expect(counted.count(NOON)).toBe(count);
    expect(idsOf(counted, NOON)).toEqual(idsOf(whole, NOON).slice(-count));
    expect(counted.startAt(0)).toBe(counted.from);
  });

  it('shows fewer when ten years hold fewer', () => {
    expect(fixtureWorld({ scenario: 'empty', count: 10 }).count(NOON)).toBe(0);
  });
});

describe('the empty scenario', () => {
  it('has a directory but no session, ever', () => {
    const empty = fixtureWorld({ scenario: 'empty' });
    expect([empty.count(NOON), empty.indexAt(NOON), empty.count(NOON + 100 * DAY)]).toEqual([0, 0, 0]);
    expect([...empty.scan({ low: 0, high: 0, descending: true })]).toEqual([]);
    expect(empty.dictionary('user').length).toBeGreaterThan(10);
  });
});

describe('ten years of a world', () => {
  it('are numbered without gaps', () => {
    const world = fixtureWorld({ days: 3650 });
    const size = world.count(NOON);
    expect(size).toBeGreaterThan(1_300_000);
    for (let i = 0; i < size; i += 99_991) expect(world.find(world.idAt(i))).toBe(i);
  });
});

describe('UUIDv4 ids', () => {
  const world = fixtureWorld({ change: { idFormat: 'v4' }, days: 5 });

  it('are found too and sort within a millisecond', () => {
    const ids = idsOf(world, NOON);
    for (const [i, id] of ids.entries()) expect(world.find(id)).toBe(i);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

it.each(CODE_COLUMNS)('has an absent entry and only distinct values in the dictionary of %s', (column) => {
  const entries = fixtureWorld().dictionary(column);
  expect(entries[0]).toEqual({});
  expect(new Set(entries.map((entry) => JSON.stringify(entry))).size).toBe(entries.length);
  expect(fixtureWorld().dictionary(column)).toEqual(entries);
});
