import { below, fraction } from './hash.ts';

/** A weighted choice among `0 … size - 1`, answered in constant time (Walker's alias method). */
export interface AliasTable {
  readonly size: number;
  readonly keep: Float64Array;
  readonly other: Uint32Array;
}

/** Builds the table; weights must be >= 0 and not all 0. Throws RangeError otherwise. */
export function createAliasTable(weights: readonly number[]): AliasTable {
  const size = weights.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) throw new RangeError('weights must have a positive sum');
  const keep = Float64Array.from(weights, (weight) => (weight * size) / total);
  const other = Uint32Array.from(weights, (_, i) => i);
  levelOut(keep, other);
  return { size, keep, other };
}

/** Fills every slot below 1 with a part of a slot above 1 until all hold exactly 1. */
function levelOut(keep: Float64Array, other: Uint32Array): void {
  const small: number[] = [];
  const large: number[] = [];
  for (const [i, weight] of keep.entries()) (weight < 1 ? small : large).push(i);
  for (;;) {
    const low = small.pop();
    const high = large.at(-1);
    if (low === undefined || high === undefined) return;
    other[low] = high;
    const left = (keep[high] ?? 0) + (keep[low] ?? 0) - 1;
    keep[high] = left;
    if (left < 1) small.push(...large.splice(-1));
  }
}

/** The choice an unsigned 32-bit draw makes. */
export function pick(table: AliasTable, drawn: number): number {
  const slot = below(drawn, table.size);
  const within = fraction(drawn) * table.size - slot;
  return within < (table.keep[slot] ?? 1) ? slot : (table.other[slot] ?? slot);
}

/** Weights 1, 1/2, 1/3, … of a Zipf choice. */
export function zipfWeights(size: number): readonly number[] {
  return Array.from({ length: size }, (_, rank) => 1 / (rank + 1));
}
