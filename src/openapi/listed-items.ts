import type { Facets } from './facets.ts';
import { stepOf } from './generate-number.ts';
import type { Generation } from './generation.ts';
import type { JsonValue } from './schema-object.ts';
import { conjunction, type SchemaAt } from './schema-view.ts';

/** Longest range of numbers that is gone through. */
const MOST = 5000;

/**
 * Every value that schemas allow, where these are few and can be listed: enumerations, booleans, multiples between two
 * bounds. Empty for all others. Sought where chance has found nothing new.
 */
export function listedItems(generation: Generation, schemas: readonly SchemaAt[]): JsonValue[] {
  const facets = generation.facetsOf(schemas.flatMap((at) => conjunction(generation.root, at)));
  const listed = facets.values ?? [...booleans(facets), ...numbers(facets)];
  return listed.filter((value) => schemas.every((at) => generation.accepts(at, value)));
}

function booleans({ types, isTyped }: Facets): readonly JsonValue[] {
  return isTyped && types.has('boolean') ? [true, false] : [];
}

function numbers(facets: Facets): readonly JsonValue[] {
  const { types, isTyped, minimum, maximum, above, below } = facets;
  if (!isTyped || !types.has('integer')) return [];
  const step = stepOf(facets, types.has('number') ? 'number' : 'integer');
  const [low, high] = [Math.max(minimum, above), Math.min(maximum, below)];
  // Without a step or bounds on both sides chance finds enough.
  const size = step === undefined ? 0 : Math.floor(high / step) - Math.ceil(low / step) + 1;
  if (step === undefined || !(size > 0 && size <= MOST)) return [];
  const first = Math.ceil(low / step);
  return Array.from({ length: size }, (_, index) => Number(((first + index) * step).toFixed(10)));
}
