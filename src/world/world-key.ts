import { deriveKey, hashText } from './hash.ts';
import type { Scenario } from './scenario.ts';

/** The key everything in a world is drawn from. `seed` is the seed as text. */
export function worldKeyOf({ name, dataVersion }: Scenario, seed: string): number {
  return deriveKey(hashText(seed), deriveKey(hashText(name), dataVersion));
}
