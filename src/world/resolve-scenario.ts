import { KitError } from '../errors.ts';
import type { Scenario, ScenarioFile } from './scenario.ts';

const KEYS = {
  name: true,
  description: true,
  dataVersion: true,
  company: true,
  idFormat: true,
  bucketMinutes: true,
  scale: true,
  zones: true,
  roles: true,
  machines: true,
  natives: true,
  spaces: true,
  resources: true,
  sidecars: true,
  flows: true,
  crons: true,
  incidents: true,
  shares: true,
} as const satisfies Record<Exclude<keyof Scenario, 'layers'>, true>;

/**
 * The whole scenario behind a file: every member a file does not state comes from the file it `extends`,
 * however long the chain; a stated member replaces the inherited one as a whole. `load` gives the file of a
 * name, or undefined. Throws KitError `ERR_SCENARIO_INVALID` for an unknown name, a circle or a missing member.
 */
export function resolveScenario(
  file: ScenarioFile,
  load: (name: string) => ScenarioFile | undefined,
): Scenario {
  const seen = new Set([file.name]);
  let merged: ScenarioFile = file;
  while (merged.extends !== undefined) {
    const base = merged.extends;
    if (seen.has(base)) throw invalid(file.name, `extends itself through ${base}`);
    seen.add(base);
    const { extends: _, ...own } = merged;
    const inherited = load(base);
    if (inherited === undefined) throw invalid(file.name, `extends the unknown scenario ${base}`);
    merged = { ...inherited, ...own };
  }
  if (!isWhole(merged)) {
    const missing = Object.keys(KEYS).filter((key) => !(key in merged));
    throw invalid(file.name, `${missing.join(', ')} missing`);
  }
  return merged;
}

function isWhole(file: ScenarioFile): file is ScenarioFile & Scenario {
  return Object.keys(KEYS).every((key) => key in file);
}

function invalid(name: string, reason: string): KitError {
  return new KitError('ERR_SCENARIO_INVALID', { name, reason });
}
