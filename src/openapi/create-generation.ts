import { compileValidator } from './compile-validator.ts';
import { type Draw, drawsOf } from './draw.ts';
import { expandSchemas } from './expand-schemas.ts';
import { type Facets, facetsOf } from './facets.ts';
import { numberFits, textFits } from './fits.ts';
import { generateList } from './generate-list.ts';
import { generateNumber } from './generate-number.ts';
import { generateObject } from './generate-object.ts';
import { generateText } from './generate-text.ts';
import { type Generation, NoValueError, type Place } from './generation.ts';
import type { LoadedDocument } from './loaded-document.ts';
import { aroundWith, isRecursive } from './recursion.ts';
import { type Heights, heightsOf } from './schema-height.ts';
import type { JsonValue, SchemaType } from './schema-object.ts';
import { conjunction, type SchemaAt } from './schema-view.ts';

/** What a generation is made from, everything filled in. */
export type GenerationSettings = Pick<
  Generation,
  'key' | 'names' | 'now' | 'direction' | 'prefersExamples' | 'faker' | 'attempt'
>;

/** Values of one answer before everything optional is left out. */
const BUDGET = 1000;

/** Nesting below which everything optional is left out. */
const MAX_DEPTH = 8;

/** The maker of all parts of one value. */
export function createGeneration(document: LoadedDocument, settings: GenerationSettings): Generation {
  const memo = memoOf(document);
  const generation: Generation = {
    ...settings,
    root: document.root,
    heights: memo.heights,
    facetsOf: (schemas) => rememberedFacets(memo.facets, schemas),
    budget: { left: BUDGET },
    valueAt: (place, schemas) => checkedValueAt(generation, place, schemas),
    accepts: (schemaRef, value) =>
      compileValidator(document, schemaRef, { direction: settings.direction, maxViolations: 1 })(value)
        .length === 0,
  };
  return generation;
}

/** What follows from a document alone and is worth keeping. */
interface DocumentMemo {
  readonly heights: Heights;
  /** Facets by the pointers of the schemas they were gathered from. */
  readonly facets: Map<string, Facets>;
}

/** One memo for each document, gone with it. */
const memos = new WeakMap<LoadedDocument, DocumentMemo>();

function memoOf(document: LoadedDocument): DocumentMemo {
  const memo = memos.get(document) ?? { heights: heightsOf(document), facets: new Map() };
  memos.set(document, memo);
  return memo;
}

/** Facets kept for one document; alternatives inside alternatives could be combined without end. */
const MAX_KEPT_FACETS = 5000;

function rememberedFacets(facets: Map<string, Facets>, schemas: readonly SchemaAt[]): Facets {
  const key = schemas.map(({ pointer }) => pointer).join(' ');
  const known = facets.get(key);
  if (known !== undefined) return known;
  const made = facetsOf(schemas);
  if (facets.size < MAX_KEPT_FACETS) facets.set(key, made);
  return made;
}

/** Tries for one part that has alternatives, once the whole has failed. */
const PART_ATTEMPTS = 8;

/**
 * After a first failure parts with alternatives or exclusions are checked on their own: in a list of many such
 * parts some part would be wrong in every try of the whole.
 */
function checkedValueAt(generation: Generation, place: Place, schemas: readonly SchemaAt[]): JsonValue {
  const doubtful = generation.attempt === 0 ? [] : schemas.filter((at) => isDoubtful(generation, at));
  let value = valueAt(generation, place, schemas);
  for (let attempt = 1; attempt < PART_ATTEMPTS && generation.budget.left > 0; attempt++) {
    if (doubtful.every(({ pointer }) => generation.accepts(pointer, value))) return value;
    value = valueAt(generation, { ...place, path: `${place.path}~${attempt}` }, schemas);
  }
  return value;
}

/** True where a value may meet one schema and still be wrong for what stands around it. */
function isDoubtful({ root }: Generation, at: SchemaAt): boolean {
  return conjunction(root, at).some(
    ({ schema }) =>
      typeof schema === 'object' &&
      [schema.oneOf, schema.anyOf, schema.not, schema.if].some((held) => held !== undefined),
  );
}

function valueAt(generation: Generation, place: Place, schemas: readonly SchemaAt[]): JsonValue {
  const { root, heights, key, budget, attempt } = generation;
  const draw = drawsOf(`${key} ${place.path}`);
  budget.left--;
  const around = aroundWith(place.around, schemas);
  const isDeep = budget.left < 0 || place.depth >= MAX_DEPTH || isRecursive(around);
  const facets = generation.facetsOf(expandSchemas({ root, draw, heights, isDeep }, schemas));
  if (!facets.isPossible) throw new NoValueError(`nothing is allowed at ${place.path || 'the root'}`);
  const asked = askedValue(generation, facets, draw);
  if (asked !== undefined) return asked;
  if (facets.values !== undefined) return listedValue(facets.values, facets, draw);
  const inner: Place = { ...place, around };
  return typedValue(generation, inner, {
    facets,
    draw,
    isDeep,
    type: typeOf(facets, { draw, isDeep, attempt }),
  });
}

/** What the document itself says stands here, where that is asked for. */
function askedValue(
  { faker, prefersExamples }: Generation,
  facets: Facets,
  draw: Draw,
): JsonValue | undefined {
  const made = facets.faker === undefined ? undefined : faker?.(facets.faker, draw.float);
  if (made !== undefined) return made;
  return prefersExamples && facets.examples.length > 0 ? draw.pick(facets.examples) : undefined;
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

function typeOf(
  facets: Facets,
  { draw, isDeep, attempt }: { readonly draw: Draw; readonly isDeep: boolean; readonly attempt: number },
): SchemaType {
  const { types } = facets;
  if (types.size === 0) throw new NoValueError('no type is allowed by all schemas');
  if (!facets.isTyped) return impliedType(facets) ?? (attempt === 0 ? 'string' : draw.pick(SCALARS));
  if (types.has('null') && (types.size === 1 || isDeep || draw.float() < NULL_SHARE)) return 'null';
  const [first = 'null', ...others] = (
    ['object', 'array', 'string', 'number', 'integer', 'boolean'] as const
  ).filter((type) => types.has(type) && !(type === 'integer' && types.has('number')));
  return others.length === 0 ? first : draw.pick([first, ...others]);
}

/** What may stand where nothing is said, once the usual text was wrong. */
const SCALARS: readonly SchemaType[] = ['string', 'integer', 'number', 'boolean'];

/** The type that keywords speak of where none is said. */
function impliedType(facets: Facets): SchemaType | undefined {
  if (facets.properties.size > 0 || facets.required.size > 0 || facets.minProperties > 0) return 'object';
  if (facets.patternProperties.length > 0 || facets.additional.length > 0) return 'object';
  if (facets.items.length > 0 || facets.prefixItems.length > 0 || facets.minItems > 0) return 'array';
  const bounds = [facets.minimum, facets.maximum, facets.above, facets.below];
  return bounds.some(Number.isFinite) || facets.multiples.length > 0 ? 'number' : undefined;
}

interface Typed {
  readonly facets: Facets;
  readonly draw: Draw;
  readonly isDeep: boolean;
  readonly type: SchemaType;
}

function typedValue(generation: Generation, place: Place, { facets, draw, isDeep, type }: Typed): JsonValue {
  const { names, now } = generation;
  const belief = { words: place.words, subject: place.subject, names, now, draw };
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
