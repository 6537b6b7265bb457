/** A stream of draws that is the same for the same key, on every engine. */
export interface Draw {
  /** A number from 0 up to, not including, 1. */
  readonly float: () => number;
  /** A whole number from low to high, both included. */
  readonly int: (low: number, high: number) => number;
  /** One of the items. Throws RangeError for an empty list. */
  readonly pick: <T>(items: readonly T[]) => T;
}

/** The draws of a key; equal keys give equal draws, similar keys give unrelated ones. */
export function drawsOf(key: string): Draw {
  let state = hashOf(key);
  const float = (): number => {
    state = (state + 0x9e3779b9) | 0;
    return (mix(state) >>> 0) / 2 ** 32;
  };
  const int = (low: number, high: number): number => low + Math.floor(float() * (high - low + 1));
  const pick = <T>(items: readonly T[]): T => {
    const item = items[int(0, items.length - 1)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  };
  return { float, int, pick };
}

function hashOf(key: string): number {
  let hash = key.length;
  for (let index = 0; index < key.length; index++) hash = mix(Math.imul(hash, 31) + key.charCodeAt(index));
  return hash;
}

/** Spreads every bit of a number over all 32: xor with itself shifted, times odd constants. */
function mix(value: number): number {
  let mixed = value | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return mixed ^ (mixed >>> 15);
}
