import { canonicalPointer, joinPointer, valueAt } from '../openapi/json-pointer.ts';
import type { LoadedDocument } from '../openapi/loaded-document.ts';
import { isObject, type JsonObject } from './run-view.ts';

/** An example that stands beside the keywords of a schema. */
export interface SchemaExample {
  /** Pointer of the schema. */
  readonly schemaRef: string;
  /** Pointer of the example. */
  readonly where: string;
  readonly value: unknown;
}

/** Keywords that hold schemas: under names of their own, in a list, or one. */
const MAPS = ['properties', 'patternProperties', 'dependentSchemas', '$defs'];
const LISTS = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const SINGLES = ['items', 'additionalProperties', 'not', 'contains', 'propertyNames', 'if', 'then', 'else'];

/** The examples of some schemas and of every schema they lead to, each schema once. */
export function schemaExamples({ root }: LoadedDocument, schemaRefs: readonly string[]): SchemaExample[] {
  const seen = new Set<string>();
  const found: SchemaExample[] = [];
  const open = [...schemaRefs];
  for (let pointer = open.pop(); pointer !== undefined; pointer = open.pop()) {
    const at = canonicalPointer(pointer);
    const schema = valueAt(root, at);
    if (seen.has(at) || !isObject(schema)) continue;
    seen.add(at);
    found.push(...examplesOf(schema, at));
    open.push(...below(schema, at));
  }
  return found;
}

function examplesOf(schema: JsonObject, schemaRef: string): SchemaExample[] {
  const { examples, example } = schema;
  const listed = Array.isArray(examples) ? examples : [];
  const all = listed.map((value: unknown, at) => ({
    schemaRef,
    where: `${schemaRef}/examples/${at}`,
    value,
  }));
  return example === undefined ? all : [...all, { schemaRef, where: `${schemaRef}/example`, value: example }];
}

function below(schema: JsonObject, at: string): string[] {
  const inMaps = MAPS.flatMap((name) => {
    const map = schema[name];
    return isObject(map) ? Object.keys(map).map((key) => joinPointer(joinPointer(at, name), key)) : [];
  });
  const inLists = LISTS.flatMap((name) => {
    const list = schema[name];
    return Array.isArray(list) ? list.map((_, index) => joinPointer(joinPointer(at, name), index)) : [];
  });
  const singles = SINGLES.filter((name) => isObject(schema[name])).map((name) => joinPointer(at, name));
  const reference = schema['$ref'];
  const referenced = typeof reference === 'string' && reference.startsWith('#') ? [reference] : [];
  return [...inMaps, ...inLists, ...singles, ...referenced];
}
