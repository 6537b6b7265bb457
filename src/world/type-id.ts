const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const PAIRS: readonly string[] = Array.from(
  { length: 1024 },
  (_, bits) => ALPHABET.charAt(bits >>> 5) + ALPHABET.charAt(bits & 31),
);
const CODES: Uint8Array = Uint8Array.from(ALPHABET, (letter) => letter.charCodeAt(0));
const VALUES: Int8Array = characterValues();

/** The characters each place of a session's id can have. Source: seen (ids are TypeIDs). */
export const SESSION_ID_SHAPE: readonly string[] = [
  ...'session_',
  '01234567',
  ...Array.from({ length: 25 }, () => ALPHABET),
];

/** 128 bits as four 32-bit words, the most significant first. Any int32 or uint32 is accepted. */
export type Words = readonly [number, number, number, number];

/**
 * The 26 characters of a TypeID's suffix: 128 bits, two zero bits in front, 5 bits a character.
 * Source: seen (ids are TypeIDs).
 */
export function encodeBase32(w0: number, w1: number, w2: number, w3: number): string {
  return (
    `${PAIRS[w0 >>> 24]}` +
    PAIRS[(w0 >>> 14) & 1023] +
    PAIRS[(w0 >>> 4) & 1023] +
    PAIRS[((w0 & 15) << 6) | (w1 >>> 26)] +
    PAIRS[(w1 >>> 16) & 1023] +
    PAIRS[(w1 >>> 6) & 1023] +
    PAIRS[((w1 & 63) << 4) | (w2 >>> 28)] +
    PAIRS[(w2 >>> 18) & 1023] +
    PAIRS[(w2 >>> 8) & 1023] +
    PAIRS[((w2 & 255) << 2) | (w3 >>> 30)] +
    PAIRS[(w3 >>> 20) & 1023] +
    PAIRS[(w3 >>> 10) & 1023] +
    PAIRS[w3 & 1023]
  );
}

/** Where bytes are written. */
export interface ByteTarget {
  out: Uint8Array;
  /** Place of the first byte. */
  place: number;
}

/** Writes what {@link encodeBase32} gives as 26 bytes of ASCII. */
export function writeBase32({ out, place }: ByteTarget, [w0, w1, w2, w3]: Words): void {
  writePair(out, place, w0 >>> 24);
  writePair(out, place + 2, (w0 >>> 14) & 1023);
  writePair(out, place + 4, (w0 >>> 4) & 1023);
  writePair(out, place + 6, ((w0 & 15) << 6) | (w1 >>> 26));
  writePair(out, place + 8, (w1 >>> 16) & 1023);
  writePair(out, place + 10, (w1 >>> 6) & 1023);
  writePair(out, place + 12, ((w1 & 63) << 4) | (w2 >>> 28));
  writePair(out, place + 14, (w2 >>> 18) & 1023);
  writePair(out, place + 16, (w2 >>> 8) & 1023);
  writePair(out, place + 18, ((w2 & 255) << 2) | (w3 >>> 30));
  writePair(out, place + 20, (w3 >>> 20) & 1023);
  writePair(out, place + 22, (w3 >>> 10) & 1023);
  writePair(out, place + 24, w3 & 1023);
}

function writePair(out: Uint8Array, place: number, bits: number): void {
  out[place] = CODES[bits >>> 5] ?? 0;
  out[place + 1] = CODES[bits & 31] ?? 0;
}

/** The words behind 26 characters from `offset`, or undefined when they are not a TypeID's suffix. */
export function decodeBase32(text: string, offset: number): Words | undefined {
  if (text.length !== offset + 26) return undefined;
  const values: number[] = [];
  for (let i = 0; i < 26; i++) {
    const code = text.charCodeAt(offset + i);
    const value = code < 128 ? (VALUES[code] ?? -1) : -1;
    if (value < 0) return undefined;
    values.push(value);
  }
  if ((values[0] ?? 8) > 7) return undefined;
  const words: [number, number, number, number] = [0, 0, 0, 0];
  for (const [i, value] of values.entries()) placeBits(words, i * 5 - 2, value);
  return [words[0] >>> 0, words[1] >>> 0, words[2] >>> 0, words[3] >>> 0];
}

function placeBits(words: [number, number, number, number], from: number, value: number): void {
  for (let bit = 0; bit < 5; bit++) {
    const at = from + bit;
    if (at >= 0 && (value >>> (4 - bit)) & 1) {
      const word = (at >>> 5) as 0 | 1 | 2 | 3; // at is 0 … 127
      words[word] |= 1 << (31 - (at & 31));
    }
  }
}

function characterValues(): Int8Array {
  const values = new Int8Array(128).fill(-1);
  for (let i = 0; i < ALPHABET.length; i++) values[ALPHABET.charCodeAt(i)] = i;
  return values;
}
