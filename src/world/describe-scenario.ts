import type { Scenario } from './scenario.ts';

/** A scenario in one line. */
export interface ScenarioSummary {
  readonly name: string;
  readonly people: number;
  /** Sessions of the timeline on an average day, rounded; incidents and layers not counted. */
  readonly sessionsPerDay: number;
  readonly description: string;
}

const DAY_MINUTES = 1440;

/** What a scenario is, in numbers. */
export function describeScenario(scenario: Scenario): ScenarioSummary {
  const { name, description, scale, roles, flows, crons } = scenario;
  const ofFlows = flows.reduce((sum, { perDay, children }) => sum + perDay * (1 + (children?.share ?? 0)), 0);
  const ofCrons = crons.reduce(
    (sum, { everyMinutes, sessions }) => sum + (DAY_MINUTES / everyMinutes) * sessions,
    0,
  );
  return {
    name,
    people: roles.reduce((sum, { people }) => sum + people, 0),
    sessionsPerDay: Math.round(ofFlows * scale + ofCrons),
    description,
  };
}
