import { isJsonType } from './json-media-type.ts';
import { joinPointer } from './json-pointer.ts';
import type { Operation } from './operation.ts';
import type { JsonObject } from './schema-object.ts';
import { keywordOf, presentAt, propertiesOf, type SchemaAt, schemaAt } from './schema-view.ts';

/** Something a request can say. */
export interface RequestField {
  readonly in: 'query' | 'body';
  /** Name of the parameter, or of the body's property. */
  readonly name: string;
  /** Where the parameter is an object: the property of it that is meant. */
  readonly member?: string;
  readonly at: SchemaAt;
}

/** Everything a request can say in its query and its JSON body, objects one level deep. */
export function requestFields(
  root: JsonObject,
  { parameters, requestBody }: Pick<Operation, 'parameters' | 'requestBody'>,
): RequestField[] {
  const query = parameters.flatMap(({ name, in: place, schemaRef }): RequestField[] =>
    place === 'query' && schemaRef !== undefined
      ? [{ in: 'query', name, at: presentAt(root, schemaAt(root, schemaRef)) }]
      : [],
  );
  const ref = requestBody?.content.find(({ mediaType }) => isJsonType(mediaType))?.schemaRef;
  const properties = ref === undefined ? [] : propertiesOf(root, presentAt(root, schemaAt(root, ref)));
  const body = properties.map((at): RequestField => ({ in: 'body', name: at.name, at: presentAt(root, at) }));
  const outer = [...query, ...body];
  const inner = outer.flatMap((field) =>
    propertiesOf(root, field.at).map(
      (at): RequestField => ({ ...field, member: at.name, at: presentAt(root, at) }),
    ),
  );
  return [...outer, ...inner];
}

/** A property of an answer, or of an object in it. */
export interface AnswerField {
  readonly name: string;
  /** Pointer into the answer. */
  readonly pointer: string;
  /** Pointer of the object it belongs to; empty for the answer itself. */
  readonly parent: string;
  readonly depth: number;
  /** Apart from `null`. */
  readonly at: SchemaAt;
}

/** How far into an answer lists and cursors are looked for: `{ response: { page: { next } } }`. */
const MAX_DEPTH = 2;

/** The properties of an answer and of the objects in it, the outer ones first. */
export function answerFields(root: JsonObject, answer: SchemaAt): AnswerField[] {
  const below = (parent: string, depth: number, at: SchemaAt): AnswerField[] =>
    propertiesOf(root, at).map((property) => ({
      name: property.name,
      pointer: joinPointer(parent, property.name),
      parent,
      depth,
      at: presentAt(root, property),
    }));
  let level = below('', 0, presentAt(root, answer));
  const fields = [...level];
  for (let depth = 1; depth <= MAX_DEPTH; depth++) {
    level = level.flatMap(({ pointer, at }) => below(pointer, depth, at));
    fields.push(...level);
  }
  return fields;
}

/** True where the values of a schema are of a type, or may be. */
export function isType(root: JsonObject, at: SchemaAt, type: string): boolean {
  const declared = keywordOf(root, at, 'type');
  return Array.isArray(declared) ? declared.includes(type) : declared === type;
}
