import { joinPointer } from './json-pointer.ts';
import type { JsonValue, SchemaObject, SchemaType } from './schema-object.ts';
import type { SchemaAt } from './schema-view.ts';

/** Everything that must hold for one value, gathered from all schemas that apply to it. */
export interface Facets {
  /** Where they were gathered, the outermost first. */
  readonly sources: readonly SchemaAt[];
  /** False where no value is possible. */
  readonly isPossible: boolean;
  /** Types that are allowed; all where nothing is said. */
  readonly types: ReadonlySet<SchemaType>;
  /** True where some schema says a type. */
  readonly isTyped: boolean;
  /** The only values allowed, where there is such a list. */
  readonly values?: readonly JsonValue[];
  readonly formats: readonly string[];
  readonly patterns: readonly string[];
  readonly minimum: number;
  readonly maximum: number;
  /** Bounds that the value itself must not reach. */
  readonly above: number;
  readonly below: number;
  readonly multiples: readonly number[];
  readonly minLength: number;
  readonly maxLength: number;
  readonly items: readonly SchemaAt[];
  readonly prefixItems: readonly (readonly SchemaAt[])[];
  readonly contains: readonly Contains[];
  readonly minItems: number;
  readonly maxItems: number;
  readonly isUnique: boolean;
  readonly properties: ReadonlyMap<string, readonly SchemaAt[]>;
  readonly patternProperties: readonly (readonly [pattern: string, schema: SchemaAt])[];
  readonly additional: readonly SchemaAt[];
  /** `additionalProperties` with the names it does not speak of: it knows only those of its own schema. */
  readonly strangers: readonly { readonly at: SchemaAt; readonly own: SchemaObject }[];
  readonly propertyNames: readonly SchemaAt[];
  readonly required: ReadonlySet<string>;
  readonly minProperties: number;
  readonly maxProperties: number;
  readonly dependentRequired: ReadonlyMap<string, readonly string[]>;
  readonly examples: readonly JsonValue[];
  /** Name of a generator, where one is asked for. */
  readonly faker?: string;
}

/** What a list must contain, and how often. */
export interface Contains {
  readonly at: SchemaAt;
  readonly least: number;
  readonly most: number;
}

const ALL_TYPES: readonly SchemaType[] = [
  'string',
  'number',
  'integer',
  'boolean',
  'object',
  'array',
  'null',
];

/** What several schemas ask of one value together. Each schema counts without its references and compositions. */
export function facetsOf(sources: readonly SchemaAt[]): Facets {
  const objects = sources.flatMap(({ pointer, schema }) =>
    typeof schema === 'object' ? [{ pointer, schema }] : [],
  );
  const all = <T>(read: (schema: SchemaObject) => T | undefined): T[] =>
    objects.flatMap(({ schema }) => read(schema) ?? []);
  const child = (keyword: keyof SchemaObject): SchemaAt[] => objects.flatMap((at) => childAt(at, keyword));
  const excluded = objects.flatMap(exclusionsOf);
  const items = child('items');
  const values = valuesOf(objects.map(({ schema }) => schema));
  const faker = all((schema) => (typeof schema['x-faker'] === 'string' ? schema['x-faker'] : undefined))[0];
  return {
    sources,
    isPossible: sources.every(({ schema }) => schema !== false),
    types: typesOf(
      objects.map(({ schema }) => schema),
      excluded,
    ),
    isTyped: objects.some(({ schema }) => schema.type !== undefined),
    ...(values === undefined ? {} : { values }),
    formats: all((schema) => schema.format),
    patterns: all((schema) => schema.pattern),
    minimum: Math.max(Number.NEGATIVE_INFINITY, ...all((schema) => schema.minimum)),
    maximum: Math.min(Number.POSITIVE_INFINITY, ...all((schema) => schema.maximum)),
    above: Math.max(Number.NEGATIVE_INFINITY, ...all((schema) => schema.exclusiveMinimum)),
    below: Math.min(Number.POSITIVE_INFINITY, ...all((schema) => schema.exclusiveMaximum)),
    multiples: all((schema) => schema.multipleOf),
    minLength: Math.max(0, ...all((schema) => schema.minLength)),
    maxLength: Math.min(Number.POSITIVE_INFINITY, ...all((schema) => schema.maxLength)),
    items: items.length > 0 ? items : child('unevaluatedItems'),
    prefixItems: prefixesOf(objects),
    contains: objects.flatMap(containsIn),
    minItems: Math.max(0, ...all((schema) => schema.minItems)),
    maxItems: Math.min(Number.POSITIVE_INFINITY, ...all((schema) => schema.maxItems)),
    isUnique: objects.some(({ schema }) => schema.uniqueItems === true),
    properties: propertiesIn(objects, excluded),
    patternProperties: objects.flatMap((at) =>
      namedChildren(at, 'patternProperties').map(([pattern, schema]) => [pattern, schema] as const),
    ),
    additional: [...child('additionalProperties'), ...child('unevaluatedProperties')],
    strangers: objects.flatMap((object) =>
      childAt(object, 'additionalProperties').map((at) => ({ at, own: object.schema })),
    ),
    propertyNames: child('propertyNames'),
    required: new Set(all((schema) => schema.required).flat()),
    minProperties: Math.max(0, ...all((schema) => schema.minProperties)),
    maxProperties: Math.min(Number.POSITIVE_INFINITY, ...all((schema) => schema.maxProperties)),
    dependentRequired: new Map(
      all((schema) => schema.dependentRequired).flatMap((map) => Object.entries(map)),
    ),
    examples: all(examplesIn).flat(),
    ...(faker === undefined ? {} : { faker }),
  };
}

type ObjectAt = { readonly pointer: string; readonly schema: SchemaObject };

function examplesIn(schema: SchemaObject): JsonValue[] | undefined {
  const preset = schema.default === undefined || schema.default === null ? [] : [schema.default];
  return [...(schema.examples ?? []), ...preset];
}

function valuesOf(schemas: readonly SchemaObject[]): JsonValue[] | undefined {
  const lists = schemas.flatMap((schema) => [
    ...(schema.enum === undefined ? [] : [schema.enum]),
    ...(schema.const === undefined ? [] : [[schema.const]]),
  ]);
  const [first, ...others] = lists;
  if (first === undefined) return undefined;
  const same = (a: JsonValue, b: JsonValue): boolean => JSON.stringify(a) === JSON.stringify(b);
  return first.filter((value) => others.every((list) => list.some((other) => same(value, other))));
}

function typesOf(schemas: readonly SchemaObject[], excluded: readonly ObjectAt[]): Set<SchemaType> {
  const never = new Set(excluded.flatMap(({ schema }) => schema.type ?? []));
  // What is no number is no integer either.
  let left: readonly SchemaType[] = ALL_TYPES.filter(
    (name) => !never.has(name) && !(name === 'integer' && never.has('number')),
  );
  for (const { type } of schemas) {
    if (type === undefined) continue;
    const named: readonly SchemaType[] = typeof type === 'string' ? [type] : type;
    // A number is allowed to be an integer, and an integer is a number.
    const allowed = named.flatMap((name): SchemaType[] =>
      name === 'number' ? ['number', 'integer'] : [name],
    );
    left = left.filter((name) => allowed.includes(name));
  }
  return new Set(left);
}

function childAt({ pointer, schema }: ObjectAt, keyword: keyof SchemaObject): SchemaAt[] {
  const held = schema[keyword];
  // Only called for keywords that hold one schema.
  return held === undefined
    ? []
    : [{ pointer: joinPointer(pointer, keyword), schema: held as SchemaAt['schema'] }];
}

function namedChildren(
  { pointer, schema }: ObjectAt,
  keyword: 'properties' | 'patternProperties',
): [string, SchemaAt][] {
  const parent = joinPointer(pointer, keyword);
  return Object.entries(schema[keyword] ?? {}).map(([name, held]) => [
    name,
    { pointer: joinPointer(parent, name), schema: held },
  ]);
}

function propertiesIn(objects: readonly ObjectAt[], excluded: readonly ObjectAt[]): Map<string, SchemaAt[]> {
  const found = new Map<string, SchemaAt[]>();
  const absent = excluded.flatMap(({ pointer, schema }) =>
    (schema.required ?? []).map(
      (name) => [name, { pointer: joinPointer(pointer, name), schema: false }] as const,
    ),
  );
  for (const [name, schema] of [...objects.flatMap((at) => namedChildren(at, 'properties')), ...absent]) {
    found.set(name, [...(found.get(name) ?? []), schema]);
  }
  return found;
}

/**
 * What `not` excludes, as far as that can be kept while a value is made: types, and the presence of one property. All
 * other exclusions are left to the check of what was made.
 */
function exclusionsOf({ pointer, schema: { not } }: ObjectAt): ObjectAt[] {
  if (not === undefined || typeof not === 'boolean') return [];
  const at = { pointer: joinPointer(pointer, 'not'), schema: not };
  const [keyword, ...others] = Object.keys(not).filter((name) => name !== 'description' && name !== 'title');
  if (others.length > 0) return [];
  if (keyword === 'type' || (keyword === 'required' && not.required?.length === 1)) return [at];
  if (keyword !== 'anyOf') return [];
  return (not.anyOf ?? []).flatMap((branch, index) =>
    exclusionsOf({ pointer: joinPointer(at.pointer, index), schema: { not: branch } }),
  );
}

function containsIn({ pointer, schema }: ObjectAt): Contains[] {
  const { contains, minContains: least = 1, maxContains: most = Infinity } = schema;
  if (contains === undefined) return [];
  return [{ at: { pointer: joinPointer(pointer, 'contains'), schema: contains }, least, most }];
}

function prefixesOf(objects: readonly ObjectAt[]): SchemaAt[][] {
  const length = Math.max(0, ...objects.map(({ schema }) => schema.prefixItems?.length ?? 0));
  return Array.from({ length }, (_, index) =>
    objects.flatMap(({ pointer, schema }) => {
      const held = schema.prefixItems?.[index];
      if (held === undefined) return [];
      return [{ pointer: joinPointer(joinPointer(pointer, 'prefixItems'), index), schema: held }];
    }),
  );
}
