import { compileValidator } from '../openapi/compile-validator.ts';
import type { LoadedDocument } from '../openapi/loaded-document.ts';
import { itemsOf } from '../openapi/message-shape.ts';
import type { JsonObject, JsonValue } from '../openapi/schema-object.ts';
import { keywordOf, propertiesOf, type SchemaAt, schemaAt } from '../openapi/schema-view.ts';

/** A schema's document, to follow its references. */
export interface CoerceContext {
  readonly document: LoadedDocument;
  readonly at: SchemaAt;
}

/** The schema at a pointer, ready for the functions of this file. */
export function coerceContext(document: LoadedDocument, schemaRef: string): CoerceContext {
  return { document, at: schemaAt(document.root, schemaRef) };
}

/** What shape a schema's values have where only texts can be sent. */
export function textShapeOf({ document, at }: CoerceContext): 'list' | 'object' | 'scalar' {
  if (itemsOf(document.root, at) !== undefined || hasType({ document, at }, 'array')) return 'list';
  return hasType({ document, at }, 'object') || propertiesOf(document.root, at).length > 0
    ? 'object'
    : 'scalar';
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
export function coerceList({ document, at }: CoerceContext, texts: readonly string[]): JsonValue {
  const items = itemsOf(document.root, at);
  return items === undefined ? texts : texts.map((text) => coerceText({ document, at: items }, text));
}

/** As {@link coerceText} for the properties of an object. */
export function coerceObject(
  { document, at }: CoerceContext,
  texts: readonly (readonly [string, string])[],
): JsonObject {
  const properties = new Map(propertiesOf(document.root, at).map((property) => [property.name, property]));
  return Object.fromEntries(
    texts.map(([name, text]) => {
      const property = properties.get(name);
      return [name, property === undefined ? text : coerceText({ document, at: property }, text)];
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
