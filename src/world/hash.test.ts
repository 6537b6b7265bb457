import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { below, deriveKey, draw, fraction, hashText, mix } from './hash.ts';

describe('hash', () => {
  it('never maps two inputs to one output', () => {
    const outputs = new Set(Array.from({ length: 100_000 }, (_, i) => mix(i * 7919)));
    expect(outputs.size).toBe(100_000);
  });

  it('is pinned: changing it changes every world', () => {
    expect([mix(1), deriveKey(1, 2), hashText('seed'), draw(1, 2)]).toEqual([
      1364076727, 1086356911, 869433872, 2247144487,
    ]);
  });

  it('spreads draws of neighbouring keys evenly', () => {
    const bins = new Array<number>(16).fill(0);
    const field = hashText('field');
    for (let key = 0; key < 160_000; key++) {
      const bin = below(draw(key, field), 16);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    for (const rows of bins) expect(Math.abs(rows - 10_000)).toBeLessThan(500);
  });

  it('tells large numbers apart that agree in their low 32 bits', () => {
    expect(deriveKey(5, 7)).not.toBe(deriveKey(5, 7 + 2 ** 32));
  });

  it('gives fractions in [0, 1) and whole numbers below the size', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 1_000_000 }), (key, size) => {
        const drawn = draw(key, 99);
        return fraction(drawn) >= 0 && fraction(drawn) < 1 && below(drawn, size) < size;
      }),
    );
  });
});
