import { declaresName } from './declared-names.ts';
import { isMultiple } from './fits.ts';
import { FORMATS } from './formats.ts';
import { patternTest } from './pattern.ts';
import { jsonKey, sameJson } from './same-json.ts';
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownEntry,
  type Schema,
  type SchemaObject,
} from './schema-object.ts';
import { keywordOf, schemaAt } from './schema-view.ts';
import { type Evaluating, evaluatedItems, evaluatedNames } from './unevaluated.ts';

/** What a check without compiling needs to know beside schema and value. */
export interface MeetsContext {
  readonly root: JsonObject;
  /** Required `writeOnly` properties may be absent from a response, `readOnly` ones from a request. */
  readonly direction: 'request' | 'response';
}

/**
 * True where a value meets a schema of a checked document. It says what the compiled validator says, without reasons:
 * nothing is compiled, so it is quick for few values of many schemas, while a request is answered or a document read.
 */
export function meetsSchema(context: MeetsContext, schema: Schema, value: JsonValue): boolean {
  if (typeof schema === 'boolean') return schema;
  for (const keyword of Object.keys(schema)) {
    const check = ownEntry(CHECKS, keyword);
    if (check !== undefined && !check(context, schema, value)) return false;
  }
  return true;
}

type Check = (context: MeetsContext, schema: SchemaObject, value: JsonValue) => boolean;

/** A check that looks at values of one JSON type and lets all others pass. */
function onNumber(check: (value: number, schema: SchemaObject) => boolean): Check {
  return (_, schema, value) => typeof value !== 'number' || check(value, schema);
}

function onText(check: (value: string, schema: SchemaObject) => boolean): Check {
  return (_, schema, value) => typeof value !== 'string' || check(value, schema);
}

type ListCheck = (value: readonly JsonValue[], schema: SchemaObject, context: MeetsContext) => boolean;

function onList(check: ListCheck): Check {
  return (context, schema, value) => !Array.isArray(value) || check(value, schema, context);
}

type ObjectCheck = (value: JsonObject, schema: SchemaObject, context: MeetsContext) => boolean;

function onObject(check: ObjectCheck): Check {
  return (context, schema, value) => !isJsonObject(value) || check(value, schema, context);
}

const CHECKS: Readonly<Record<string, Check>> = {
  $ref: (context, { $ref }, value) =>
    $ref === undefined || meetsSchema(context, schemaAt(context.root, $ref).schema, value),
  type: (_, { type }, value) =>
    typeof type === 'string' ? isOfType(value, type) : (type ?? []).some((name) => isOfType(value, name)),
  enum: (_, schema, value) => (schema.enum ?? []).some((listed) => sameJson(listed, value)),
  const: (_, schema, value) => sameJson(schema.const, value),
  format: (_, { format = '' }, value) => {
    const known = FORMATS.get(format);
    if (typeof value === 'string') return known?.string?.(value) ?? true;
    return typeof value !== 'number' || (known?.number?.(value) ?? true);
  },
  minimum: onNumber((value, { minimum = value }) => value >= minimum),
  maximum: onNumber((value, { maximum = value }) => value <= maximum),
  exclusiveMinimum: onNumber((value, { exclusiveMinimum = -Infinity }) => value > exclusiveMinimum),
  exclusiveMaximum: onNumber((value, { exclusiveMaximum = Infinity }) => value < exclusiveMaximum),
  multipleOf: onNumber((value, { multipleOf = 1 }) => isMultiple(value, multipleOf)),
  minLength: onText((value, { minLength = 0 }) => [...value].length >= minLength),
  maxLength: onText((value, { maxLength = Infinity }) => [...value].length <= maxLength),
  pattern: onText((value, { pattern = '' }) => patternTest(pattern).test(value)),
  minItems: onList((value, { minItems = 0 }) => value.length >= minItems),
  maxItems: onList((value, { maxItems = Infinity }) => value.length <= maxItems),
  uniqueItems: onList((value, { uniqueItems }) => uniqueItems !== true || areDifferent(value)),
  prefixItems: onList((value, { prefixItems = [] }, context) =>
    prefixItems.every((schema, index) => {
      const item = value[index];
      return item === undefined || meetsSchema(context, schema, item);
    }),
  ),
  items: onList((value, { items = true, prefixItems = [] }, context) =>
    value.slice(prefixItems.length).every((item) => meetsSchema(context, items, item)),
  ),
  contains: onList((value, { contains = true, minContains = 1, maxContains = Infinity }, context) => {
    const found = value.filter((item) => meetsSchema(context, contains, item)).length;
    return found >= minContains && found <= maxContains;
  }),
  unevaluatedItems: onList((value, { unevaluatedItems = true, ...rest }, context) => {
    const known = evaluatedItems(evaluating(context), rest, value);
    return value.every((item, at) => known.has(at) || meetsSchema(context, unevaluatedItems, item));
  }),
  required: onObject((value, schema, context) =>
    (schema.required ?? []).every((name) => Object.hasOwn(value, name) || mayBeAbsent(context, schema, name)),
  ),
  properties: onObject((value, { properties = {} }, context) =>
    Object.entries(properties).every(([name, schema]) => {
      const held = ownEntry(value, name);
      return held === undefined || meetsSchema(context, schema, held);
    }),
  ),
  patternProperties: onObject((value, { patternProperties = {} }, context) =>
    Object.entries(patternProperties).every(([pattern, schema]) =>
      Object.entries(value).every(
        ([name, held]) => !patternTest(pattern).test(name) || meetsSchema(context, schema, held),
      ),
    ),
  ),
  additionalProperties: onObject((value, schema, context) =>
    Object.entries(value).every(
      ([name, held]) =>
        declaresName(schema, name) || meetsSchema(context, schema.additionalProperties ?? true, held),
    ),
  ),
  unevaluatedProperties: onObject((value, { unevaluatedProperties = true, ...rest }, context) => {
    const known = evaluatedNames(evaluating(context), rest, value);
    return Object.entries(value).every(
      ([name, held]) => known.has(name) || meetsSchema(context, unevaluatedProperties, held),
    );
  }),
  propertyNames: onObject((value, { propertyNames = true }, context) =>
    Object.keys(value).every((name) => meetsSchema(context, propertyNames, name)),
  ),
  minProperties: onObject((value, { minProperties = 0 }) => Object.keys(value).length >= minProperties),
  maxProperties: onObject(
    (value, { maxProperties = Infinity }) => Object.keys(value).length <= maxProperties,
  ),
  dependentRequired: onObject((value, { dependentRequired = {} }) =>
    Object.entries(dependentRequired).every(
      ([name, others]) => !Object.hasOwn(value, name) || others.every((other) => Object.hasOwn(value, other)),
    ),
  ),
  dependentSchemas: onObject((value, { dependentSchemas = {} }, context) =>
    Object.entries(dependentSchemas).every(
      ([name, schema]) => !Object.hasOwn(value, name) || meetsSchema(context, schema, value),
    ),
  ),
  allOf: (context, { allOf = [] }, value) => allOf.every((schema) => meetsSchema(context, schema, value)),
  anyOf: (context, { anyOf = [] }, value) => anyOf.some((schema) => meetsSchema(context, schema, value)),
  oneOf: (context, { oneOf = [] }, value) =>
    oneOf.filter((schema) => meetsSchema(context, schema, value)).length === 1,
  not: (context, { not = false }, value) => !meetsSchema(context, not, value),
  if: (context, schema, value) => {
    if (schema.then === undefined && schema.else === undefined) return true;
    const side = meetsSchema(context, schema.if ?? true, value) ? schema.then : schema.else;
    return side === undefined || meetsSchema(context, side, value);
  },
};

function evaluating(context: MeetsContext): Evaluating {
  return { root: context.root, meets: (schema, value) => meetsSchema(context, schema, value) };
}

function isOfType(value: JsonValue, type: string): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'array':
      return Array.isArray(value);
    case 'object':
      return isJsonObject(value);
    case 'integer':
      return Number.isInteger(value);
    default:
      return typeof value === type;
  }
}

function areDifferent(items: readonly JsonValue[]): boolean {
  return new Set(items.map(jsonKey)).size === items.length;
}

function mayBeAbsent(
  { root, direction }: MeetsContext,
  { properties = {} }: SchemaObject,
  name: string,
): boolean {
  const property = ownEntry(properties, name);
  const keyword = direction === 'request' ? 'readOnly' : 'writeOnly';
  return property !== undefined && keywordOf(root, { pointer: '', schema: property }, keyword) === true;
}
