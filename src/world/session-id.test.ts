import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSessionIds, type IdFormat, MAX_BUCKET_SESSIONS } from './session-id.ts';
import { decodeBase32 } from './type-id.ts';

const HOUR = 3_600_000;
const place = fc.record({
  start: fc.integer({ min: 0, max: 32_503_680_000_000 }),
  emission: fc.integer({ min: 0, max: MAX_BUCKET_SESSIONS - 1 }),
  key: fc.integer(),
});

function idOf(
  format: IdFormat,
  key: number,
  { start, emission }: { start: number; emission: number },
): string {
  const ids = createSessionIds(key, HOUR, format);
  const bucket = Math.floor(start / HOUR);
  return ids.encode({ bucket, emission }, ids.bucketKey(bucket), start);
}

describe.each(['v7', 'v4'] as const)('session ids of UUID%s', (format) => {
  it('say where their session is', () => {
    fc.assert(
      fc.property(place, ({ start, emission, key }) => {
        const id = idOf(format, key, { start, emission });
        const bucket = Math.floor(start / HOUR);
        expect(createSessionIds(key, HOUR, format).decode(id)).toEqual({ bucket, emission });
      }),
    );
  });

  it('are TypeIDs with the version and variant of their UUID', () => {
    fc.assert(
      fc.property(place, ({ start, emission, key }) => {
        const id = idOf(format, key, { start, emission });
        expect(id).toMatch(/^session_[0-7][0-9a-hjkmnp-tv-z]{25}$/);
        const [, w1 = 0, w2 = 0] = decodeBase32(id, 8) ?? [];
        expect([(w1 >>> 12) & 15, w2 >>> 30]).toEqual([format === 'v7' ? 7 : 4, 2]);
      }),
    );
  });

  it('are refused by a world with another seed, and after any change of one character', () => {
    fc.assert(
      fc.property(place, fc.integer({ min: 8, max: 33 }), ({ start, emission, key }, at) => {
        const id = idOf(format, key, { start, emission });
        expect(createSessionIds(key ^ 1, HOUR, format).decode(id)).toBeUndefined();
        const changed = id.slice(0, at) + (id[at] === '0' ? '1' : '0') + id.slice(at + 1);
        expect(createSessionIds(key, HOUR, format).decode(changed)).toBeUndefined();
      }),
    );
  });

  it('sort within a millisecond as their ties do, and no two tie', () => {
    const ids = createSessionIds(7, HOUR, format);
    const key = ids.bucketKey(400_000);
    const rows = Array.from({ length: 3000 }, (_, emission) => ({
      tie: ids.tieOf(key, emission),
      id: ids.encode({ bucket: 400_000, emission }, key, 400_000 * HOUR + 5),
    }));
    const byId = [...rows].sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ tie }) => tie);
    expect(byId).toEqual([...byId].sort((a, b) => a - b));
    expect(new Set(byId).size).toBe(rows.length);
  });
});

it('puts the start of a session into the first 48 bits of a v7 id', () => {
  const [w0 = 0, w1 = 0] = decodeBase32(idOf('v7', 3, { start: 1_768_478_399_881, emission: 9 }), 8) ?? [];
  expect(w0 * 65_536 + (w1 >>> 16)).toBe(1_768_478_399_881);
});
