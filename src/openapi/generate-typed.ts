import type { Draw } from './draw.ts';
import type { Facets } from './facets.ts';
import { numberFits, textFits } from './fits.ts';
import { generateList } from './generate-list.ts';
import { generateNumber } from './generate-number.ts';
import { generateObject } from './generate-object.ts';
import { generateText } from './generate-text.ts';
import { type Generation, NoValueError, type Place } from './generation.ts';
import type { JsonValue, SchemaType } from './schema-object.ts';

/** What a value has to meet, and what draws it. */
export interface TypedRequest {
  readonly facets: Facets;
  readonly draw: Draw;
  /** True where the value must stay as small as it can. */
  readonly isDeep: boolean;
}

/**
 * A value that meets its facets: a listed one where there is a list, else one of a type that is allowed. Throws
 * {@link NoValueError}.
 */
export function generateTyped(generation: Generation, place: Place, request: TypedRequest): JsonValue {
  const { facets, draw } = request;
  if (!facets.isPossible) throw new NoValueError(`nothing is allowed at ${place.path || 'the root'}`);
  if (facets.values !== undefined) return listedValue(facets.values, facets, draw);
  const types = typesInOrder(facets, { ...request, attempt: generation.attempt });
  let reason: NoValueError | undefined;
  for (const type of types) {
    try {
      return typedValue(generation, place, { ...request, type });
    } catch (error) {
      if (!(error instanceof NoValueError)) throw error;
      // Another type may do.
      reason = error;
    }
  }
  throw reason ?? new NoValueError('no type is allowed by all schemas');
}

function listedValue(values: readonly JsonValue[], facets: Facets, draw: Draw): JsonValue {
  const allowed = values.filter(
    (value) => typesOf(value).some((type) => facets.types.has(type)) && valueFits(value, facets),
  );
  if (allowed.length === 0) throw new NoValueError('no listed value is allowed by all schemas');
  const told = allowed.filter((value) => value !== null);
  return draw.pick(told.length > 0 ? told : allowed);
}

function valueFits(value: JsonValue, facets: Facets): boolean {
  if (typeof value === 'string') return textFits(value, facets);
  return typeof value !== 'number' || numberFits(value, facets);
}

function typesOf(value: JsonValue): SchemaType[] {
  if (value === null) return ['null'];
  if (Array.isArray(value)) return ['array'];
  switch (typeof value) {
    case 'number':
      return Number.isInteger(value) ? ['integer', 'number'] : ['number'];
    case 'string':
    case 'boolean':
      return [typeof value === 'string' ? 'string' : 'boolean'];
    default:
      return ['object'];
  }
}

/** How often a value that may be null is null. */
const NULL_SHARE = 0.06;

const USUAL_TYPES: readonly SchemaType[] = ['object', 'array', 'string', 'number', 'integer', 'boolean'];

/** The types allowed, the one to try first in front. */
function typesInOrder(
  facets: Facets,
  { draw, isDeep, attempt }: Omit<TypedRequest, 'facets'> & { readonly attempt: number },
): SchemaType[] {
  const { types } = facets;
  const usual = USUAL_TYPES.filter((type) => types.has(type) && !(type === 'integer' && types.has('number')));
  const all: SchemaType[] = types.has('null') ? [...usual, 'null'] : usual;
  if (all.length < 2) return all;
  const first = facets.isTyped ? drawnType(all, { draw, isDeep }) : untyped(facets, all, { draw, attempt });
  return [first, ...all.filter((type) => type !== first)];
}

function drawnType(
  types: readonly SchemaType[],
  { draw, isDeep }: Pick<TypedRequest, 'draw' | 'isDeep'>,
): SchemaType {
  if (types.includes('null') && (isDeep || draw.float() < NULL_SHARE)) return 'null';
  const told = types.filter((type) => type !== 'null');
  const [first = 'null', ...others] = told;
  return others.length === 0 ? first : draw.pick(told);
}

/** What stands where no type is said: what the keywords speak of, else a text, and anything once that was wrong. */
function untyped(
  facets: Facets,
  types: readonly SchemaType[],
  { draw, attempt }: { readonly draw: Draw; readonly attempt: number },
): SchemaType {
  const implied = impliedType(facets);
  const first = implied ?? 'string';
  const isRight = types.includes(first) && (attempt === 0 || (implied !== undefined && attempt % 3 !== 2));
  return isRight ? first : draw.pick(types);
}

/** The type that keywords speak of where none is said. */
function impliedType(facets: Facets): SchemaType | undefined {
  if (facets.properties.size > 0 || facets.required.size > 0 || facets.minProperties > 0) return 'object';
  if (facets.patternProperties.length > 0 || facets.additional.length > 0) return 'object';
  if (facets.items.length > 0 || facets.prefixItems.length > 0 || facets.minItems > 0) return 'array';
  if (facets.contains.length > 0) return 'array';
  const bounds = [facets.minimum, facets.maximum, facets.above, facets.below];
  return bounds.some(Number.isFinite) || facets.multiples.length > 0 ? 'number' : undefined;
}

function typedValue(
  generation: Generation,
  place: Place,
  { facets, draw, isDeep, type }: TypedRequest & { readonly type: SchemaType },
): JsonValue {
  const { names, now } = generation;
  const { words, subject, isFresh = false } = place;
  const belief = { words, subject, names, now, draw, isFresh };
  switch (type) {
    case 'object':
      return generateObject(generation, place, facets, isDeep);
    case 'array':
      return generateList(generation, place, facets, isDeep);
    case 'string':
      return generateText(facets, belief);
    case 'number':
    case 'integer':
      return generateNumber(facets, belief, type);
    case 'boolean':
      return draw.float() < 0.5;
    case 'null':
      return null;
  }
}
