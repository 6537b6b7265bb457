import { KitError } from '../errors.ts';
import type { FixtureSource } from './fixtures.ts';

/** The error of a fixture: names file, line and JSON pointer. `member` is a pointer inside the entry. */
export function fixtureError(source: FixtureSource, reason: string, member = ''): KitError {
  const { file, line } = source;
  const pointer = `${source.pointer}${member}` || '/';
  return new KitError('ERR_FIXTURE_INVALID', { file, line, pointer, reason });
}
