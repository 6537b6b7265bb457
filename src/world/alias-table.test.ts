import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AliasTable, createAliasTable, pick, zipfWeights } from './alias-table.ts';

function probabilities({ size, keep, other }: AliasTable): readonly number[] {
  const sums = new Array<number>(size).fill(0);
  for (let slot = 0; slot < size; slot++) {
    const kept = Math.min(1, keep[slot] ?? 0);
    sums[slot] = (sums[slot] ?? 0) + kept / size;
    const alias = other[slot] ?? 0;
    sums[alias] = (sums[alias] ?? 0) + (1 - kept) / size;
  }
  return sums;
}

describe('alias table', () => {
  it('gives every choice the probability of its weight', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(weights, (drawn) => {
        const total = drawn.reduce((sum, weight) => sum + weight, 0);
        for (const [i, share] of probabilities(createAliasTable(drawn)).entries()) {
          expect(share).toBeCloseTo((drawn[i] ?? 0) / total, 9);
        }
      }),
    );
  });

  it('picks within bounds for the first and the last draw', () => {
    const table = createAliasTable(zipfWeights(7));
    expect(pick(table, 0)).toBeLessThan(7);
    expect(pick(table, 0xffffffff)).toBeLessThan(7);
  });

  it('refuses weights without a positive sum', () => {
    expect(() => createAliasTable([])).toThrow(RangeError);
    expect(() => createAliasTable([0, 0])).toThrow(RangeError);
  });
});
