import { KitError } from '../errors.ts';
import type { ScenarioFile } from '../world/scenario.ts';

/**
 * Throws KitError `ERR_SCENARIO_INVALID` naming file, JSON pointer and reason, unless the value fits the
 * scenario schema. The validator is loaded here only: built-in scenarios are checked by a test instead.
 */
export async function assertScenarioFile(
  file: string,
  value: unknown,
  schema: object,
): Promise<ScenarioFile> {
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  // The schema asks for properties in places that do not declare them: what a file must state depends on `extends`.
  const check = new Ajv2020({ allErrors: true, strict: true, strictRequired: false }).compile<ScenarioFile>(
    schema,
  );
  if (check(value)) return value;
  const problems = (check.errors ?? []).slice(0, 3).map(({ instancePath, message = 'is wrong', params }) => {
    const extra = 'additionalProperty' in params ? ` (${String(params['additionalProperty'])})` : '';
    return `${instancePath === '' ? '/' : instancePath} ${message}${extra}`;
  });
  throw new KitError('ERR_SCENARIO_INVALID', { name: file, reason: problems.join('; ') });
}
