import { isJsonObject, type JsonValue } from './schema-object.ts';
import type { Visited } from './walk-document.ts';

type Draft = Record<string, JsonValue>;

const ANNOTATIONS = ['title', 'description', 'default', 'examples', 'deprecated', 'readOnly', 'writeOnly'];

/**
 * Brings every schema of a checked document to the form of OpenAPI 3.1, in place: `nullable`, boolean
 * `exclusiveMinimum` and `exclusiveMaximum`, keywords beside `$ref` (3.0 ignores them), `example`.
 */
export function normaliseSchemas(visited: readonly Visited[], version: '3.0' | '3.1'): void {
  const done = new Set<unknown>();
  for (const { kind, value } of visited) {
    if (kind !== 'schema' || !isJsonObject(value) || done.has(value)) continue;
    done.add(value);
    // The tree was made by our own parser for this document alone, so it may be changed until it is handed out.
    const draft = value as Draft;
    if (version === '3.0') fromOpenApi30(draft);
    exampleToExamples(draft);
  }
}

function fromOpenApi30(schema: Draft): void {
  if (typeof schema['$ref'] === 'string') {
    for (const keyword of Object.keys(schema)) {
      if (keyword !== '$ref' && !keyword.startsWith('x-')) delete schema[keyword];
    }
    return;
  }
  exclusiveBound(schema, 'minimum', 'exclusiveMinimum');
  exclusiveBound(schema, 'maximum', 'exclusiveMaximum');
  const isNullable = schema['nullable'] === true;
  delete schema['nullable'];
  if (isNullable) allowNull(schema);
}

function exclusiveBound(schema: Draft, bound: string, exclusive: string): void {
  const limit = schema[bound];
  const isExclusive = schema[exclusive] === true;
  delete schema[exclusive];
  if (!isExclusive || limit === undefined) return;
  delete schema[bound];
  schema[exclusive] = limit;
}

function allowNull(schema: Draft): void {
  const { type, enum: values } = schema;
  if (typeof type === 'string') {
    schema['type'] = [type, 'null'];
    if (Array.isArray(values) && !values.includes(null)) schema['enum'] = [...values, null];
    return;
  }
  const wrapped = Object.entries(schema).filter(([keyword]) => !isNote(keyword));
  if (wrapped.length === 0) return;
  for (const [keyword] of wrapped) delete schema[keyword];
  schema['anyOf'] = [Object.fromEntries(wrapped), { type: 'null' }];
}

function isNote(keyword: string): boolean {
  return keyword.startsWith('x-') || ANNOTATIONS.includes(keyword);
}

function exampleToExamples(schema: Draft): void {
  const { example, examples } = schema;
  if (example === undefined) return;
  delete schema['example'];
  schema['examples'] = [example, ...(Array.isArray(examples) ? examples : [])];
}
