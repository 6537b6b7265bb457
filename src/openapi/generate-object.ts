import { drawsOf } from './draw.ts';
import { extraNames } from './extra-names.ts';
import type { Facets } from './facets.ts';
import { type Generation, NoValueError, type Place } from './generation.ts';
import { joinPointer } from './json-pointer.ts';
import { compilePattern } from './pattern.ts';
import { wouldRecurse } from './recursion.ts';
import type { JsonValue, SchemaObject } from './schema-object.ts';
import { keywordOf, type SchemaAt } from './schema-view.ts';
import { kindOf, type Subject, subjectOf } from './subject.ts';
import { nounOf, wordsOf } from './words.ts';

/** An object that meets its facets, about one subject. */
export function generateObject(
  generation: Generation,
  place: Place,
  facets: Facets,
  isDeep: boolean,
): Record<string, JsonValue> {
  const subject = subjectFor(generation, place, facets);
  const { given: known, index: _, ...rest } = place;
  const inner: Place = { ...rest, subject, depth: place.depth + 1 };
  const names = namesOf(generation, place, facets, isDeep);
  return Object.fromEntries(
    names.map((name) => {
      const schemas = schemasFor(facets, name);
      if (schemas.length === 0 && isClosed(facets))
        throw new NoValueError(`${name} is required but not declared`);
      const given = givenValue(generation, known, { name, schemas });
      const at = { ...inner, path: joinPointer(place.path, name), words: wordsOf(name) };
      return [name, given ?? generation.valueAt(at, schemas)];
    }),
  );
}

/** Names that say more about the object around them than about another one. */
const ASPECTS = /^(profile|account|contact|identity|detail|attribute|metadata)$/;

function subjectFor(generation: Generation, place: Place, facets: Facets): Subject {
  const entity = entityOf(place, facets);
  if (place.subject.kind === 'person' && ASPECTS.test(nounOf(place.words))) return place.subject;
  const id = place.given?.['id'];
  return subjectOf({
    names: generation.names,
    now: generation.now,
    // Without the number of the attempt: a later try is still about the same subject.
    key: `${generation.key.replace(/#\d+$/, '')} ${place.path}`,
    entity,
    ...place.index,
    ...(typeof id === 'string' ? { knownId: id } : {}),
  });
}

/** What an object is, by its schema's name or its property's name, whichever says more. */
function entityOf({ words, subject }: Place, { sources }: Facets): string {
  const named = sources.flatMap(
    ({ pointer }) => /^#\/components\/schemas\/([^/]+)$/.exec(pointer)?.[1] ?? [],
  );
  const [bySchema = ''] = named.map(nounOf);
  const byProperty = nounOf(words);
  if (kindOf(bySchema) !== 'other') return bySchema;
  if (kindOf(byProperty) !== 'other') return byProperty;
  return bySchema || byProperty || subject.entity;
}

function namesOf(generation: Generation, place: Place, facets: Facets, isDeep: boolean): string[] {
  const required = new Set(facets.required);
  for (const [name, others] of facets.dependentRequired)
    if (required.has(name)) for (const other of others) required.add(other);
  const optional = isDeep ? [] : [...facets.properties.keys()].filter((name) => !required.has(name));
  const wanted = optional.filter((name) => isWanted(generation, place, { name, facets }));
  const room = Math.max(0, facets.maxProperties - required.size);
  const kept = new Set([...required, ...wanted.slice(0, room)]);
  const declared = [...facets.properties.keys()].filter(
    (name) => kept.has(name) && travels(generation, facets, name),
  );
  const undeclared = [...required].filter((name) => !facets.properties.has(name));
  const names = [...declared, ...undeclared];
  const dependents = names.flatMap((name) => facets.dependentRequired.get(name) ?? []);
  const all = [...new Set([...names, ...dependents])];
  return [...all, ...extraNames(generation, place, { facets, present: all, isDeep })];
}

/** False where a property must not be sent this way; what must be there anyway may then be absent. */
function travels({ root, direction }: Generation, facets: Facets, name: string): boolean {
  const keyword = direction === 'response' ? 'writeOnly' : 'readOnly';
  return (facets.properties.get(name) ?? []).every((at) => keywordOf(root, at, keyword) !== true);
}

/** Optional properties that have a finite value; later tries leave out half of them, then all. */
function isWanted(
  { heights, attempt, key }: Generation,
  { path, around }: Place,
  { name, facets }: { readonly name: string; readonly facets: Facets },
): boolean {
  const schemas = schemasFor(facets, name);
  if (attempt >= 12 || wouldRecurse(around, schemas)) return false;
  if (schemas.some(({ schema }) => schema === false || heights(schema) === Infinity)) return false;
  return attempt < 3 || drawsOf(`${key} ${path} ${name} wanted`).float() < 0.5;
}

/** True where properties that are not declared are not allowed. */
function isClosed({ additional }: Facets): boolean {
  return additional.some(({ schema }) => schema === false);
}

/** The schemas a property must meet: its own, those of its name's pattern, else that of all other names. */
export function schemasFor(facets: Facets, name: string): SchemaAt[] {
  const own = [
    ...(facets.properties.get(name) ?? []),
    ...facets.patternProperties
      .filter(([pattern]) => compilePattern(pattern).test(name))
      .map(([, schema]) => schema),
  ];
  if (own.length === 0) return facets.additional.filter(({ schema }) => typeof schema !== 'boolean');
  // In a composition each part's additionalProperties speaks of the names that only other parts declare.
  const strange = facets.strangers.filter(({ own: part }) => !declares(part, name)).map(({ at }) => at);
  return [...own, ...strange.filter(({ schema }) => schema !== true)];
}

function declares({ properties = {}, patternProperties = {} }: SchemaObject, name: string): boolean {
  if (Object.hasOwn(properties, name)) return true;
  return Object.keys(patternProperties).some((pattern) => compilePattern(pattern).test(name));
}

/** A value known from the request, as the property's schema takes it: numbers arrive as texts in paths. */
function givenValue(
  { accepts }: Generation,
  known: Readonly<Record<string, JsonValue>> | undefined,
  { name, schemas }: { readonly name: string; readonly schemas: readonly SchemaAt[] },
): JsonValue | undefined {
  const value = known !== undefined && Object.hasOwn(known, name) ? known[name] : undefined;
  if (value === undefined) return undefined;
  const forms = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? [value, Number(value)] : [value];
  return forms.find((form) => schemas.every(({ pointer }) => accepts(pointer, form)));
}
