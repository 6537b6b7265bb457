import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countMembers, scanJson } from './scan-json.ts';

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

describe('countMembers', () => {
  it('counts the members of any JSON text', () => {
    const members = (value: unknown): number =>
      typeof value === 'object' && value !== null
        ? (Array.isArray(value) ? 0 : Object.keys(value).length) +
          Object.values(value).reduce<number>((sum, held) => sum + members(held), 0)
        : 0;
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.integer({ min: 0, max: 3 }), (value, indent) => {
        expect(countMembers(JSON.stringify(value, null, indent))).toBe(members(value));
      }),
      { seed: 3, numRuns: 300 },
    );
  });

  it.each([
    ['{"a":1,"a":2}', 2, { offset: 7, name: 'a' }],
    ['{"a":{"b":":","\\\\":1},"c":["x:","\\":"]}', 4, undefined],
    ['[{"a":1},{"a":1}]', 2, undefined],
    ['{"a":1,"\\u0061":2}', 2, { offset: 7, name: 'a' }],
  ])('of %s are %i', (text, members, repeated) => {
    expect(countMembers(text)).toBe(members);
    expect(scanJson(text, []).repeated).toEqual(repeated);
  });
});
