import { joinPointer } from './json-pointer.ts';
import type { LoadedDocument } from './loaded-document.ts';
import { isJsonObject, type JsonValue } from './schema-object.ts';
import { walkDocument } from './walk-document.ts';

/** A generator that a schema names. */
export interface NamedFaker {
  /** Where the name stands. */
  readonly pointer: string;
  /** As written: `internet.email`, or something that is no name. */
  readonly name: JsonValue;
}

/** Every `x-faker` of a document, in its order. */
export function fakerNames({ root, text }: LoadedDocument): NamedFaker[] {
  if (!text.includes('x-faker')) return [];
  return walkDocument(root).flatMap(({ kind, pointer, value }) => {
    const name = kind === 'schema' && isJsonObject(value) ? value['x-faker'] : undefined;
    return name === undefined ? [] : [{ pointer: joinPointer(pointer, 'x-faker'), name }];
  });
}
