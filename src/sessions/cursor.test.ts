import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CursorScope, decodeCursor, encodeCursor } from './cursor.ts';

const text = fc.string({ unit: 'binary', maxLength: 20 });
const cursor = fc.record({
  sessionId: fc.stringMatching(/^session_[0-7][0-9a-hjkmnp-tv-z]{25}$/),
  now: fc.integer({ min: 0, max: 253_402_300_799_999 }),
});
const scope: fc.Arbitrary<CursorScope> = fc.record({
  world: text,
  query: text,
  sortBy: text,
  startTimestamp: text,
  endTimestamp: text,
});

describe('a cursor', () => {
  it('comes back as it went, in characters that are safe in a URL', () => {
    fc.assert(
      fc.property(cursor, scope, (value, given) => {
        const encoded = encodeCursor(value, given);
        expect(encoded).toMatch(/^[\w-]{60,90}$/);
        expect(decodeCursor(encoded, given)).toEqual({ ...value, isForeign: false });
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('is none after any change of one bit', () => {
    fc.assert(
      fc.property(cursor, scope, fc.nat(), (value, given, at) => {
        const bytes = Buffer.from(encodeCursor(value, given), 'base64url');
        const bit = at % (bytes.length * 8);
        bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(decodeCursor(bytes.toString('base64url'), given)).toBeUndefined();
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it('is none whatever text it is, unless it was made here', () => {
    fc.assert(
      fc.property(fc.oneof(text, fc.base64String({ maxLength: 120 })), scope, (garbage, given) => {
        expect(decodeCursor(garbage, given)).toBeUndefined();
      }),
      { seed: 3, numRuns: 500 },
    );
  });

  it.each(['query', 'sortBy', 'startTimestamp', 'endTimestamp'] as const)(
    'is foreign under another %s, and none in another world',
    (field) => {
      const empty = { world: 'a', query: '', sortBy: '', startTimestamp: '', endTimestamp: '' };
      const encoded = encodeCursor({ sessionId: 'session_x', now: 1 }, empty);
      expect(decodeCursor(encoded, { ...empty, [field]: 'other' })?.isForeign).toBe(true);
      expect(decodeCursor(encoded, { ...empty, world: 'b' })).toBeUndefined();
    },
  );

  it('tells fields apart that would be one text together', () => {
    const empty = { world: 'a', query: 'ab', sortBy: '', startTimestamp: '', endTimestamp: '' };
    const encoded = encodeCursor({ sessionId: 'session_x', now: 1 }, empty);
    expect(decodeCursor(encoded, { ...empty, query: 'a', sortBy: 'b' })?.isForeign).toBe(true);
  });
});
