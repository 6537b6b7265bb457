import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase32, encodeBase32 } from './type-id.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const word = fc.integer({ min: 0, max: 0xffffffff });

function encodeSlowly(words: readonly number[]): string {
  let value = words.reduce((sum, next) => (sum << 32n) | BigInt(next), 0n);
  let text = '';
  for (let i = 0; i < 26; i++) {
    text = ALPHABET.charAt(Number(value & 31n)) + text;
    value >>= 5n;
  }
  return text;
}

describe('TypeID suffix', () => {
  it('is the base32 of 128 bits', () => {
    fc.assert(
      fc.property(word, word, word, word, (a, b, c, d) => {
        expect(encodeBase32(a, b, c, d)).toBe(encodeSlowly([a, b, c, d]));
        expect(decodeBase32(`x_${encodeBase32(a, b, c, d)}`, 2)).toEqual([a, b, c, d]);
      }),
    );
  });

  it.each([
    '',
    '0123456789abcdefghjkmnpqr',
    '0123456789abcdefghjkmnpqrst',
    '8zzzzzzzzzzzzzzzzzzzzzzzzz',
    '0123456789abcdefghjkmnpqrU',
    '0123456789abcdefghjkmnpqri',
    '0123456789abcdefghjkmnpqré',
  ])('refuses %j', (text) => {
    expect(decodeBase32(text, 0)).toBeUndefined();
  });
});
