import { schemasFor } from './declared-names.ts';
import type { Facets } from './facets.ts';
import { type Generation, NoValueError, type Place } from './generation.ts';
import { joinPointer } from './json-pointer.ts';
import { knownPerson } from './known-values.ts';
import { namesOf } from './object-names.ts';
import type { JsonValue } from './schema-object.ts';
import type { SchemaAt } from './schema-view.ts';
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
    names.flatMap(({ name, isOptional }) => {
      const schemas = schemasFor(facets, name);
      if (schemas.length === 0 && isClosed(facets))
        throw new NoValueError(`${name} is required but not declared`);
      const given = givenValue(generation, known, { name, schemas });
      const at = { ...inner, path: joinPointer(place.path, name), words: wordsOf(name) };
      const value = given ?? valueIfAny(() => generation.valueAt(at, schemas), isOptional);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** What need not be there is left out where it has no value. */
function valueIfAny(make: () => JsonValue, isOptional: boolean): JsonValue | undefined {
  try {
    return make();
  } catch (error) {
    if (isOptional && error instanceof NoValueError) return undefined;
    throw error;
  }
}

/** Names that say more about the object around them than about another one. */
const ASPECTS = /^(profile|account|contact|identity|detail|attribute|metadata)$/;

function subjectFor(generation: Generation, place: Place, facets: Facets): Subject {
  const entity = entityOf(place, facets);
  if (place.subject.kind === 'person' && ASPECTS.test(nounOf(place.words))) return place.subject;
  const { given } = place;
  const id = given?.['id'] ?? knownPerson(given, generation.names.people)?.id;
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

/** True where properties that are not declared are not allowed. */
function isClosed({ additional }: Facets): boolean {
  return additional.some(({ schema }) => schema === false);
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
  return forms.find((form) => schemas.every((at) => accepts(at, form)));
}
