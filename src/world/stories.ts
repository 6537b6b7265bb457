import { createCast } from './cast.ts';
import { createTimestampWriter } from './civil-time.ts';
import type { Directory } from './directory.ts';
import { createIncidentCalendar } from './incident-calendar.ts';
import type { Scenario } from './scenario.ts';
import { worldKeyOf } from './world-key.ts';

/** One thing that happened in a world, and how to find it. */
export interface Story {
  /** Name of the scenario. */
  readonly scenario: string;
  /** Name of the incident. */
  readonly name: string;
  /** RFC 3339; no session of the story starts before `from`, or at or after `until`. */
  readonly interval: { readonly from: string; readonly until: string };
  /** Finds exactly the sessions of the story, in every dialect, whatever the window. */
  readonly query: string;
  readonly description: string;
}

/** Which world's stories. */
export interface StorySource {
  readonly scenario: Scenario;
  readonly directory: Directory;
  /** Integer or text. */
  readonly seed: number | string;
}

/**
 * The answer key: every story that lies in `[from, until)` (ms since 1970) from beginning to end, the oldest
 * first. No session is made. Throws KitError `ERR_SCENARIO_INVALID`.
 */
export function storiesOf(
  { scenario, directory, seed }: StorySource,
  from: number,
  until: number,
): readonly Story[] {
  const worldKey = worldKeyOf(scenario, String(seed));
  const calendar = createIncidentCalendar({ scenario, cast: createCast(scenario, directory), worldKey });
  const formatTimestamp = createTimestampWriter();
  return calendar
    .between(from, until)
    .filter((occurrence) => occurrence.from >= from && occurrence.until <= until)
    .map((occurrence) => {
      const interval = {
        from: formatTimestamp(occurrence.from),
        until: formatTimestamp(occurrence.until),
      };
      return {
        scenario: scenario.name,
        name: occurrence.incident.name,
        interval,
        query: `${occurrence.clause} AND start_time:[${interval.from} TO ${interval.until}}`,
        description: occurrence.description,
      };
    });
}
