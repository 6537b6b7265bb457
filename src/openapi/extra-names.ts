import { drawsOf } from './draw.ts';
import type { Facets } from './facets.ts';
import type { Generation, Place } from './generation.ts';
import { patternTest } from './pattern.ts';
import { textForPattern } from './pattern-text.ts';
import type { SchemaAt } from './schema-view.ts';

const USUAL_NAMES = [
  'environment',
  'team',
  'region',
  'owner',
  'service',
  'tier',
  'stage',
  'project',
  'source',
  'target',
];

/** Names for an object that is a map, or that must have more properties than it declares. */
export function extraNames(
  generation: Generation,
  place: Place,
  object: { readonly facets: Facets; readonly present: readonly string[]; readonly isDeep: boolean },
): string[] {
  const { facets, present, isDeep } = object;
  const isMap =
    facets.properties.size === 0 && (facets.additional.length > 0 || facets.patternProperties.length > 0);
  const draw = drawsOf(`${generation.key} ${place.path} names`);
  const wanted = isMap && !isDeep && isOpen(facets) ? draw.int(1, 3) : 0;
  const least = facets.minProperties - present.length;
  const count = Math.min(Math.max(wanted, least), facets.maxProperties - present.length);
  const names = new Set<string>();
  for (let attempt = 0; names.size < count && attempt < count * 10 + 20; attempt++) {
    const name = nameAt(generation, place, { facets, attempt });
    if (name !== undefined && !present.includes(name) && isAllowed(facets, name)) names.add(name);
  }
  return [...names];
}

function isOpen({ additional, patternProperties }: Facets): boolean {
  return (
    patternProperties.length > 0 || additional.every(({ schema }) => schema !== false && schema !== true)
  );
}

function nameAt(
  generation: Generation,
  place: Place,
  { facets, attempt }: { readonly facets: Facets; readonly attempt: number },
): string | undefined {
  const draw = drawsOf(`${generation.key} ${place.path} name ${attempt}`);
  const usual = USUAL_NAMES.filter(
    (name) => isAllowed(facets, name) && facets.propertyNames.every((at) => generation.accepts(at, name)),
  );
  if (attempt < 10 && usual.length > 0) return draw.pick(usual);
  if (facets.propertyNames.length > 0) return ruledName(generation, place, { facets, attempt });
  const [pattern] = facets.patternProperties[attempt % Math.max(1, facets.patternProperties.length)] ?? [];
  if (pattern !== undefined) return textForPattern(pattern, draw, { minLength: 0, maxLength: 40 });
  return `key-${attempt}`;
}

function ruledName(
  generation: Generation,
  place: Place,
  { facets, attempt }: { readonly facets: Facets; readonly attempt: number },
): string | undefined {
  const path = `${place.path}/name ${attempt}`;
  const isText: SchemaAt = { pointer: '#/text', schema: { type: 'string' } };
  const name = generation.valueAt({ ...withoutGiven(place), path, words: '' }, [
    ...facets.propertyNames,
    isText,
  ]);
  return typeof name === 'string' ? name : undefined;
}

function withoutGiven({ given: _, ...place }: Place): Place {
  return place;
}

function isAllowed({ properties, patternProperties, additional }: Facets, name: string): boolean {
  if (properties.has(name)) return false;
  const own = patternProperties.filter(([pattern]) => patternTest(pattern).test(name));
  if (own.length > 0) return own.every(([, { schema }]) => schema !== false);
  return additional.every(({ schema }) => schema !== false);
}
