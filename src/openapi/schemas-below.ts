import { joinPointer } from './json-pointer.ts';
import { SCHEMA_KEYWORDS } from './schema-keywords.ts';
import { isJsonObject, type JsonObject, ownEntry, type Schema } from './schema-object.ts';
import { type SchemaAt, schemaAt } from './schema-view.ts';

/** The schemas at some pointers and all schemas in or behind them, each once. */
export function schemasBelow(root: JsonObject, pointers: readonly string[]): SchemaAt[] {
  const found = new Map<Schema, SchemaAt>();
  const open = pointers.map((pointer) => schemaAt(root, pointer));
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (typeof at.schema === 'boolean' || found.has(at.schema)) continue;
    found.set(at.schema, at);
    open.push(...childrenOf(root, at));
  }
  return [...found.values()];
}

function childrenOf(root: JsonObject, { pointer, schema }: SchemaAt): SchemaAt[] {
  if (typeof schema === 'boolean') return [];
  const behind = schema.$ref === undefined ? [] : [schemaAt(root, schema.$ref)];
  const inside = Object.entries(schema).flatMap(([keyword, value]) => {
    const at = joinPointer(pointer, keyword);
    switch (ownEntry(SCHEMA_KEYWORDS, keyword)) {
      case 'schema':
        return [schemaAt(root, at)];
      case 'schemas':
      case 'schemaMap':
        return Object.keys(isJsonObject(value) || Array.isArray(value) ? value : {}).map((step) =>
          schemaAt(root, joinPointer(at, step)),
        );
      default:
        return [];
    }
  });
  return [...behind, ...inside];
}
