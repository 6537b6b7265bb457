import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compileValidator } from '../openapi/compile-validator.ts';
import type { LoadedDocument } from '../openapi/loaded-document.ts';
import { fixtureError } from '../sessions/fixture-error.ts';
import type { Fixtures } from '../sessions/fixtures.ts';
import type { World } from '../world/world.ts';
import { parseFixtureEntries } from './fixture-entries.ts';
import { createFixtureNames } from './fixture-names.ts';
import { packageFile } from './package-files.ts';
import { resolveFixture } from './resolve-fixture.ts';

/** What fixtures are read against. */
export interface LoadFixturesOptions {
  /** Whose people, resources and connectors `@NAME` means: the world below all layers. */
  readonly world: World;
  /** What relative times count from, ms since 1970. */
  readonly now: number;
  /** What sessions have to fit: `#/components/schemas/SessionObject`, and nothing undeclared. */
  readonly document: LoadedDocument;
}

const SESSION_SCHEMA = '#/components/schemas/SessionObject';

/**
 * Everything in the files `*.sessions.json` and `*.sessions.ndjson` of a directory, file by file in the order of
 * their names; subdirectories are not looked at. Throws KitError `ERR_FIXTURE_INVALID` naming file, line and
 * JSON pointer of the first thing that is wrong, also for a directory that cannot be read or holds no such file.
 */
export async function loadFixtures(directory: string, options: LoadFixturesOptions): Promise<Fixtures> {
  const files = await listFixtureFiles(directory);
  const { world, now, document } = options;
  const validate = compileValidator(document, SESSION_SCHEMA, { mode: 'closed', subject: 'session' });
  const meaning = { names: createFixtureNames(world), now, validate };
  const texts = await Promise.all(files.map((file) => readText(file)));
  const entries = files.flatMap((file, i) => parseFixtureEntries(file, texts[i] ?? ''));
  return { now, operations: entries.map((entry) => resolveFixture(entry, meaning)) };
}

/** A layer that ships with the package, by name: not checked again. `world` and `now` as in {@link loadFixtures}. */
export async function loadLayer(
  name: string,
  { world, now }: Omit<LoadFixturesOptions, 'document'>,
): Promise<Fixtures> {
  const file = packageFile(`fixtures/layers/${name}.sessions.json`);
  const meaning = { names: createFixtureNames(world), now, validate: undefined };
  const entries = parseFixtureEntries(file, await readText(file));
  return { now, operations: entries.map((entry) => resolveFixture(entry, meaning)) };
}

async function listFixtureFiles(directory: string): Promise<readonly string[]> {
  let names: readonly string[];
  try {
    names = await readdir(directory);
  } catch (cause) {
    throw unreadable(directory, cause instanceof Error ? cause.message : 'cannot be read');
  }
  const files = names.filter((name) => /\.sessions\.(json|ndjson)$/.test(name)).sort();
  if (files.length > 0) return files.map((name) => join(directory, name));
  throw unreadable(directory, 'holds no file named *.sessions.json or *.sessions.ndjson');
}

async function readText(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (cause) {
    throw unreadable(file, cause instanceof Error ? cause.message : 'cannot be read');
  }
}

function unreadable(file: string, reason: string): Error {
  return fixtureError({ file, line: 1, pointer: '' }, reason);
}
