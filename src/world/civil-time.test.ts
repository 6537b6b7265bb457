import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { civilFromDays, createTimestampWriter, daysFromCivil, formatDuration } from './civil-time.ts';

const anyInstant = fc.integer({ min: Date.UTC(1900, 0), max: Date.UTC(3000, 0) });

describe('civil time', () => {
  it('prints the instants the platform prints, without a fraction on whole seconds', () => {
    const format = createTimestampWriter();
    fc.assert(
      fc.property(anyInstant, (ms) => {
        expect(format(ms)).toBe(new Date(ms).toISOString().replace('.000Z', 'Z'));
      }),
      { numRuns: 2000 },
    );
  });

  it('turns days into dates and back', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -100_000, max: 400_000 }),
        (days) => daysFromCivil(civilFromDays(days)) === days,
      ),
    );
    expect(civilFromDays(0)).toEqual({ year: 1970, month: 1, day: 1 });
    expect(daysFromCivil({ year: 2024, month: 2, day: 29 })).toBe(Date.UTC(2024, 1, 29) / 86_400_000);
  });

  it.each([
    [0, '0s'],
    [1, '0.001s'],
    [31_000, '31s'],
    [4262, '4.262s'],
    [4200, '4.200s'],
    [2_592_000_000, '2592000s'],
  ])('prints a span of %d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
