import { type BoundField, type FieldResolver, type FieldType, type Resolution, readPath } from './field.ts';
import { createSuggester } from './nearest-name.ts';

/** The fields of a kind of document: dotted path (`\.` is a dot inside one key) to type. */
export type Schema = Readonly<Record<string, FieldType>>;

/** Names are exact paths of the schema; a path that only leads to others is an object. */
export function createSchemaResolver(schema: Schema): FieldResolver {
  const fields = new Map<string, BoundField>();
  for (const [path, type] of Object.entries(schema)) {
    const keys = splitPath(path);
    fields.set(path, { path, type, read: (document) => readPath(document, keys) });
  }
  const suggest = createSuggester([...fields.keys()]);
  return { resolve: (name) => resolve(name, fields) ?? { kind: 'unknown', nearest: suggest(name) } };
}

function resolve(name: string, fields: ReadonlyMap<string, BoundField>): Resolution | undefined {
  const field = fields.get(name);
  if (field !== undefined) return { kind: 'fields', fields: [field] };
  const inside = [...fields.values()].filter(({ path }) => path.startsWith(`${name}.`));
  return inside.length > 0 ? { kind: 'object', fields: inside } : undefined;
}

function splitPath(path: string): readonly string[] {
  const keys = [''];
  for (let at = 0; at < path.length; at += 1) {
    const char = path.charAt(at);
    if (char === '.') keys.push('');
    else {
      const isEscapedDot = path.startsWith('\\.', at);
      keys.push(`${keys.pop()}${isEscapedDot ? '.' : char}`);
      at += isEscapedDot ? 1 : 0;
    }
  }
  return keys;
}
