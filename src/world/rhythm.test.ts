import { describe, expect, it } from 'vitest';
import { fixtureWorld, NOON, readScenario } from '../../test/determinism/fixture-world.ts';
import type { SessionObject } from './session-object.ts';
import type { World } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function between(world: World, from: number, until: number): number {
  return world.indexAt(until) - world.indexAt(from);
}

/** Sessions of each user name, most first. */
function usersOf(world: World): readonly number[] {
  const sessions = new Map<string, number>();
  for (let i = 0; i < world.count(NOON); i++) {
    const { user } = world.at(i, NOON);
    if (user?.formal?.user?.type !== 'human') continue;
    const name = user.username ?? '';
    sessions.set(name, (sessions.get(name) ?? 0) + 1);
  }
  return [...sessions.values()].sort((a, b) => b - a);
}

describe('the rhythm of startup', () => {
  const world = fixtureWorld();

  it('is about 400 sessions a day', () => {
    expect(world.count(NOON)).toBeGreaterThan(11_000);
    expect(world.count(NOON)).toBeLessThan(13_500);
  });

  it('shows weekends', () => {
    const saturday = Date.parse('2026-01-10T00:00:00Z');
    const weekend = between(world, saturday, saturday + 2 * DAY) / 2;
    const week = between(world, saturday + 2 * DAY, saturday + 5 * DAY) / 3;
    expect(week).toBeGreaterThan(2.5 * weekend);
  });

  it('shows nights', () => {
    const wednesday = Date.parse('2026-01-14T00:00:00Z');
    const night = between(world, wednesday + 2 * HOUR, wednesday + 6 * HOUR);
    const day = between(world, wednesday + 15 * HOUR, wednesday + 19 * HOUR);
    expect(day).toBeGreaterThan(3 * night);
  });
});

it('scaleup has about 12 000 sessions a day', () => {
  const world = fixtureWorld({ scenario: 'scaleup' });
  expect(world.count(NOON)).toBeGreaterThan(340_000);
  expect(world.count(NOON)).toBeLessThan(390_000);
});

it('stress has about 10^8 sessions in 90 days', () => {
  const world = fixtureWorld({ scenario: 'stress', days: 90 });
  expect(world.count(NOON)).toBeGreaterThan(9e7);
  expect(world.count(NOON)).toBeLessThan(1.1e8);
});

describe('daylight saving', () => {
  it('moves the working day of a zone by an hour of UTC', () => {
    const [zone] = readScenario('startup').zones;
    const zones = zone === undefined ? [] : [zone, ...readScenario('startup').zones.slice(1)];
    const flows = readScenario('startup').flows.filter(({ name }) => name === 'shells');
    const change = { zones, flows: flows.map((flow) => ({ ...flow, perDay: 20_000 })), crons: [] };
    const now = Date.parse('2026-03-14T00:00:00Z');
    const world = fixtureWorld({ change, now, days: 14 });
    // New York starts to work at 08:00: 13:00 UTC in winter, 12:00 UTC from 8 March on.
    const before = Date.parse('2026-03-05T12:00:00Z');
    const after = Date.parse('2026-03-12T12:00:00Z');
    expect(between(world, after, after + HOUR)).toBeGreaterThan(1.2 * between(world, before, before + HOUR));
  });
});

describe('cron jobs', () => {
  const world = fixtureWorld({ scenario: 'scaleup', days: 3 });

  it('start every hour in pairs half a second apart', () => {
    const runs = new Map<number, readonly number[]>();
    for (let i = 0; i < world.count(NOON); i++) {
      const start = world.startAt(i);
      const hour = Math.floor(start / HOUR);
      if (isSync(start, world.at(i, NOON))) runs.set(hour, [...(runs.get(hour) ?? []), start]);
    }
    expect(runs.size).toBe(72);
    const pairs = [...runs.values()].filter((pair) => pair.length === 2);
    expect(pairs.length).toBeGreaterThan(68);
    for (const [first = 0, second = 0] of pairs) {
      expect(second - first).toBeGreaterThanOrEqual(490);
      expect(second - first).toBeLessThanOrEqual(510);
    }
  });
});

/** Whether a session is of the job `sync-warehouse-eu`, which runs 20 minutes past every hour. */
function isSync(start: number, { user, resource }: SessionObject): boolean {
  const afterTwenty = (start % HOUR) - 20 * 60_000;
  return (
    afterTwenty >= 0 &&
    afterTwenty < 1600 &&
    user?.username === 'idp:formal:machine:airflow' &&
    resource?.name === 'warehouse-analytics-eu'
  );
}

describe('people', () => {
  const world = fixtureWorld({ scenario: 'scaleup', days: 7 });

  it('work unequally: the busiest tenth does more than a quarter, and everybody does something', () => {
    const sessions = usersOf(world);
    const total = sessions.reduce((sum, each) => sum + each, 0);
    const busiest = sessions.slice(0, 12).reduce((sum, each) => sum + each, 0);
    expect(sessions).toHaveLength(120);
    expect(busiest / total).toBeGreaterThan(0.25);
    expect(busiest / total).toBeLessThan(0.7);
  });
});

describe('arrivals', () => {
  it('without clusters have gaps like chance: as many short ones as an exponential law wants', () => {
    const flows = readScenario('startup').flows.filter(({ name }) => name === 'connection-pools');
    const change = { flows: flows.map((flow) => ({ ...flow, perDay: 24_000 })), crons: [] };
    const world = fixtureWorld({ change, days: 3 });
    const gaps = Array.from(
      { length: world.count(NOON) - 1 },
      (_, i) => world.startAt(i + 1) - world.startAt(i),
    );
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    for (const [multiple, expected] of [
      [0.1, 0.0952],
      [0.5, 0.3935],
      [1, 0.6321],
      [2, 0.8647],
      [4, 0.9817],
    ] as const) {
      const shorter = gaps.filter((gap) => gap < mean * multiple).length / gaps.length;
      expect(shorter).toBeGreaterThan(expected - 0.01);
      expect(shorter).toBeLessThan(expected + 0.01);
    }
  });

  it('of dashboards come in clusters of one end user', () => {
    const world = fixtureWorld({ scenario: 'scaleup', days: 2 });
    const dashboards = Array.from({ length: world.count(NOON) }, (_, i) => i)
      .map((i) => ({ start: world.startAt(i), user: world.at(i, NOON).user }))
      .filter(({ user }) => user?.username === 'idp:formal:machine:metabase');
    const clustered = dashboards.filter(({ start, user }, i) =>
      dashboards
        .slice(i + 1, i + 30)
        .some(
          (next) => next.start - start < 9000 && next.user?.formal?.endUser?.id === user?.formal?.endUser?.id,
        ),
    );
    expect(clustered.length / dashboards.length).toBeGreaterThan(0.5);
  });
});
