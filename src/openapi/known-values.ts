import type { NamedPerson } from './name-source.ts';
import type { JsonObject, JsonValue } from './schema-object.ts';
import { nounOf, wordsOf } from './words.ts';

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

/** True for a parameter that says which one of a collection is meant: `userId`, and `user` behind `/users`. */
export function namesOneOf(collection: string, parameter: string): boolean {
  const isId = /(^|_)(id|uuid|guid)$/.test(wordsOf(parameter));
  return isId || (collection !== '' && nounOf(parameter) === nounOf(collection));
}

/** The person whose e-mail address is among what is known. */
export function knownPerson(
  known: Readonly<Record<string, JsonValue>> | undefined,
  people: readonly NamedPerson[],
): NamedPerson | undefined {
  for (const [name, value] of Object.entries(known ?? {})) {
    if (typeof value !== 'string' || !/(^|_)e_?mail(_address)?$/.test(wordsOf(name))) continue;
    const person = people.find(({ email }) => email.toLowerCase() === value.toLowerCase());
    if (person !== undefined) return person;
  }
  return undefined;
}

/** The key of everything that belongs to an object with a known id: the same whatever request asks for it. */
export function keyOfId(id: JsonValue): string {
  return `the one with id ${String(id)}`;
}
