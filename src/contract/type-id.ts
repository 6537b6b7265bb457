const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * Milliseconds since 1970 that a TypeID of a UUIDv7 carries; undefined for other ids. The 26 characters hold 130
 * bits, the first two of them 0. Source: seen (ids of sessions carry their start).
 */
export function typeIdTime(id: string): number | undefined {
  const suffix = /^[a-z][a-z_]*_([0-7][0-9a-hjkmnp-tv-z]{25})$/.exec(id)?.[1];
  if (suffix === undefined) return undefined;
  let bits = 0n;
  for (const letter of suffix) bits = (bits << 5n) | BigInt(ALPHABET.indexOf(letter));
  const version = Number((bits >> 76n) & 0xfn);
  return version === 7 ? Number(bits >> 80n) : undefined;
}
