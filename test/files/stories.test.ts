import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { loadStories } from '../../src/files/load-stories.ts';
import { listSessions } from '../../src/sessions/list-sessions.ts';
import { DEFAULT_SETTINGS, STRICT_SETTINGS } from '../../src/sessions/settings.ts';
import { type Story, storiesOf } from '../../src/world/stories.ts';
import type { World } from '../../src/world/world.ts';
import {
  fixtureWorld,
  NOON,
  readDirectory,
  readFixture,
  readScenario,
} from '../determinism/fixture-world.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** The ids of the sessions that start in `[from, until)`. */
function idsBetween(world: World, from: number, until: number): readonly string[] {
  const first = world.indexAt(from);
  return Array.from({ length: world.indexAt(until) - first }, (_, i) => world.idAt(first + i));
}

/** What an incident opened or moved: sessions the same world does not have when nothing happens. */
function emitted(world: World, calm: World, { interval }: Story): readonly string[] {
  const from = Date.parse(interval.from) - HOUR;
  const until = Date.parse(interval.until) + HOUR;
  const known = new Set(idsBetween(calm, from, until));
  return idsBetween(world, from, until).filter((id) => !known.has(id));
}

function found(world: World, query: string, isStrict: boolean, now: number): readonly string[] {
  const settings = isStrict ? STRICT_SETTINGS : DEFAULT_SETTINGS;
  const page = listSessions({ limit: 100_000, query, sortBy: '-start_time' }, world, { now, settings });
  expect(page.warnings).toEqual([]);
  return page.indices.map((index) => world.idAt(index));
}

describe.each([
  { scenario: 'incident', seed: 42, now: NOON, days: 30 },
  { scenario: 'incident', seed: 'another', now: NOON + 200 * DAY, days: 15 },
  { scenario: 'incident', seed: 7, now: Date.parse('2026-04-02T00:00:00Z'), days: 15 },
  { scenario: 'enterprise', seed: 42, now: NOON, days: 4 },
])('the answer key of $scenario, seed $seed, $days days', ({ scenario, seed, now, days }) => {
  const source = { scenario: readScenario(scenario), directory: readDirectory(scenario), seed };
  const world = fixtureWorld({ scenario, seed, now, days });
  const calm = fixtureWorld({ scenario, seed, now, days, change: { incidents: [] } });
  const stories = storiesOf(source, world.from, now);

  it('has every incident of the scenario, the oldest first, none unfinished', () => {
    const names = new Set(stories.map(({ name }) => name));
    if (days >= 14) expect(names.size).toBe(source.scenario.incidents.length);
    expect(stories.length).toBeGreaterThan(0);
    const starts = stories.map(({ interval }) => Date.parse(interval.from));
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    for (const { interval } of stories) expect(Date.parse(interval.until)).toBeLessThanOrEqual(now);
  });

  it('finds exactly the sessions that the incidents opened or kept waiting, in both dialects', () => {
    for (const story of stories) {
      const expected = emitted(world, calm, story);
      expect(expected.length).toBeGreaterThan(30);
      expect(found(world, story.query, false, now)).toEqual(expected);
      expect(found(world, story.query, true, now)).toEqual(expected);
    }
  });

  it('gives intervals that hold all of it', () => {
    for (const { interval, query } of stories) {
      const starts = found(world, query, false, now).map((id) => world.startAt(world.find(id)));
      expect(Math.min(...starts)).toBeGreaterThanOrEqual(Date.parse(interval.from));
      expect(Math.max(...starts)).toBeLessThan(Date.parse(interval.until));
    }
  });
});

describe('the stories of incident', () => {
  const world = fixtureWorld({ scenario: 'incident' });
  const source = { scenario: readScenario('incident'), directory: readDirectory('incident'), seed: 42 };
  const stories = storiesOf(source, world.from, NOON);
  const sessionsOf = (name: string) => {
    const { query } = stories.find((story) => story.name === name) ?? { query: 'nothing' };
    return found(world, query, false, NOON).map((id) => world.at(world.find(id), NOON));
  };

  it('take data out at 03:12 local time with one account from an address it never had', () => {
    const sessions = sessionsOf('exfiltration');
    expect(sessions).toHaveLength(41);
    expect(new Set(sessions.map(({ user }) => user?.username)).size).toBe(1);
    const [address] = new Set(sessions.map(({ network }) => network?.clientIpAddress));
    const { username = '' } = sessions[0]?.user ?? {};
    expect(address).toMatch(/^198\.51\.100\.\d+$/);
    expect(sessions[0]?.startTime).toMatch(/T08:12:\d\d/);
    const others = found(
      world,
      `user.username:"${username}" AND NOT network.client_ip_address:${address}`,
      false,
      NOON,
    );
    expect(others.length).toBeGreaterThan(100);
  });

  it('guess passwords without a user until the last session is a native one', () => {
    const sessions = sessionsOf('brute-force');
    expect(sessions).toHaveLength(318);
    expect(sessions.slice(0, -1).every(({ user }) => user === undefined)).toBe(true);
    expect(sessions.at(-1)?.user?.type).toBe('native');
    expect(new Set(sessions.map(({ resource }) => resource?.id)).size).toBe(1);
  });

  it('break a connector: its sessions end, none starts while it is down, then all come back at once', () => {
    const outages = stories.filter(({ name }) => name === 'connector-outage');
    for (const { interval, query } of outages) {
      const [down, until] = [Date.parse(interval.from), Date.parse(interval.until)];
      const connector = query.split(' ')[0] ?? '';
      const up = until - 90_000;
      const starting = (from: number, to: number): number =>
        found(world, `${connector} AND start_time:[${iso(from)} TO ${iso(to)}}`, false, NOON).length;
      expect(starting(down, up)).toBe(0);
      expect(starting(up, until)).toBeGreaterThan(180);
      const open = found(
        world,
        `${connector} AND start_time:<${iso(down)} AND end_time:>${iso(down)}`,
        false,
        NOON,
      );
      expect(open).toEqual([]);
      const cut = found(world, `${connector} AND end_time:[${iso(down)} TO ${iso(down)}]`, false, NOON);
      expect(cut.length).toBeGreaterThan(3);
    }
    expect(outages.length).toBeGreaterThan(2);
  });
});

function iso(ms: number): string {
  return new Date(ms).toISOString();
}

describe('fixtures/stories', () => {
  const committed = readFixture('stories/stories.json');

  it('fits its schema', () => {
    // A JSON schema is an object.
    const validate = new Ajv2020({ strict: true }).compile(
      readFixture('stories/stories.schema.json') as object,
    );
    validate(committed);
    expect(validate.errors).toBeNull();
  });

  it('is the answer key of seed 42 at noon of 2026-01-15', async () => {
    const span = { seed: 42, from: NOON - 30 * DAY, until: NOON };
    const [enterprise, incident] = await Promise.all(
      ['enterprise', 'incident'].map((scenario) => loadStories({ scenario, ...span })),
    );
    expect([...(enterprise ?? []), ...(incident ?? [])]).toEqual(committed);
  });

  it('is empty for scenarios without incidents', async () => {
    expect(await loadStories({ scenario: 'startup', seed: 42, from: 0, until: NOON })).toEqual([]);
  });
});
