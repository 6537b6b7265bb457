import { describe, expect, it } from 'vitest';
import { fixtureWorld, NOON, readScenario, SCENARIO_NAMES } from '../../test/determinism/fixture-world.ts';
import { describeScenario } from './describe-scenario.ts';

describe.each(SCENARIO_NAMES)('the summary of %s', (name) => {
  it('has the average of the sessions a week really has', () => {
    const { sessionsPerDay } = describeScenario(readScenario(name));
    const perDay = fixtureWorld({ scenario: name, days: 28 }).count(NOON) / 28;
    expect(Math.abs(sessionsPerDay - perDay)).toBeLessThanOrEqual(perDay * 0.04);
  });
});

it('counts the people of all roles', () => {
  expect(describeScenario(readScenario('enterprise')).people).toBe(5000);
  expect(describeScenario(readScenario('startup')).people).toBe(18);
});
