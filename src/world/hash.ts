const SCRAMBLE = 0x9e3779b1;
const TWO_TO_MINUS_32 = 1 / 4294967296;

/**
 * Scrambles 32 bits so that every input bit touches every output bit; no two inputs give the same output.
 * Returns a signed 32-bit integer (the cheapest kind); use `>>> 0` where the sign matters.
 */
export function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

/** A new key from a key and a whole number, e.g. the key of a bucket from the key of the world. */
export function deriveKey(key: number, value: number): number {
  const high = Math.floor(value * TWO_TO_MINUS_32) | 0;
  return mix(Math.imul(mix(key ^ high), SCRAMBLE) + mix(value | 0));
}

/** A key from text; equal text gives an equal key on every engine. */
export function hashText(text: string): number {
  let state = text.length | 0;
  for (let i = 0; i < text.length; i++) {
    state = mix(Math.imul(state, SCRAMBLE) ^ text.charCodeAt(i));
  }
  return mix(state ^ SCRAMBLE);
}

/**
 * The draw of one field of one row: an unsigned 32-bit integer that depends on nothing but the key and the
 * field, so that adding a field disturbs no other. Fields are made by {@link hashText}.
 */
export function draw(key: number, field: number): number {
  return mix(key ^ field) >>> 0;
}

/** A draw as a fraction in [0, 1). */
export function fraction(drawn: number): number {
  return drawn * TWO_TO_MINUS_32;
}

/** A draw as a whole number in [0, size). */
export function below(drawn: number, size: number): number {
  return Math.floor(drawn * TWO_TO_MINUS_32 * size);
}
