import { describe, expect, it } from 'vitest';
import { fixtureWorld, NOON, readDirectory, readScenario } from '../../test/determinism/fixture-world.ts';
import { createIncidentTimes } from './incident-time.ts';
import type { ScenarioIncident } from './scenario.ts';
import { storiesOf } from './stories.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const world = fixtureWorld({ scenario: 'incident', days: 15 });
const scenario = readScenario('incident');
const stories = storiesOf({ scenario, directory: readDirectory('incident'), seed: 42 }, world.from, NOON);

/** Indices of the sessions within two hours of a story. */
function around(name: string): readonly number[] {
  return stories
    .filter((story) => story.name === name)
    .flatMap(({ interval }) => {
      const first = world.indexAt(Date.parse(interval.from) - 2 * HOUR);
      const last = world.indexAt(Date.parse(interval.until) + 2 * HOUR);
      return Array.from({ length: last - first }, (_, i) => first + i);
    });
}

describe.each(['exfiltration', 'brute-force', 'connector-outage'])('the sessions around %s', (name) => {
  const indices = around(name);

  it('are in order, found by their ids and serialised as always', () => {
    expect(indices.length).toBeGreaterThan(500);
    for (const index of indices) {
      const id = world.idAt(index);
      expect(world.find(id)).toBe(index);
      expect(world.json(index, NOON)).toBe(JSON.stringify(world.at(index, NOON)));
      const [start, next] = [world.startAt(index), world.startAt(index + 1)];
      expect(start < next || (start === next && id < world.idAt(index + 1))).toBe(true);
    }
  });

  it('end no earlier than they start, children within their parents', () => {
    let children = 0;
    for (const index of indices) {
      const child = world.at(index, NOON + 60 * DAY);
      expect(Date.parse(child.endTime ?? '9999')).toBeGreaterThanOrEqual(world.startAt(index));
      if (child.parentSessionId === undefined) continue;
      const parent = world.at(world.find(child.parentSessionId), NOON + 60 * DAY);
      expect(Date.parse(parent.startTime ?? '')).toBeLessThan(world.startAt(index));
      expect(Date.parse(parent.endTime ?? '9999')).toBeGreaterThanOrEqual(
        Date.parse(child.endTime ?? '9999'),
      );
      children++;
    }
    expect(children).toBeGreaterThan(3);
  });
});

describe('when an incident happens', () => {
  const zone = { name: 'here', offsetMinutes: -300, daylight: 'us' } as const;

  it('is once in every period, at the same local time on both sides of daylight saving', () => {
    const { startOf, periodOf } = createIncidentTimes({ key: 5, everyDays: 7, at: '03:12', zone });
    const from = periodOf(Date.parse('2025-01-01T00:00:00Z'));
    const starts = Array.from({ length: 104 }, (_, week) => startOf(from + week));
    for (const [week, start] of starts.entries()) {
      expect(periodOf(start)).toBe(from + week);
      expect(new Date(start).toISOString()).toMatch(/T0[78]:12:00.000Z$/);
    }
    expect(new Set(starts.map((start) => new Date(start).getUTCDay())).size).toBe(7);
    expect(new Set(starts.map((start) => new Date(start).getUTCHours()))).toEqual(new Set([7, 8]));
  });
});

describe('an incident that cannot happen', () => {
  const [exfiltration, bruteForce, outage] = scenario.incidents;
  const change = (incident: ScenarioIncident | undefined, wrong: Partial<ScenarioIncident>) => ({
    ...(incident ?? scenario.incidents[0]),
    ...wrong,
  });

  it.each([
    [change(exfiltration, { zone: 'Mars' }), 'exfiltration: there is no zone Mars'],
    [change(exfiltration, { by: { roles: ['pope'] } }), 'exfiltration: nobody has a role of pope'],
    [
      change(bruteForce, { by: { natives: ['root'] } }),
      'brute-force: nobody in the directory is one of root',
    ],
    [change(bruteForce, { technologies: ['grpc2'] }), 'brute-force: nothing of grpc2 is in reach'],
    [change(outage, { space: 'moon' }), 'connector-outage: there is no space moon'],
    [
      change(outage, { minutes: 52 }),
      'connector-outage: 52 minutes from 10:07 and 90 seconds after them do not fit into one bucket of 60 minutes',
    ],
  ])('is refused: %j', (incident, reason) => {
    // Every member of an incident is there: a change replaces members of a whole one.
    const incidents = [incident as ScenarioIncident];
    expect(() => fixtureWorld({ scenario: 'incident', change: { incidents } })).toThrow(
      `scenario incident: ${reason}`,
    );
  });
});
