import { canonicalPointer, joinPointer, parsePointer } from './json-pointer.ts';
import { type MeetsContext, meetsSchema } from './meets-schema.ts';
import { isJsonObject, type JsonObject, ownEntry, type SchemaObject } from './schema-object.ts';
import { conjunction, propertiesOf, type SchemaAt, schemaAt, schemaPointer } from './schema-view.ts';

/** True for the pointer of a schema with a name. */
export function isNamed(pointer: string): boolean {
  return /^#\/components\/schemas\/[^/]+$/.test(pointer);
}

/** Children found before, by document and pointer; a checked document does not change. */
const found = new WeakMap<JsonObject, Map<string, readonly string[]>>();

/**
 * The named schemas that a value of a schema with a `discriminator` can be: those of its mapping, and those that have
 * it in their `allOf`, however far up. Pointers, in the document's order.
 */
export function childrenOf(root: JsonObject, pointer: string): readonly string[] {
  const known = found.get(root) ?? new Map<string, readonly string[]>();
  found.set(root, known);
  const children = known.get(pointer) ?? findChildren(root, pointer);
  known.set(pointer, children);
  return children;
}

function findChildren(root: JsonObject, pointer: string): readonly string[] {
  const components = root['components'];
  const schemas = isJsonObject(components) ? components['schemas'] : undefined;
  const names = isJsonObject(schemas) ? Object.keys(schemas) : [];
  const { schema } = schemaAt(root, pointer);
  const mapped = typeof schema === 'object' ? Object.values(schema.discriminator?.mapping ?? {}) : [];
  const targets = new Set(mapped.map(targetOf));
  return names
    .map(schemaPointer)
    .filter((child) => targets.has(child) || (child !== pointer && extendsSchema(root, child, pointer)));
}

function extendsSchema(root: JsonObject, child: string, parent: string): boolean {
  const { schema } = schemaAt(root, child);
  const parts = typeof schema === 'object' ? (schema.allOf ?? []) : [];
  return parts.some((part) => {
    const ref = typeof part === 'object' && part.$ref !== undefined ? canonicalPointer(part.$ref) : undefined;
    // In-place cycles were refused with the document, so this ends.
    return ref !== undefined && (ref === parent || (isNamed(ref) && extendsSchema(root, ref, parent)));
  });
}

/** A mapping names a schema by reference or by its name alone. Source: documented (OpenAPI, Discriminator Object). */
function targetOf(value: string): string {
  return value.startsWith('#') ? canonicalPointer(value) : schemaPointer(value);
}

/**
 * What the discriminator of a schema says of values that are of a named one: which names its property can have there.
 * Empty where the property cannot be there, or cannot have a name. Source: documented (OpenAPI, Discriminator Object).
 */
export function discriminatorNames(
  context: MeetsContext,
  { discriminator = { propertyName: '' } }: SchemaObject,
  pointer: string,
): readonly string[] {
  const { root } = context;
  const { propertyName, mapping = {} } = discriminator;
  const target = schemaAt(root, pointer);
  const keys = Object.keys(mapping).filter((key) => targetOf(ownEntry(mapping, key) ?? '') === pointer);
  const names = keys.length > 0 ? keys : [parsePointer(pointer).at(-1) ?? ''];
  const property = propertiesOf(root, target).find(({ name }) => name === propertyName);
  if (property !== undefined) return names.filter((name) => meetsSchema(context, property.schema, name));
  return conjunction(root, target).some(({ schema }) => isClosed(schema)) ? [] : names;
}

function isClosed(schema: SchemaAt['schema']): boolean {
  if (typeof schema === 'boolean') return !schema;
  return schema.additionalProperties === false || schema.unevaluatedProperties === false;
}

/** The schema that gives a discriminator's property a name. */
export function namingSchema(at: SchemaAt, propertyName: string, name: string): SchemaAt {
  return {
    pointer: joinPointer(joinPointer(at.pointer, 'discriminator'), name),
    schema: { required: [propertyName], properties: { [propertyName]: { const: name } } },
  };
}
