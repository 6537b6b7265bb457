import { joinPointer, valueAt } from './json-pointer.ts';
import { isJsonObject, type JsonObject, type Schema, type SchemaObject } from './schema-object.ts';

/** A schema and where it stands. */
export interface SchemaAt {
  readonly pointer: string;
  readonly schema: Schema;
}

/** One property of an object schema as it is used there: its references are not yet followed. */
export interface PropertyAt extends SchemaAt {
  readonly name: string;
}

/** Pointer of a named schema: `#/components/schemas/SessionObject`. */
export function schemaPointer(name: string): string {
  return joinPointer('#/components/schemas', name);
}

/** Schemas found before, by document and pointer; a checked document does not change. */
const found = new WeakMap<JsonObject, Map<string, SchemaAt>>();

/** The schema at a pointer of a checked document. Throws RangeError where there is none. */
export function schemaAt(root: JsonObject, pointer: string): SchemaAt {
  const schemas = found.get(root) ?? new Map<string, SchemaAt>();
  const known = schemas.get(pointer);
  if (known !== undefined) return known;
  const value = valueAt(root, pointer);
  if (!isSchema(value)) throw new RangeError(`no schema at ${pointer}`);
  const at: SchemaAt = { pointer, schema: value };
  schemas.set(pointer, at);
  found.set(root, schemas);
  return at;
}

/** The schema itself and those it applies to the same value always: behind `$ref` and in `allOf`. */
export function conjunction(root: JsonObject, at: SchemaAt): SchemaAt[] {
  const { pointer, schema } = at;
  if (typeof schema === 'boolean') return [at];
  const behind = schema.$ref === undefined ? [] : conjunction(root, schemaAt(root, schema.$ref));
  const all = (schema.allOf ?? []).flatMap((inner, index) =>
    conjunction(root, { pointer: joinPointer(joinPointer(pointer, 'allOf'), index), schema: inner }),
  );
  return [at, ...behind, ...all];
}

/** A keyword's value on a schema or on what it always applies, the outermost first. */
export function keywordOf<K extends keyof SchemaObject>(
  root: JsonObject,
  at: SchemaAt,
  keyword: K,
): SchemaObject[K] | undefined {
  for (const { schema } of conjunction(root, at)) {
    const value = typeof schema === 'boolean' ? undefined : schema[keyword];
    if (value !== undefined) return value;
  }
  return undefined;
}

/**
 * The schema of a value that is there: the one alternative beside `null`, as OpenAPI 3.0 documents say `nullable` of a
 * reference; the schema itself where it has none or several.
 */
export function presentAt(root: JsonObject, at: SchemaAt): SchemaAt {
  for (const { pointer, schema } of conjunction(root, at)) {
    if (typeof schema === 'boolean') continue;
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      const parent = joinPointer(pointer, keyword);
      const all = (schema[keyword] ?? []).map((one, index) => ({
        pointer: joinPointer(parent, index),
        schema: one,
      }));
      const [only, ...others] = all.filter((one) => keywordOf(root, one, 'type') !== 'null');
      if (only !== undefined && others.length === 0) return presentAt(root, only);
    }
  }
  return at;
}

/** The properties an object schema declares, those behind `$ref` and in `allOf` too, in declaration order. */
export function propertiesOf(root: JsonObject, at: SchemaAt): PropertyAt[] {
  const properties = new Map<string, PropertyAt>();
  for (const { pointer, schema } of conjunction(root, at)) {
    if (typeof schema === 'boolean' || schema.properties === undefined) continue;
    const parent = joinPointer(pointer, 'properties');
    for (const [name, property] of Object.entries(schema.properties)) {
      if (!properties.has(name)) {
        properties.set(name, { name, pointer: joinPointer(parent, name), schema: property });
      }
    }
  }
  return [...properties.values()];
}

/**
 * A keyword of one property: `propertyKeyword(document, { schemaRef, property: 'limit' }, 'maximum')`.
 * Undefined where the schema has no such property, or the property no such keyword.
 */
export function propertyKeyword<K extends keyof SchemaObject>(
  { root }: { readonly root: JsonObject },
  at: { readonly schemaRef: string; readonly property: string },
  keyword: K,
): SchemaObject[K] | undefined {
  const found = propertiesOf(root, schemaAt(root, at.schemaRef)).find(({ name }) => name === at.property);
  return found === undefined ? undefined : keywordOf(root, found, keyword);
}

/** Pointer of the named schema that a schema is, directly or by a reference alone; undefined for others. */
export function namedPointer(at: SchemaAt): string {
  return typeof at.schema === 'object' && at.schema.$ref !== undefined ? at.schema.$ref : at.pointer;
}

function isSchema(value: unknown): value is Schema {
  // The document was checked: every object that stands where a schema stands is one.
  return typeof value === 'boolean' || isJsonObject(value);
}
