import { type Draw, drawsOf } from './draw.ts';
import { type Condition, expandSchemas } from './expand-schemas.ts';
import { type Facets, facetsOf } from './facets.ts';
import { generateTyped } from './generate-typed.ts';
import { type Generation, NoValueError, type Place } from './generation.ts';
import type { LoadedDocument } from './loaded-document.ts';
import { meetsSchema } from './meets-schema.ts';
import { aroundWith, isRecursive } from './recursion.ts';
import { type Heights, heightsOf } from './schema-height.ts';
import type { JsonValue } from './schema-object.ts';
import { conjunction, type SchemaAt } from './schema-view.ts';
import { type Made, settle } from './settle-conditions.ts';

/** What a generation is made from, everything filled in. */
export type GenerationSettings = Pick<
  Generation,
  'key' | 'names' | 'now' | 'direction' | 'prefersExamples' | 'faker' | 'attempt'
>;

/** Values of one answer before everything optional is left out. */
const BUDGET = 1000;

/** Values that may be made in vain in one answer; beyond them only the whole is tried again. */
const RETRIES = 3000;

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
    plainFacets: memo.plain,
    budget: { left: BUDGET, retries: RETRIES },
    valueAt: (place, schemas) => checkedValueAt(generation, place, schemas),
    accepts: ({ schema }, value) =>
      meetsSchema({ root: document.root, direction: settings.direction }, schema, value),
  };
  return generation;
}

/** What follows from a document alone and is worth keeping. */
interface DocumentMemo {
  readonly heights: Heights;
  /** Facets by the pointers of the schemas they were gathered from. */
  readonly facets: Map<string, Facets>;
  /** Facets of schemas that leave no choice, by their own pointers. */
  readonly plain: Map<string, Facets>;
}

/** One memo for each document, gone with it. */
const memos = new WeakMap<LoadedDocument, DocumentMemo>();

function memoOf(document: LoadedDocument): DocumentMemo {
  const memo = memos.get(document) ?? {
    heights: heightsOf(document),
    facets: new Map(),
    plain: new Map(),
  };
  memos.set(document, memo);
  return memo;
}

/** Facets kept for one document; alternatives inside alternatives could be combined without end. */
const MAX_KEPT_FACETS = 5000;

function rememberedFacets(facets: Map<string, Facets>, schemas: readonly SchemaAt[]): Facets {
  const key = pointersOf(schemas);
  const known = facets.get(key);
  if (known !== undefined) return known;
  const made = facetsOf(schemas);
  if (facets.size < MAX_KEPT_FACETS) facets.set(key, made);
  return made;
}

function pointersOf(schemas: readonly SchemaAt[]): string {
  const [only, ...others] = schemas;
  if (only === undefined || others.length === 0) return only?.pointer ?? '';
  return schemas.map(({ pointer }) => pointer).join(' ');
}

/** Tries for one part that has alternatives. */
const PART_ATTEMPTS = 8;

/**
 * Parts with alternatives or exclusions are checked on their own: in a list of many such parts some part would be
 * wrong in every try of the whole.
 */
function checkedValueAt(generation: Generation, place: Place, schemas: readonly SchemaAt[]): JsonValue {
  const isSure = !schemas.some((at) => isDoubtful(generation, at));
  return isSure ? valueAt(generation, place, schemas) : doubtfulValueAt(generation, place, schemas);
}

function doubtfulValueAt(generation: Generation, place: Place, schemas: readonly SchemaAt[]): JsonValue {
  const { budget } = generation;
  for (let attempt = 0; ; attempt++) {
    const isLast = attempt === PART_ATTEMPTS - 1 || budget.retries <= 0;
    const { left } = budget;
    const path = attempt === 0 ? place.path : `${place.path}~${attempt}`;
    const made = valueOrError(() => valueAt(generation, { ...place, path }, schemas));
    const isError = made instanceof NoValueError;
    if (!isError && schemas.every((at) => generation.accepts(at, made))) return made;
    if (isLast) throw isError ? made : new NoValueError('its keywords contradict each other');
    budget.retries -= left - budget.left;
  }
}

function valueOrError(make: () => JsonValue): JsonValue | NoValueError {
  try {
    return make();
  } catch (error) {
    if (error instanceof NoValueError) return error;
    throw error;
  }
}

const DOUBTFUL = ['oneOf', 'anyOf', 'not', 'if', 'dependentSchemas', 'contains', 'unevaluatedItems'] as const;

/** True where a value may be made of what one schema asks and still be wrong for what stands around it. */
function isDoubtful({ root }: Generation, at: SchemaAt): boolean {
  return conjunction(root, at).some(
    ({ schema }) => typeof schema === 'object' && DOUBTFUL.some((keyword) => schema[keyword] !== undefined),
  );
}

/** From this try on discriminators are left out, in case they contradict what stands around them. */
const NAMELESS_ATTEMPT = 9;

function valueAt(generation: Generation, place: Place, schemas: readonly SchemaAt[]): JsonValue {
  const { key, budget } = generation;
  const around = aroundWith(place.around, schemas);
  const isDeep = budget.left < 0 || place.depth >= MAX_DEPTH || isRecursive(around);
  const path = `${key} ${place.path}`;
  const make = (sides: ReadonlyMap<string, boolean>): Made => {
    budget.left--;
    const { facets, conditions } = chosenFacets(generation, schemas, { path, isDeep, sides });
    const draw = drawsOf(path);
    const asked = askedValue(generation, { facets, schemas, draw });
    const value = asked ?? generateTyped(generation, { ...place, around }, { facets, draw, isDeep });
    return { value, conditions };
  };
  return settle(generation, { make, draw: isDeep ? undefined : () => drawsOf(`${path} if`) });
}

interface Choosing {
  /** What the choices are drawn from. */
  readonly path: string;
  readonly isDeep: boolean;
  readonly sides: ReadonlyMap<string, boolean>;
}

const NO_CONDITIONS: readonly Condition[] = [];

/** What a value has to meet once every choice is made; kept where there is no choice. */
function chosenFacets(
  generation: Generation,
  schemas: readonly SchemaAt[],
  { path, isDeep, sides }: Choosing,
): { readonly facets: Facets; readonly conditions: readonly Condition[] } {
  const { root, direction, heights, attempt, plainFacets } = generation;
  const ignoresNames = attempt >= NAMELESS_ATTEMPT;
  const key = `${ignoresNames} ${pointersOf(schemas)}`;
  const plain = plainFacets.get(key);
  if (plain !== undefined) return { facets: plain, conditions: NO_CONDITIONS };
  let isPlain = true;
  const drawAt = (pointer: string): Draw => {
    isPlain = false;
    return drawsOf(`${path} ${pointer}`);
  };
  const conditions: Condition[] = [];
  const onCondition = (condition: Condition): unknown => conditions.push(condition);
  const choices = { root, direction, drawAt, heights, isDeep, ignoresNames, sides, onCondition };
  const facets = generation.facetsOf(expandSchemas(choices, schemas));
  if (isPlain && conditions.length === 0 && plainFacets.size < MAX_KEPT_FACETS) plainFacets.set(key, facets);
  return { facets, conditions };
}

interface Asked {
  readonly facets: Facets;
  readonly schemas: readonly SchemaAt[];
  readonly draw: Draw;
}

/** What the document itself says stands here, where that is asked for and fits. */
function askedValue(generation: Generation, { facets, schemas, draw }: Asked): JsonValue | undefined {
  const { faker, prefersExamples, accepts } = generation;
  const fits = (value: JsonValue): boolean => schemas.every((at) => accepts(at, value));
  const made = facets.faker === undefined ? undefined : faker?.(facets.faker, draw.float);
  if (made !== undefined && fits(made)) return made;
  const examples = prefersExamples ? facets.examples.filter(fits) : [];
  return examples.length === 0 ? undefined : draw.pick(examples);
}
