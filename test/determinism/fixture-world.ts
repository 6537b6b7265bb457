import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createWorld } from '../../src/world/create-world.ts';
import type { Directory } from '../../src/world/directory.ts';
import { resolveScenario } from '../../src/world/resolve-scenario.ts';
import type { Scenario, ScenarioFile } from '../../src/world/scenario.ts';
import type { World } from '../../src/world/world.ts';

/** The instant most world tests look from: a Thursday noon. */
export const NOON: number = Date.parse('2026-01-15T12:00:00Z');

/** The built-in scenarios. */
export const SCENARIO_NAMES = [
  'startup',
  'scaleup',
  'enterprise',
  'empty',
  'single',
  'incident',
  'legacy',
  'edge-cases',
  'stress',
] as const;

/** A built-in scenario, whole. */
export function readScenario(name: string): Scenario {
  return resolveScenario(readScenarioFile(name), readScenarioFile);
}

/** A built-in scenario as its file states it. */
export function readScenarioFile(name: string): ScenarioFile {
  // The fixtures' schema test shows that these files have this shape.
  return readFixture(`scenarios/${name}.json`) as ScenarioFile;
}

/** Scenarios whose directories are large enough to be packed. */
const PACKED: readonly string[] = ['enterprise', 'incident', 'scaleup', 'stress'];

/** The committed directory of a built-in scenario. */
export function readDirectory(name: string): Directory {
  // The golden test shows that these files equal what buildDirectory makes.
  return readFixture(`directories/${name}.json${PACKED.includes(name) ? '.gz' : ''}`) as Directory;
}

/** A JSON file under fixtures/, unpacked when its name ends in `.gz`. */
export function readFixture(path: string): unknown {
  const bytes = readFileSync(new URL(`../../fixtures/${path}`, import.meta.url));
  return JSON.parse((path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
}

/** What a fixture world is made with; seed 42 and {@link NOON} unless told. */
export interface FixtureWorldOptions {
  readonly scenario?: string;
  readonly change?: Partial<Scenario>;
  readonly seed?: number | string;
  readonly now?: number;
  readonly days?: number;
  readonly count?: number;
}

/** A world of a built-in scenario and its committed directory. */
export function fixtureWorld(options: FixtureWorldOptions = {}): World {
  const { scenario = 'startup', change, seed = 42, now = NOON, ...span } = options;
  return createWorld({
    scenario: { ...readScenario(scenario), ...change },
    directory: readDirectory(scenario),
    seed,
    now,
    ...span,
  });
}
