import { compileValidator } from '../openapi/compile-validator.ts';
import { joinPointer } from '../openapi/json-pointer.ts';
import type { LoadedDocument } from '../openapi/loaded-document.ts';
import { itemsOf } from '../openapi/message-shape.ts';
import type { JsonObject, JsonValue, Schema } from '../openapi/schema-object.ts';
import {
  conjunction,
  keywordOf,
  presentAt,
  propertiesOf,
  type SchemaAt,
  schemaAt,
} from '../openapi/schema-view.ts';

/** A schema's document, to follow its references. */
export interface CoerceContext {
  readonly document: LoadedDocument;
  readonly at: SchemaAt;
}

/** The schema at a pointer, ready for the functions of this file. */
export function coerceContext(document: LoadedDocument, schemaRef: string): CoerceContext {
  return { document, at: schemaAt(document.root, schemaRef) };
}

/** What shape a schema's values have where only texts can be sent; `null` aside. */
export function textShapeOf({ document, at }: CoerceContext): 'list' | 'object' | 'scalar' {
  const present = { document, at: presentAt(document.root, at) };
  if (itemsOf(document.root, present.at) !== undefined || hasType(present, 'array')) return 'list';
  const isObject =
    hasType(present, 'object') ||
    propertiesOf(document.root, present.at).length > 0 ||
    keywordOf(document.root, present.at, 'additionalProperties') !== undefined;
  return isObject ? 'object' : 'scalar';
}

/** The schema of a list's items; undefined where it has none. */
export function itemContext({ document, at }: CoerceContext): CoerceContext | undefined {
  const items = itemsOf(document.root, presentAt(document.root, at));
  return items === undefined ? undefined : { document, at: items };
}

/** The schema of an object's member, declared or additional; undefined where nothing is said of it. */
export function memberContext({ document, at }: CoerceContext, name: string): CoerceContext | undefined {
  const { root } = document;
  const present = presentAt(root, at);
  const property = propertiesOf(root, present).find((one) => one.name === name);
  if (property !== undefined) return { document, at: property };
  const owner = conjunction(root, present).find(({ schema }) => isSchemaOfOthers(schema));
  if (owner === undefined) return undefined;
  return coerceContext(document, joinPointer(owner.pointer, 'additionalProperties'));
}

/** True where an object's schema takes members that it does not declare, and is meant to. */
export function isOpenObject({ document, at }: CoerceContext): boolean {
  const { root } = document;
  const present = presentAt(root, at);
  const others = keywordOf(root, present, 'additionalProperties');
  return others === undefined ? propertiesOf(root, present).length === 0 : others !== false;
}

function isSchemaOfOthers(schema: Schema): boolean {
  return typeof schema === 'object' && typeof schema.additionalProperties === 'object';
}

/**
 * The value that a text stands for where a schema's value is sent as text: `5` is a number where the schema takes
 * one. A text that stands for nothing the schema takes stays a text, for the validator to refuse.
 */
export function coerceText(context: CoerceContext, text: string): JsonValue {
  const types = typesOf(context);
  const candidates = candidatesOf(text);
  if (types !== undefined) {
    return (
      candidates.find(({ type }) => types.some((name) => name === type || TAKES[name] === type))?.value ??
      text
    );
  }
  const accepts = compileValidator(context.document, context.at.pointer, {
    direction: 'request',
    maxViolations: 1,
  });
  return (candidates.find(({ value }) => accepts(value).length === 0) ?? { value: text }).value;
}

/** As {@link coerceText} for the items of a list. */
export function coerceList(context: CoerceContext, texts: readonly string[]): JsonValue {
  const items = itemContext(context);
  return items === undefined ? texts : texts.map((text) => coerceText(items, text));
}

/** As {@link coerceText} for the members of an object. */
export function coerceObject(
  context: CoerceContext,
  texts: readonly (readonly [string, string])[],
): JsonObject {
  return Object.fromEntries(
    texts.map(([name, text]) => {
      const member = memberContext(context, name);
      return [name, member === undefined ? text : coerceText(member, text)];
    }),
  );
}

interface Candidate {
  readonly type: string;
  readonly value: JsonValue;
}

/** A declared type that takes the values of another. */
const TAKES: Readonly<Record<string, string>> = { integer: 'number' };

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

function candidatesOf(text: string): Candidate[] {
  return [
    ...(NUMBER.test(text) ? [{ type: 'number', value: Number(text) }] : []),
    ...(text === 'true' || text === 'false' ? [{ type: 'boolean', value: text === 'true' }] : []),
    ...(text === 'null' ? [{ type: 'null', value: null }] : []),
    { type: 'string', value: text },
  ];
}

function typesOf({ document, at }: CoerceContext): readonly string[] | undefined {
  const type = keywordOf(document.root, at, 'type');
  if (typeof type === 'string') return [type];
  return type;
}

function hasType(context: CoerceContext, name: string): boolean {
  return typesOf(context)?.includes(name) ?? false;
}
