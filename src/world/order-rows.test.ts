import fc from 'fast-check';
import { expect, it } from 'vitest';
import { orderRows } from './order-rows.ts';

it('orders rows by offset, equal offsets by tie', () => {
  const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 1e9 })), {
    maxLength: 300,
  });
  fc.assert(
    fc.property(rows, (drawn) => {
      const tieOf = (e: number): number => (drawn[e]?.[1] ?? 0) * 512 + e;
      const offset = Uint32Array.from(drawn, ([at]) => at);
      const order = new Uint32Array(300);
      const ends = new Uint32Array(301).fill(9);
      orderRows({ rows: drawn.length, offset, spanMs: 100, tieOf, order, ends });
      const expected = [...drawn.keys()].sort(
        (a, b) => (offset[a] ?? 0) - (offset[b] ?? 0) || tieOf(a) - tieOf(b),
      );
      expect([...order.subarray(0, drawn.length)]).toEqual(expected);
    }),
  );
});
