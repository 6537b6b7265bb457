import { describe, expect, it } from 'vitest';
import { compileValidator } from '../../src/openapi/compile-validator.ts';
import { type GenerateOptions, generateValue } from '../../src/openapi/generate-value.ts';
import { generationProblems } from '../../src/openapi/generation-problems.ts';
import { operationsOf } from '../../src/openapi/operations.ts';
import { isJsonObject, type JsonValue } from '../../src/openapi/schema-object.ts';
import { documentOf } from './build-document.ts';

const REF = '#/components/schemas/A';

/** 50 values, made after the schema was accepted at the start, each checked. */
function served(schema: unknown, options: Partial<GenerateOptions> = {}): JsonValue[] {
  const content = { 'application/json': { schema: { $ref: REF } } };
  const paths = { '/a': { get: { responses: { 200: { description: 'ok', content } } } } };
  const document = documentOf({ A: schema }, { paths });
  expect(generationProblems(document, operationsOf(document))).toEqual([]);
  const validate = compileValidator(document, REF);
  const values = Array.from({ length: 50 }, (_, index) =>
    generateValue(document, REF, { ...options, key: `k${index}` }),
  );
  expect(values.flatMap((value) => validate(value))).toEqual([]);
  return values;
}

function heldBy(values: readonly JsonValue[], name: string): Set<JsonValue | undefined> {
  return new Set(values.map((value) => (isJsonObject(value) ? value[name] : undefined)));
}

const when = (kind: string, ...needs: readonly string[]): object => ({
  if: { properties: { kind: { const: kind } }, required: ['kind'] },
  // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema has this name
  then: { required: needs },
});

describe('conditions', () => {
  const kinds = ['card', 'iban', 'cash', 'voucher'];

  it('of which only some can hold: every kind is seen, with what it needs', () => {
    const schema = {
      type: 'object',
      required: ['kind'],
      properties: { kind: { enum: kinds }, number: { type: 'string' }, bank: { type: 'integer' } },
      allOf: [when('card', 'number'), when('iban', 'bank', 'number'), when('voucher', 'code')],
    };
    expect([...heldBy(served(schema), 'kind')].toSorted()).toEqual(kinds.toSorted());
  });

  it('inside conditions, with else, on a text that chance would not meet', () => {
    const schema = {
      type: 'object',
      required: ['kind'],
      properties: { kind: { type: 'string' }, level: { enum: [1, 2, 3] } },
      if: { properties: { kind: { const: 'root' } } },
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema has this name
      then: {
        required: ['level'],
        if: { properties: { level: { const: 3 } } },
        // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema has this name
        then: { required: ['alarm'] },
        else: { not: { required: ['alarm'] } },
      },
      else: { not: { required: ['level'] } },
    };
    const values = served(schema);
    expect(heldBy(values, 'kind').has('root')).toBe(true);
    expect([...heldBy(values, 'level')]).toEqual(expect.arrayContaining([undefined, 3]));
  });

  it('that a property brings with it', () => {
    const schema = {
      type: 'object',
      properties: { card: { type: 'string' }, cvv: { type: 'string' } },
      dependentSchemas: { card: { required: ['cvv'], properties: { cvv: { pattern: '^\\d{3}$' } } } },
      dependentRequired: { cvv: ['holder'], holder: ['country'] },
    };
    expect(served(schema)).toHaveLength(50);
  });

  it('in lists of many', () => {
    const item = { type: 'object', required: ['kind'], properties: { kind: { enum: kinds } } };
    const items = { ...item, allOf: [when('card', 'number'), when('iban', 'bank')] };
    expect(served({ type: 'array', minItems: 30, items })).toHaveLength(50);
  });
});

describe('a format beside other bounds', () => {
  it.each([
    ['email', { maxLength: 12 }],
    ['email', { maxLength: 6 }],
    ['email', { minLength: 100, maxLength: 110 }],
    ['email', { pattern: '@acme\\.com$' }],
    ['email', { pattern: '^[a-z]+@(?:one|two)\\.example$' }],
    ['uri', { maxLength: 15 }],
    ['uri', { minLength: 80 }],
    ['uri', { pattern: '^ftp://' }],
    ['date-time', { maxLength: 20 }],
    ['date-time', { pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$' }],
    ['date-time', { minLength: 30 }],
    ['date', { pattern: '^2024-' }],
    ['date', { pattern: '^2031-\\d\\d-\\d\\d$' }],
    ['hostname', { maxLength: 4 }],
    ['hostname', { minLength: 200 }],
    ['hostname', { pattern: '\\.internal$' }],
    ['byte', { maxLength: 8 }],
    ['byte', { minLength: 5, maxLength: 9 }],
    ['uuid', { pattern: '^[0-9a-f]{8}-' }],
    ['ipv4', { maxLength: 8 }],
    ['ipv4', { pattern: '^192\\.168\\.' }],
    ['ipv6', { maxLength: 6 }],
    ['ipv6', { minLength: 39 }],
    ['duration', { maxLength: 4 }],
    ['time', { maxLength: 9 }],
    ['int64', { minLength: 12, maxLength: 12 }],
    ['password', { minLength: 64 }],
    ['password', { minLength: 10, pattern: '^(?=.*[A-Z])(?=.*\\d).+$' }],
  ])('%s with %j', (format, bounds) => {
    expect(served({ type: 'string', format, ...bounds })).toHaveLength(50);
  });
});

describe('patterns', () => {
  it.each([
    ['^(?=.*[A-Z])(?=.*[a-z])(?=.*\\d)(?=.*[!@#$%]).{8,20}$'],
    ['^(?!.*--)[a-z][a-z-]*[a-z]$'],
    ['^(?!admin$)[a-z]{5}$'],
    ['^[a-z]+(?<!x)$'],
  ])('that look around: %s', (pattern) => {
    expect(served({ type: 'string', pattern })).toHaveLength(50);
  });

  it.each([
    [{ pattern: '^[A-Z]+[0-9]+$', minLength: 30, maxLength: 30 }],
    [{ pattern: '^([A-Z]{2}-)+[A-Z]$', minLength: 41 }],
    [{ allOf: [{ pattern: '^a' }, { pattern: 'z$' }, { pattern: '\\d' }] }],
  ])('with other bounds: %j', (schema) => {
    expect(served({ type: 'string', ...schema })).toHaveLength(50);
  });
});

describe('lists', () => {
  const oneOwner = {
    type: 'array',
    minItems: 4,
    items: { type: 'object', required: ['role'], properties: { role: { enum: ['owner', 'member'] } } },
    contains: { properties: { role: { const: 'owner' } } },
    minContains: 1,
    maxContains: 1,
  };

  it.each([
    [{ minItems: 30, items: { type: 'string', format: 'email' }, uniqueItems: true }],
    [{ minItems: 300, items: { type: 'string' }, uniqueItems: true }],
    [{ minItems: 50, items: { type: 'integer', minimum: 1, maximum: 50 }, uniqueItems: true }],
    [
      {
        minItems: 500,
        items: { type: 'integer', exclusiveMinimum: 0, maximum: 1000, multipleOf: 2 },
        uniqueItems: true,
      },
    ],
    [{ minItems: 5, items: { type: 'number', minimum: 0, maximum: 1, multipleOf: 0.25 }, uniqueItems: true }],
    [{ minItems: 20, items: { type: 'string', pattern: '^[a-t]$' }, uniqueItems: true }],
    [{ minItems: 2, items: { type: 'boolean' }, uniqueItems: true }],
    [
      {
        minItems: 3,
        items: { type: 'integer', minimum: 0, maximum: 3 },
        contains: { const: 0 },
        minContains: 0,
        maxContains: 0,
      },
    ],
    [
      {
        minItems: 3,
        items: { type: 'integer', minimum: 0, maximum: 900 },
        contains: { minimum: 1 },
        minContains: 0,
        maxContains: 0,
      },
    ],
    [
      {
        items: { type: 'integer' },
        allOf: [{ contains: { const: 1 } }, { contains: { const: 2 }, minContains: 2 }],
      },
    ],
    [{ contains: { type: 'string' }, minContains: 0 }],
    [{ minItems: 3, prefixItems: [{ type: 'string' }], unevaluatedItems: { type: 'integer' } }],
  ])('%j', (schema) => {
    expect(served({ type: 'array', ...schema })).toHaveLength(50);
  });

  it('with exactly one item of a kind', () => {
    const owners = served(oneOwner).map((list) => JSON.stringify(list).split('"owner"').length - 1);
    expect(new Set(owners)).toEqual(new Set([1]));
  });
});

describe('objects and numbers', () => {
  it.each([
    [
      {
        properties: { a: { type: 'integer' }, b: { type: 'integer' } },
        minProperties: 1,
        additionalProperties: false,
      },
    ],
    [{ properties: { a: {}, b: {}, c: {} }, minProperties: 1, maxProperties: 1 }],
    [{ properties: { a: {}, bb: {} }, propertyNames: { minLength: 2 } }],
    [{ properties: { a: {} }, additionalProperties: false, dependentRequired: { a: ['b'] } }],
    [{ properties: { a: { allOf: [{ type: 'string' }, { type: 'integer' }] }, b: {} } }],
    [
      {
        required: ['kind'],
        not: { anyOf: [{ required: ['a'] }, { required: ['b'] }] },
        properties: { a: {}, b: {} },
      },
    ],
  ])('%j', (schema) => {
    expect(served({ type: 'object', ...schema })).toHaveLength(50);
  });

  it.each([
    [{ allOf: [{ multipleOf: 6 }, { multipleOf: 10 }], minimum: 100, maximum: 125 }],
    [{ multipleOf: 0.5, minimum: 0.6, maximum: 1.4 }],
  ])('%j', (schema) => {
    expect(served({ type: 'integer', ...schema })).toHaveLength(50);
  });
});

describe('x-faker and examples', () => {
  it('are left aside where they do not fit', () => {
    const schema = {
      type: 'object',
      required: ['age', 'kind'],
      properties: {
        age: { type: 'integer', minimum: 18, maximum: 65, 'x-faker': 'number.int' },
        kind: { enum: ['a', 'b'], examples: ['c', 'b'] },
      },
    };
    const values = served(schema, { prefersExamples: true, faker: () => 9_000_000 });
    expect([...heldBy(values, 'kind')]).toEqual(['b']);
    expect(heldBy(values, 'age').size).toBeGreaterThan(10);
  });
});
