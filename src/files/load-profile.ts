import { KitError } from '../errors.ts';
import { packageFile } from './package-files.ts';
import type { ProfileFacts } from './profile-facts.ts';
import { readJsonIfPresent } from './read-json.ts';
import { schemaProblems } from './schema-problems.ts';

/**
 * The facts of a profile file, as `formal-mock contract learn` writes it. Throws KitError `ERR_PROFILE_INVALID`
 * naming file, JSON pointer and reason.
 */
export async function loadProfile(file: string): Promise<ProfileFacts> {
  const value = await readProfile(file);
  // Ships with the package: a JSON object.
  const schema = (await readJsonIfPresent(packageFile('fixtures/contract/profile.schema.json'))) as object;
  const reason = await schemaProblems(value, schema);
  if (reason !== undefined) throw invalid(file, reason);
  return (value as { readonly facts: ProfileFacts }).facts; // the schema describes exactly this type
}

async function readProfile(file: string): Promise<unknown> {
  let value: unknown;
  try {
    value = await readJsonIfPresent(file);
  } catch (cause) {
    throw invalid(file, cause instanceof Error ? cause.message : 'cannot be read', cause);
  }
  if (value === undefined) throw invalid(file, 'no such file');
  return value;
}

function invalid(file: string, reason: string, cause?: unknown): KitError {
  return new KitError('ERR_PROFILE_INVALID', { file, reason }, { cause });
}
