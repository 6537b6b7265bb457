import fc from 'fast-check';
import type { JsonObject, JsonValue } from '../../src/openapi/schema-object.ts';

const NAMES = ['a', 'b', 'kind', 'x-1'] as const;

const name = fc.constantFrom(...NAMES);

/**
 * Values that the schemas below speak of. No list is empty: Ajv takes an empty list for one that contains something where
 * the list before it did.
 */
export function anyValue(): fc.Arbitrary<JsonValue> {
  const { tree } = fc.letrec<{ tree: JsonValue }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      scalar(),
      fc.array(tie('tree'), { minLength: 1, maxLength: 4 }),
      fc.dictionary(name, tie('tree'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));
  return tree;
}

function scalar(): fc.Arbitrary<JsonValue> {
  return fc.oneof(
    fc.constantFrom(null, true, false, '', 'a', 'ab', 'x-1', 'aaaa', 'a@b.example'),
    fc.integer({ min: -3, max: 12 }),
    fc.constantFrom(0.5, 1.5, 2.25),
  );
}

/** Schemas over every keyword the kit takes, satisfiable or not, with a reference to the named schema `B`. */
export function anySchema(depth: number): fc.Arbitrary<JsonObject | boolean> {
  if (depth === 0) return leaf();
  const inner = anySchema(depth - 1);
  return fc.oneof(
    { weight: 4, arbitrary: leaf() },
    { weight: 4, arbitrary: objects(inner) },
    { weight: 3, arbitrary: lists(inner) },
    { weight: 4, arbitrary: compositions(inner) },
    { weight: 1, arbitrary: fc.constant({ $ref: '#/components/schemas/B' }) },
  );
}

const small = fc.integer({ min: 0, max: 3 });

/** At most some of these keywords: with all at once few schemas can be met. */
function some(keywords: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<JsonObject> {
  const names = Object.keys(keywords);
  const chosen = fc.subarray(names, { minLength: 1, maxLength: Math.min(4, names.length) });
  // Keywords hold JSON alone.
  return chosen.chain((few) =>
    fc.record(Object.fromEntries(few.map((key) => [key, keywords[key] ?? fc.constant(true)]))),
  ) as fc.Arbitrary<JsonObject>;
}

function leaf(): fc.Arbitrary<JsonObject | boolean> {
  const numbers = some({
    type: fc.constantFrom('integer', 'number'),
    minimum: fc.integer({ min: -2, max: 5 }),
    maximum: fc.integer({ min: 2, max: 10 }),
    exclusiveMinimum: fc.integer({ min: -2, max: 3 }),
    exclusiveMaximum: fc.integer({ min: 4, max: 12 }),
    multipleOf: fc.constantFrom(1, 2, 3, 0.5),
    format: fc.constantFrom('int32', 'uint8', 'double'),
  });
  const texts = some({
    type: fc.constant('string'),
    minLength: small,
    maxLength: fc.integer({ min: 2, max: 40 }),
    pattern: fc.constantFrom('^a', '^[a-z]+$', '^(a|b)+$', '\\d', '^.{2,8}$', '^(?=.*\\d)[a-z\\d]+$'),
    format: fc.constantFrom(
      'email',
      'uuid',
      'date',
      'date-time',
      'uri',
      'hostname',
      'byte',
      'ipv4',
      'password',
    ),
  });
  const listed = fc.oneof(
    some({ enum: fc.array(scalar(), { minLength: 1, maxLength: 4 }) }),
    some({ const: anyValue() }),
    some({
      type: fc.uniqueArray(
        fc.constantFrom('null', 'boolean', 'integer', 'number', 'string', 'array', 'object'),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
    }),
  );
  return fc.oneof(
    { weight: 3, arbitrary: numbers },
    { weight: 3, arbitrary: texts },
    { weight: 3, arbitrary: listed },
    { weight: 1, arbitrary: fc.boolean() },
  );
}

function objects(inner: fc.Arbitrary<unknown>): fc.Arbitrary<JsonObject> {
  return some({
    type: fc.constant('object'),
    properties: fc.dictionary(name, inner, { maxKeys: 3, noNullPrototype: true }),
    required: fc.uniqueArray(name, { maxLength: 3 }),
    patternProperties: fc.dictionary(fc.constantFrom('^x-\\d$', '^[ab]$'), inner, {
      maxKeys: 1,
      noNullPrototype: true,
    }),
    additionalProperties: inner,
    unevaluatedProperties: inner,
    propertyNames: some({ maxLength: fc.constant(3), pattern: fc.constantFrom('^[a-z]+$', '.') }),
    minProperties: small,
    maxProperties: fc.integer({ min: 1, max: 5 }),
    dependentRequired: fc.dictionary(name, fc.uniqueArray(name, { maxLength: 2 }), {
      maxKeys: 2,
      noNullPrototype: true,
    }),
    dependentSchemas: fc.dictionary(name, inner, { maxKeys: 1, noNullPrototype: true }),
  });
}

function lists(inner: fc.Arbitrary<unknown>): fc.Arbitrary<JsonObject> {
  const common = {
    type: fc.constant('array'),
    items: inner,
    minItems: fc.integer({ min: 0, max: 5 }),
    maxItems: fc.integer({ min: 3, max: 8 }),
    uniqueItems: fc.boolean(),
  };
  // Never all three: to Ajv everything that "contains" looks at counts as evaluated.
  return fc.oneof(
    some({
      ...common,
      prefixItems: fc.array(inner, { minLength: 1, maxLength: 2 }),
      unevaluatedItems: inner,
    }),
    some({ ...common, contains: inner, minContains: small, maxContains: fc.integer({ min: 0, max: 4 }) }),
  );
}

function compositions(inner: fc.Arbitrary<unknown>): fc.Arbitrary<JsonObject> {
  const branches = fc.array(inner, { minLength: 1, maxLength: 3 });
  return fc.oneof(
    some({ allOf: branches, anyOf: branches }),
    some({ oneOf: branches }),
    some({ anyOf: branches, not: inner }),
    fc.record(
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema has this name
      { if: inner, then: inner, else: inner },
      { requiredKeys: ['if'], noNullPrototype: true },
    ) as fc.Arbitrary<JsonObject>,
  );
}
