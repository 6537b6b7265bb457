import { below, deriveKey, draw, fraction, hashText } from './hash.ts';
import { encodeBase32 } from './type-id.ts';

/** The draws of one directory entry: they depend on the seed, the entry's kind and its number alone. */
export interface Entity {
  readonly key: number;
  /** A fraction in [0, 1) for a field. */
  unit(field: string): number;
  /** A whole number in [0, size) for a field. */
  int(field: string, size: number): number;
  /** A TypeID with this prefix, as if made some time in 2023 to 2025. */
  typeId(prefix: string): string;
}

const CREATED_FROM = 1_672_531_200_000;
const CREATED_SPAN = 94_000_000_000;

/** Makes the draws of entry `number` of a kind. `seedKey` is the world's seed as a key. */
export function createEntity(seedKey: number, kind: string, number: number): Entity {
  const key = deriveKey(deriveKey(seedKey, hashText(kind)), number);
  const drawn = (field: string): number => draw(key, hashText(field));
  return {
    key,
    unit: (field) => fraction(drawn(field)),
    int: (field, size) => below(drawn(field), size),
    typeId: (prefix) => {
      const created =
        CREATED_FROM + below(drawn('created'), CREATED_SPAN / 1000) * 1000 + below(drawn('ms'), 1000);
      const high = Math.floor(created / 65_536);
      const w1 = ((created - high * 65_536) << 16) | 0x7000 | below(drawn('rand_a'), 4096);
      const w2 = 0x80000000 | below(drawn('rand_b'), 0x40000000);
      return `${prefix}_${encodeBase32(high, w1, w2, drawn('rand_c'))}`;
    },
  };
}

/** The values of a list in an order drawn for the entity (weights by rank come afterwards). */
export function shuffled<T>(entity: Entity, field: string, values: readonly T[]): readonly T[] {
  const left = [...values];
  const order: T[] = [];
  for (let step = 0; left.length > 0; step++) {
    order.push(...left.splice(entity.int(`${field}${step}`, left.length), 1));
  }
  return order;
}
