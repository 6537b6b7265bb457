import { loadBuiltInDocument } from '../files/built-in-document.ts';
import { loadWorld, type WorldFixtures } from '../files/load-world.ts';
import type { World } from '../world/world.ts';
import type { ResolvedMockOptions } from './mock-options.ts';
import type { ServedDocument } from './served-documents.ts';

/** What a mock's world depends on besides its options. */
export interface WorldContext {
  /** The instant that fixes the lower edge, ms since 1970; the same for every reload. */
  readonly now: number;
  /** Fixtures have to fit the document that describes sessions. */
  readonly served: Promise<readonly ServedDocument[]>;
}

/** The world of a mock with its fixtures, if any, on top. Throws KitError `ERR_SCENARIO_INVALID` or `ERR_FIXTURE_INVALID`. */
export async function loadMockWorld(
  options: ResolvedMockOptions,
  { now, served }: WorldContext,
): Promise<World> {
  const { fixtures: directory } = options;
  const fixtures = directory === undefined ? undefined : await fixturesOf(directory, await served);
  return loadWorld({ ...options, now }, fixtures);
}

async function fixturesOf(directory: string, served: readonly ServedDocument[]): Promise<WorldFixtures> {
  const describing = served.find(
    ({ document }) => document.api.components?.schemas?.['SessionObject'] !== undefined,
  );
  return { directory, document: describing?.document ?? (await loadBuiltInDocument()) };
}
