import { createWorld } from '../world/create-world.ts';
import type { World } from '../world/world.ts';
import { loadDirectory } from './load-directory.ts';
import { loadScenario } from './load-scenario.ts';

/** Which world to load. */
export interface LoadWorldOptions {
  /** Name of a built-in scenario, or a file. */
  readonly scenario: string;
  /** Integer or text. */
  readonly seed: number | string;
  /** The instant that fixes the lower edge, ms since 1970. */
  readonly now: number;
  /** How far the world reaches back from `now`; ignored when `count` is given. */
  readonly days: number;
  /** The newest N sessions instead of `days`. */
  readonly count?: number | undefined;
}

/** Loads scenario and directory and creates the world over them. Throws KitError `ERR_SCENARIO_INVALID`. */
export async function loadWorld({ scenario, seed, now, days, count }: LoadWorldOptions): Promise<World> {
  const loaded = await loadScenario(scenario);
  const directory = await loadDirectory(loaded, seed);
  const reach = count === undefined ? { days } : { count };
  return createWorld({ scenario: loaded.scenario, directory, seed, now, ...reach });
}
