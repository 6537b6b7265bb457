import { type Story, storiesOf } from '../world/stories.ts';
import { loadDirectory } from './load-directory.ts';
import { loadScenario } from './load-scenario.ts';

/** Whose stories to load, and from when. */
export interface LoadStoriesOptions {
  /** Name of a built-in scenario, or a file. */
  readonly scenario: string;
  /** Integer or text. */
  readonly seed: number | string;
  /** ms since 1970. */
  readonly from: number;
  /** ms since 1970; a story that is not over by then is left out. */
  readonly until: number;
}

/** The answer key of a scenario for a span of time, the oldest story first. Throws KitError `ERR_SCENARIO_INVALID`. */
export async function loadStories({
  scenario,
  seed,
  from,
  until,
}: LoadStoriesOptions): Promise<readonly Story[]> {
  const loaded = await loadScenario(scenario);
  if (loaded.scenario.incidents.length === 0) return [];
  const directory = await loadDirectory(loaded, seed);
  return storiesOf({ scenario: loaded.scenario, directory, seed }, from, until);
}
