import { KitError } from '../errors.ts';
import type { ScenarioFile } from '../world/scenario.ts';
import { schemaProblems } from './schema-problems.ts';

/** Throws KitError `ERR_SCENARIO_INVALID` naming file, JSON pointer and reason, unless the value fits the scenario schema. */
export async function assertScenarioFile(
  file: string,
  value: unknown,
  schema: object,
): Promise<ScenarioFile> {
  const reason = await schemaProblems(value, schema);
  if (reason === undefined) return value as ScenarioFile; // the schema describes exactly this type
  throw new KitError('ERR_SCENARIO_INVALID', { name: file, reason });
}
