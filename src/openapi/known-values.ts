import type { JsonObject, JsonValue } from './schema-object.ts';
import { wordsOf } from './words.ts';

/**
 * What a request tells about the object it asks for, as `given` of `generateValue`: its path parameters or the
 * fields of its body, and as `id` the last of them that is an id. `{ orgId: 'o1', userId: 'u7' }` gives also
 * `id: 'u7'`, so that the answer is about that user and equals the user's entry in a list.
 */
export function knownValues(parameters: JsonObject): Record<string, JsonValue> {
  const ids = Object.entries(parameters).filter(([name, value]) => isId(name, value));
  const id = ids.at(-1)?.[1];
  return { ...(id === undefined ? {} : { id }), ...parameters };
}

function isId(name: string, value: JsonValue): boolean {
  return (
    /(^|_)(id|uuid|key)$/.test(wordsOf(name)) && (typeof value === 'string' || typeof value === 'number')
  );
}

/** The key of everything that belongs to an object with a known id: the same whatever request asks for it. */
export function keyOfId(id: JsonValue): string {
  return `the one with id ${String(id)}`;
}
