import { readdir } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { KitError } from '../errors.ts';
import { resolveScenario } from '../world/resolve-scenario.ts';
import type { Scenario, ScenarioFile } from '../world/scenario.ts';
import { packageFile } from './package-files.ts';
import { readJsonIfPresent } from './read-json.ts';
import { assertScenarioFile } from './scenario-schema.ts';

const FOLDER = 'fixtures/scenarios';
const SCHEMA_FILE = 'scenario.schema.json';

/** A scenario ready for use, and where it came from. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  /** True for one that ships with the package: its directory at the default seed ships too. */
  readonly isBuiltIn: boolean;
}

/** Names of the scenarios that ship with the package, in alphabetical order. */
export async function listScenarios(): Promise<readonly string[]> {
  const files = await readdir(packageFile(FOLDER));
  return files
    .filter((file) => file.endsWith('.json') && file !== SCHEMA_FILE)
    .map((file) => basename(file, '.json'))
    .sort();
}

/**
 * The scenario of a built-in name, or of a file when the text ends in `.json` or holds a slash. A user's
 * file is checked against the scenario schema; it may extend a built-in one, or another file (`./base.json`, counted
 * from its own place). Throws KitError `ERR_SCENARIO_INVALID`.
 */
export async function loadScenario(nameOrFile: string): Promise<LoadedScenario> {
  const isFile = nameOrFile.endsWith('.json') || /[\\/]/.test(nameOrFile);
  const file = isFile ? await readUserFile(resolve(nameOrFile)) : await readBuiltIn(nameOrFile);
  const bases = await readBases(file);
  return { scenario: resolveScenario(file, (name) => bases.get(name)), isBuiltIn: !isFile };
}

/** A user's file; what it extends is a name, or an absolute path. */
async function readUserFile(path: string): Promise<ScenarioFile> {
  let value: unknown;
  try {
    value = await readJsonIfPresent(path);
  } catch (cause) {
    throw invalid(path, cause instanceof Error ? cause.message : 'cannot be read', cause);
  }
  if (value === undefined) throw invalid(path, 'no such file');
  // Ships with the package: a JSON object.
  const schema = (await readJsonIfPresent(packageFile(`${FOLDER}/${SCHEMA_FILE}`))) as object;
  const file = await assertScenarioFile(path, value, schema);
  return isFileName(file.extends) ? { ...file, extends: resolve(dirname(path), file.extends) } : file;
}

function isFileName(text: string | undefined): text is string {
  return text?.endsWith('.json') === true;
}

async function readBuiltIn(name: string): Promise<ScenarioFile> {
  const isName = /^[0-9a-z-]+$/.test(name);
  const value = isName ? await readJsonIfPresent(packageFile(`${FOLDER}/${name}.json`)) : undefined;
  if (value !== undefined) return value as ScenarioFile; // ships with the package, checked by a test
  throw invalid(
    name,
    `no such scenario; there are ${(await listScenarios()).join(', ')}, or give a .json file`,
  );
}

async function readBases(file: ScenarioFile): Promise<ReadonlyMap<string, ScenarioFile>> {
  const bases = new Map<string, ScenarioFile>();
  let next = file.extends;
  while (next !== undefined && !bases.has(next)) {
    const base = isFileName(next) ? await readUserFile(next) : await readBuiltIn(next);
    bases.set(next, base);
    next = base.extends;
  }
  return bases;
}

function invalid(name: string, reason: string, cause?: unknown): KitError {
  return new KitError('ERR_SCENARIO_INVALID', { name, reason }, { cause });
}
