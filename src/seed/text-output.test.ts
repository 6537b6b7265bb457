import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ARENA_BYTES, createArenaPool } from './arena-pool.ts';
import { createTextOutput } from './text-output.ts';

function collect(texts: readonly string[]): { bytes: Buffer; rows: number } {
  const output = createTextOutput(createArenaPool());
  const copies: Buffer[] = [];
  let rows = 0;
  const drain = (): void => {
    for (let chunk = output.next(); chunk !== undefined; chunk = output.next()) {
      copies.push(Buffer.from(chunk.bytes));
      rows += chunk.rows;
      chunk.release();
    }
  };
  for (const [row, text] of texts.entries()) {
    output.add(text, 1, row + 1);
    drain();
  }
  output.close(texts.length);
  drain();
  return { bytes: Buffer.concat(copies), rows };
}

it('gives every text back as UTF-8, whatever its characters', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary' })), (texts) => {
      expect(collect(texts)).toEqual({ bytes: Buffer.from(texts.join('')), rows: texts.length });
    }),
  );
});

it('holds texts that are larger than an arena, beside small ones', () => {
  const texts = ['a', '🦊'.repeat(ARENA_BYTES), 'b', 'é'.repeat(40_000), 'c'];
  expect(collect(texts).bytes.equals(Buffer.from(texts.join('')))).toBe(true);
});

it('cuts long output into chunks of at most an arena', () => {
  const output = createTextOutput(createArenaPool());
  for (let row = 0; row < 3000; row += 1) output.add('x'.repeat(1000), 1, row + 1);
  output.close(3000);
  const sizes: number[] = [];
  for (let chunk = output.next(); chunk !== undefined; chunk = output.next()) sizes.push(chunk.bytes.length);
  expect(sizes.reduce((sum, size) => sum + size)).toBe(3_000_000);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(ARENA_BYTES);
});
