import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanJson } from './scan-json.ts';

describe('scanJson', () => {
  it('finds nothing wrong with any JSON text', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 0, max: 3 }), (value, indent) => {
        expect(scanJson(JSON.stringify(value, null, indent), []).mistake).toBeUndefined();
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('finds a mistake exactly where JSON.parse does, in any damaged text', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 4 }),
        fc.nat(),
        fc.constantFrom('', '}', ',', '"', 'x', '\u0001'),
        (value, at, put) => {
          const text = JSON.stringify(value);
          const offset = at % (text.length + 1);
          const damaged = text.slice(0, offset) + put + text.slice(offset + 1);
          expect(scanJson(damaged, []).mistake === undefined).toBe(isJson(damaged));
        },
      ),
      { seed: 2, numRuns: 1000 },
    );
  });

  it('finds the name of a member and the start of an item', () => {
    const text = '{ "a": [1, { "b\\u0063": true }], "bc": 2 }';
    expect(scanJson(text, ['a']).offset).toBe(text.indexOf('"a"'));
    expect(scanJson(text, ['a', '1']).offset).toBe(text.indexOf('{ "b'));
    expect(scanJson(text, ['a', '1', 'bc']).offset).toBe(text.indexOf('"b\\u'));
    expect(scanJson(text, ['a', '7', 'x']).offset).toBe(text.indexOf('"a"'));
  });

  it('ends below 500 levels', () => {
    expect(scanJson('['.repeat(100_000), []).mistake?.reason).toBe('nested deeper than 500 levels');
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    // The question was whether it parses.
    return false;
  }
}
