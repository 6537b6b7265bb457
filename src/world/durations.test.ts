import { describe, expect, it } from 'vitest';
import { createDurationTable, durationAt, SESSION_KINDS } from './durations.ts';

describe('durations', () => {
  it.each([
    ['bi', 2600],
    ['job', 9000],
    ['exec', 31_000],
    ['sql', 360_000],
    ['pool', 1_800_000],
  ] as const)('of kind %s have the median %d ms', (kind, median) => {
    expect(durationAt(createDurationTable(kind), 2 ** 31)).toBe(median);
  });

  it('grow with the draw, are whole and at least 1 ms', () => {
    for (const kind of SESSION_KINDS) {
      const table = createDurationTable(kind);
      const drawn = Array.from({ length: 2000 }, (_, i) =>
        durationAt(table, Math.floor((i / 1999) * 0xffffffff)),
      );
      expect(drawn).toEqual([...drawn].sort((a, b) => a - b));
      expect(drawn.every((ms) => Number.isInteger(ms) && ms >= 1)).toBe(true);
    }
  });
});
