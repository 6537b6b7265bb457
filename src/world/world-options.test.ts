import { describe, expect, it } from 'vitest';
import { NOON, readDirectory, readScenario } from '../../test/determinism/fixture-world.ts';
import { resolveWorldOptions } from './world-options.ts';

const given = { scenario: readScenario('empty'), directory: readDirectory('empty'), seed: 42, now: NOON };

describe('resolveWorldOptions', () => {
  it('shows 30 days unless told, and freezes the result', () => {
    const options = resolveWorldOptions(given);
    expect(options.days).toBe(30);
    expect(options.seed).toBe('42');
    expect(Object.isFrozen(options)).toBe(true);
  });

  it.each([
    [{ days: 0 }, 'days must be above 0 and at most 3650 (got 0)'],
    [{ days: 3651 }, 'days must be above 0 and at most 3650 (got 3651)'],
    [{ days: Number.NaN }, 'days must be above 0 and at most 3650 (got NaN)'],
    [{ count: 0 }, 'count must be a whole number from 1 to 1000000000 (got 0)'],
    [{ count: 1.5 }, 'count must be a whole number from 1 to 1000000000 (got 1.5)'],
    [{ days: 3, count: 3 }, 'days must be absent when count is given (got 3)'],
    [{ seed: 1.5 }, 'seed must be an integer or text (got 1.5)'],
    [{ now: 0 }, 'now must be ms since 1970 between the years 2000 and 3000 (got 0)'],
    [{ now: Number.NaN }, 'now must be ms since 1970 between the years 2000 and 3000 (got NaN)'],
  ])('refuses %o', (change, message) => {
    expect(() => resolveWorldOptions({ ...given, ...change })).toThrow(message);
  });

  it('refuses an option it does not know', () => {
    const unknown = { ...given, day: 3 };
    expect(() => resolveWorldOptions(unknown)).toThrow('unknown option day');
  });
});
