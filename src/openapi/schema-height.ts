import { joinPointer } from './json-pointer.ts';
import type { LoadedDocument } from './loaded-document.ts';
import type { JsonObject, Schema, SchemaObject } from './schema-object.ts';
import { type SchemaAt, schemaAt } from './schema-view.ts';
import { walkDocument } from './walk-document.ts';

/**
 * How many objects and lists the smallest value of a schema is nested into each other: 0 for a scalar,
 * Infinity where every value would have to hold itself. Shows the way out of recursion.
 */
export type Heights = (schema: Schema) => number;

/** Rounds until heights of a document stand still; a deeper smallest value counts as none. */
const MAX_ROUNDS = 60;

/** Heights computed before; a checked document does not change. */
const computed = new WeakMap<LoadedDocument, Heights>();

/** The heights of all schemas of a document. */
export function heightsOf(document: LoadedDocument): Heights {
  const heights = computed.get(document) ?? computeHeights(document);
  computed.set(document, heights);
  return heights;
}

function computeHeights({ root }: LoadedDocument): Heights {
  const heights = new Map<Schema, number>();
  const schemas = walkDocument(root).flatMap(({ kind, pointer }) =>
    kind === 'schema' ? [schemaAt(root, pointer).schema] : [],
  );
  const known = (schema: Schema): number =>
    typeof schema === 'boolean' ? 0 : (heights.get(schema) ?? Infinity);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    let isChanged = false;
    for (const schema of schemas) {
      if (typeof schema === 'boolean') continue;
      const height = heightOf(root, schema, known);
      if (height !== known(schema)) isChanged = true;
      heights.set(schema, height);
    }
    if (!isChanged) break;
  }
  return known;
}

function heightOf(root: JsonObject, schema: SchemaObject, known: Heights): number {
  const parts = [
    ...(schema.$ref === undefined ? [] : [known(schemaAt(root, schema.$ref).schema)]),
    ...(schema.allOf ?? []).map(known),
    lowest(schema.anyOf, known),
    lowest(schema.oneOf, known),
    ownHeight(schema, known),
  ];
  return Math.max(...parts);
}

function lowest(branches: readonly Schema[] | undefined, known: Heights): number {
  return branches === undefined ? 0 : Math.min(...branches.map(known));
}

function ownHeight(schema: SchemaObject, known: Heights): number {
  if (schema.enum !== undefined || schema.const !== undefined) return 0;
  const types: readonly string[] = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  if (types.some((type) => type !== 'object' && type !== 'array')) return 0;
  const heights = [
    ...(types.length === 0 || types.includes('object') ? [objectHeight(schema, known)] : []),
    ...(types.length === 0 || types.includes('array') ? [arrayHeight(schema, known)] : []),
  ];
  // Without a type a schema that speaks of both is met by anything else.
  return types.length === 0 && schema.properties === undefined ? 0 : Math.min(...heights);
}

function objectHeight({ required = [], properties = {} }: SchemaObject, known: Heights): number {
  const held = required.map((name) =>
    Object.hasOwn(properties, name) ? known(properties[name] ?? true) : 0,
  );
  return held.length === 0 ? 0 : 1 + Math.max(...held);
}

function arrayHeight({ minItems = 0, items = true, prefixItems = [] }: SchemaObject, known: Heights): number {
  if (minItems === 0) return 0;
  return 1 + Math.max(known(items), ...prefixItems.slice(0, minItems).map(known));
}

/** The branches with the smallest values. */
export function lowestBranches(branches: readonly SchemaAt[], heights: Heights): readonly SchemaAt[] {
  const lowest = Math.min(...branches.map(({ schema }) => heights(schema)));
  return branches.filter(({ schema }) => heights(schema) === lowest);
}

/** The schemas of a list keyword, with their places. */
export function branchesOf(at: SchemaAt, keyword: 'anyOf' | 'oneOf' | 'allOf'): SchemaAt[] {
  const { pointer, schema } = at;
  const parent = joinPointer(pointer, keyword);
  const list = typeof schema === 'object' ? (schema[keyword] ?? []) : [];
  return list.map((branch, index) => ({ pointer: joinPointer(parent, index), schema: branch }));
}
