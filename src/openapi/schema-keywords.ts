/** What the value of a schema keyword must be. */
export type KeywordKind =
  | 'schema'
  | 'schemas'
  | 'schemaMap'
  | 'string'
  | 'strings'
  | 'stringsMap'
  | 'number'
  | 'positive'
  | 'count'
  | 'boolean'
  | 'regex'
  | 'types'
  | 'values'
  | 'object'
  | 'any'
  | 'fieldNumber';

/**
 * Every keyword the kit understands, and the kind of its value. A keyword that is not here and does not start
 * with `x-` is refused: to skip an assertion silently is to accept what the document forbids.
 */
export const SCHEMA_KEYWORDS: Readonly<Record<string, KeywordKind>> = {
  $ref: 'string',
  $comment: 'string',
  $defs: 'schemaMap',
  type: 'types',
  enum: 'values',
  const: 'any',
  format: 'string',
  title: 'string',
  description: 'string',
  default: 'any',
  example: 'any',
  examples: 'values',
  deprecated: 'boolean',
  readOnly: 'boolean',
  writeOnly: 'boolean',
  discriminator: 'object',
  xml: 'object',
  externalDocs: 'object',
  minimum: 'number',
  maximum: 'number',
  exclusiveMinimum: 'number',
  exclusiveMaximum: 'number',
  multipleOf: 'positive',
  minLength: 'count',
  maxLength: 'count',
  pattern: 'regex',
  items: 'schema',
  prefixItems: 'schemas',
  contains: 'schema',
  minContains: 'count',
  maxContains: 'count',
  minItems: 'count',
  maxItems: 'count',
  uniqueItems: 'boolean',
  unevaluatedItems: 'schema',
  properties: 'schemaMap',
  patternProperties: 'schemaMap',
  additionalProperties: 'schema',
  unevaluatedProperties: 'schema',
  propertyNames: 'schema',
  required: 'strings',
  minProperties: 'count',
  maxProperties: 'count',
  dependentRequired: 'stringsMap',
  dependentSchemas: 'schemaMap',
  allOf: 'schemas',
  anyOf: 'schemas',
  oneOf: 'schemas',
  not: 'schema',
  if: 'schema',
  // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema has this name
  then: 'schema',
  else: 'schema',
  contentEncoding: 'string',
  contentMediaType: 'string',
  contentSchema: 'schema',
  'x-proto-field': 'fieldNumber',
  'x-proto-name': 'string',
  'x-proto-message': 'string',
};

/** Keywords that JSON Schema has and the kit cannot follow, each with what to do instead. */
export const REFUSED_KEYWORDS: Readonly<Record<string, string>> = {
  $id: 'is not followed; use references of the form #/components/schemas/Name',
  $anchor: 'is not followed; use references of the form #/components/schemas/Name',
  $dynamicRef: 'is not followed; use $ref',
  $dynamicAnchor: 'is not followed; use $ref',
  $recursiveRef: 'is not followed; use $ref',
  definitions: 'is not followed; use #/components/schemas or $defs',
  dependencies: 'is older than JSON Schema 2020-12; use dependentRequired or dependentSchemas',
  additionalItems: 'is older than JSON Schema 2020-12; use prefixItems and items',
};

/** Keywords that hold one schema applied to the same value: a cycle of only these never ends. */
export const IN_PLACE_SCHEMA = ['not', 'if', 'then', 'else'] as const;

/** Keywords that hold a list of schemas applied to the same value. */
export const IN_PLACE_LISTS = ['allOf', 'anyOf', 'oneOf'] as const;

/** Keywords that check nothing: they are for people, and a validator must not see them. */
export const ANNOTATION_KEYWORDS: ReadonlySet<string> = new Set([
  '$comment',
  '$defs',
  'title',
  'description',
  'default',
  'example',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  'discriminator',
  'xml',
  'externalDocs',
  'contentEncoding',
  'contentMediaType',
  'contentSchema',
]);
