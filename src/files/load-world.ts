import type { LoadedDocument } from '../openapi/loaded-document.ts';
import { createWorld } from '../world/create-world.ts';
import type { World } from '../world/world.ts';
import { loadDirectory } from './load-directory.ts';
import { loadScenario } from './load-scenario.ts';
import { scenarioRevision } from './scenario-revision.ts';

/** Which world to load. */
export interface LoadWorldOptions {
  /** Name of a built-in scenario, or a file. */
  readonly scenario: string;
  /** Integer or text. */
  readonly seed: number | string;
  /** The instant that fixes the lower edge and what relative times in fixtures count from, ms since 1970. */
  readonly now: number;
  /** How far the world reaches back from `now`; ignored when `count` is given. */
  readonly days: number;
  /** The newest N sessions instead of `days`; layers and fixtures come on top. */
  readonly count?: number | undefined;
  /** Memory for sessions that are kept for another look, in bytes; the world's default where it is absent. */
  readonly cacheBytes?: number;
}

/** Fixtures of one's own. */
export interface WorldFixtures {
  /** Directory of `*.sessions.json` and `*.sessions.ndjson` files. */
  readonly directory: string;
  /** What their sessions have to fit. */
  readonly document: LoadedDocument;
}

/**
 * Loads scenario and directory and creates the world over them, with the scenario's layers and then the fixtures
 * laid over it. Throws KitError `ERR_SCENARIO_INVALID` or `ERR_FIXTURE_INVALID`.
 */
export async function loadWorld(options: LoadWorldOptions, fixtures?: WorldFixtures): Promise<World> {
  const { scenario, seed, now, days, count, cacheBytes } = options;
  const loaded = await loadScenario(scenario);
  const directory = await loadDirectory(loaded, seed);
  const reach = count === undefined ? { days } : { count };
  const world = createWorld({
    scenario: loaded.scenario,
    directory,
    seed,
    now,
    ...reach,
    ...(cacheBytes !== undefined && { cacheBytes }),
    ...(!loaded.isBuiltIn && { revision: scenarioRevision(loaded.scenario) }),
  });
  const { layers = [] } = loaded.scenario;
  return layers.length === 0 && fixtures === undefined ? world : addLayers(world, { layers, now, fixtures });
}

interface Layers {
  readonly layers: readonly string[];
  readonly now: number;
  readonly fixtures: WorldFixtures | undefined;
}

/** Loads what reads fixtures only where there are some: most worlds have none. */
async function addLayers(bare: World, { layers, now, fixtures }: Layers): Promise<World> {
  const [{ loadFixtures, loadLayer }, { layerFixtures }] = await Promise.all([
    import('./load-fixtures.ts'),
    import('../sessions/layer-fixtures.ts'),
  ]);
  let world = bare;
  for (const name of layers) world = layerFixtures(world, await loadLayer(name, { world: bare, now }));
  if (fixtures === undefined) return world;
  return layerFixtures(world, await loadFixtures(fixtures.directory, { ...fixtures, world: bare, now }));
}
