import type { Facets } from './facets.ts';
import { patternTest } from './pattern.ts';
import type { SchemaObject } from './schema-object.ts';
import type { SchemaAt } from './schema-view.ts';

/** True for a property that `additionalProperties` of the same schema does not speak of. */
export function declaresName(
  { properties = {}, patternProperties = {} }: SchemaObject,
  name: string,
): boolean {
  if (Object.hasOwn(properties, name)) return true;
  return Object.keys(patternProperties).some((pattern) => patternTest(pattern).test(name));
}

/** The schemas a property must meet: its own, those of its name's pattern, else that of all other names. */
export function schemasFor(facets: Facets, name: string): SchemaAt[] {
  const own = [
    ...(facets.properties.get(name) ?? []),
    ...facets.patternProperties
      .filter(([pattern]) => patternTest(pattern).test(name))
      .map(([, schema]) => schema),
  ];
  if (own.length === 0) return facets.additional.filter(({ schema }) => typeof schema !== 'boolean');
  // In a composition each part's additionalProperties speaks of the names that only other parts declare.
  const strange = facets.strangers.filter(({ own: part }) => !declaresName(part, name)).map(({ at }) => at);
  return [...own, ...strange.filter(({ schema }) => schema !== true)];
}
