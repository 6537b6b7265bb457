import { declaresName } from './declared-names.ts';
import type { JsonObject, JsonValue, Schema, SchemaObject } from './schema-object.ts';
import { schemaAt } from './schema-view.ts';

/** What is needed to see which parts of a schema a value meets. */
export interface Evaluating {
  readonly root: JsonObject;
  readonly meets: (schema: Schema, value: JsonValue) => boolean;
}

/** The members of an object that a schema speaks of, itself or by what it applies to the object and is met by it. */
export function evaluatedNames(context: Evaluating, schema: Schema, value: JsonObject): ReadonlySet<string> {
  if (typeof schema === 'boolean') return new Set();
  const names = Object.keys(value);
  if (schema.additionalProperties !== undefined || schema.unevaluatedProperties !== undefined) {
    return new Set(names);
  }
  return new Set([
    ...names.filter((name) => declaresName(schema, name)),
    ...metParts(context, schema, value).flatMap((part) => [...evaluatedNames(context, part, value)]),
  ]);
}

/** The positions of a list that a schema speaks of, as {@link evaluatedNames}. */
export function evaluatedItems(
  context: Evaluating,
  schema: Schema,
  value: readonly JsonValue[],
): ReadonlySet<number> {
  if (typeof schema === 'boolean') return new Set();
  // What "contains" finds counts as evaluated in JSON Schema, all or nothing does in the validator: so nothing here.
  const { items, unevaluatedItems, prefixItems = [] } = schema;
  const isWhole = items !== undefined || unevaluatedItems !== undefined;
  return new Set([
    ...[...value.keys()].filter((at) => isWhole || at < prefixItems.length),
    ...metParts(context, schema, value).flatMap((part) => [...evaluatedItems(context, part, value)]),
  ]);
}

/** The schemas that a schema applies to the same value and that the value meets. */
function metParts(context: Evaluating, schema: SchemaObject, value: JsonValue): Schema[] {
  const { $ref, allOf = [], anyOf = [], oneOf = [], dependentSchemas = {} } = schema;
  const dependents = Object.entries(dependentSchemas).filter(
    ([name]) => typeof value === 'object' && value !== null && Object.hasOwn(value, name),
  );
  return [
    ...($ref === undefined ? [] : [schemaAt(context.root, $ref).schema]),
    ...allOf,
    ...[...anyOf, ...oneOf].filter((part) => context.meets(part, value)),
    ...dependents.map(([, part]) => part),
    ...metSides(context, schema, value),
  ];
}

function metSides(context: Evaluating, schema: SchemaObject, value: JsonValue): Schema[] {
  if (schema.if === undefined) return [];
  if (!context.meets(schema.if, value)) return schema.else === undefined ? [] : [schema.else];
  return schema.then === undefined ? [schema.if] : [schema.if, schema.then];
}
