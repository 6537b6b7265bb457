import { describe, expect, it } from 'vitest';
import { documentError } from '../../src/openapi/document-source.ts';
import { type GenerateOptions, generateValue } from '../../src/openapi/generate-value.ts';
import { generationProblems } from '../../src/openapi/generation-problems.ts';
import type { NameSource } from '../../src/openapi/name-source.ts';
import { operationsOf } from '../../src/openapi/operations.ts';
import { isJsonObject } from '../../src/openapi/schema-object.ts';
import { documentOf } from './build-document.ts';

const REF = '#/components/schemas/A';

function make(schema: unknown, options: Partial<GenerateOptions> = {}): unknown {
  return generateValue(documentOf({ A: schema }), REF, { key: 'k', ...options });
}

/** Values for many keys. */
function many(schema: unknown, count = 40, options: Partial<GenerateOptions> = {}): unknown[] {
  const document = documentOf({ A: schema });
  return Array.from({ length: count }, (_, index) =>
    generateValue(document, REF, { ...options, key: `k${index}` }),
  );
}

const text = { type: 'string' };

const NAMES: NameSource = {
  domain: 'acme.test',
  people: [
    { id: 'user_1', name: 'Ada Byron', email: 'ada@acme.test', groups: ['Analysis'] },
    { id: 'user_2', name: 'Alan Cox', email: 'alan@acme.test' },
  ],
  resources: [{ id: 'resource_1', name: 'orders', technology: 'postgres', type: 'datastore' }],
  connectors: [{ id: 'connector_1', name: 'eu-1' }],
};

describe('names of properties decide what they hold', () => {
  it.each([
    ['email', /^[\w.]+@example\.com$/],
    ['userEmail', /^[\w.]+@example\.com$/],
    ['firstName', /^[A-Z][a-z]+$/],
    ['ipAddress', /^10\.\d+\.\d+\.\d+$/],
    ['client_ip', /^10\.\d+\.\d+\.\d+$/],
    ['createdAt', /^202\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/],
    ['technology', /^[a-z]+$/],
    ['orderId', /^order_01[0-9a-z]{24}$/],
    ['userId', /^user_/],
    ['country_code', /^[A-Z]{2}$/],
    ['website', /^https:\/\/www\.example\.com\//],
    ['commit', /^[0-9a-f]{40}$/],
    ['status', /^(active|completed|pending)$/],
  ])('%s looks like %s', (name, form) => {
    const values = many({ type: 'object', required: [name], properties: { [name]: text } });
    const held = values.map((value) => (isJsonObject(value) ? String(value[name]) : ''));
    expect(held.filter((value) => !form.test(value))).toEqual([]);
  });

  it('and one object is about one person', () => {
    const user = { type: 'object', properties: { id: text, name: text, email: text, username: text } };
    const people = new Set(
      many({ properties: { user } }, 40, { names: NAMES }).map((value) => JSON.stringify(value)),
    );
    expect([...people].sort()).toEqual([
      '{"user":{"id":"user_1","name":"Ada Byron","email":"ada@acme.test","username":"ada"}}',
      '{"user":{"id":"user_2","name":"Alan Cox","email":"alan@acme.test","username":"alan"}}',
    ]);
  });

  it('and resources and connectors are those of the world', () => {
    const schema = {
      properties: {
        resource: { properties: { id: text, name: text, technology: text } },
        connector: { properties: { id: text, name: text } },
      },
    };
    expect(make(schema, { names: NAMES })).toEqual({
      resource: { id: 'resource_1', name: 'orders', technology: 'postgres' },
      connector: { id: 'connector_1', name: 'eu-1' },
    });
  });

  it('and what begins comes before what ends, both before now', () => {
    const now = Date.UTC(2026, 5, 1);
    const date = { type: 'string', format: 'date-time' };
    const values = many(
      {
        required: ['createdAt', 'endedAt', 'expiresAt'],
        properties: { createdAt: date, endedAt: date, expiresAt: date },
      },
      40,
      { now },
    );
    const wrong = values.filter((value) => {
      if (!isJsonObject(value)) return true;
      const { createdAt, endedAt, expiresAt } = value;
      const [begin = 0, end = 0, expiry = 0] = [createdAt, endedAt, expiresAt].map((time) =>
        Date.parse(String(time)),
      );
      return !(begin <= end && end <= now && now < expiry);
    });
    expect(wrong).toEqual([]);
  });

  it('also for one property that is made on its own', () => {
    expect(make(text, { name: 'ownerEmail', names: NAMES })).toMatch(/^(ada|alan)@acme\.test$/);
    expect(make({ type: 'number', minimum: 0, maximum: 1 }, { name: 'riskScore' })).toBeLessThanOrEqual(1);
  });

  it('unless the schema allows something else only', () => {
    expect(make({ properties: { email: { enum: ['none'] } } })).toEqual({ email: 'none' });
    expect(make({ properties: { email: { type: 'string', pattern: '^X\\d{3}$' } } })).toEqual({
      email: expect.stringMatching(/^X\d{3}$/),
    });
  });
});

describe('what is known is used', () => {
  const schema = {
    type: 'object',
    required: ['id', 'count'],
    properties: { id: text, count: { type: 'integer' }, name: text },
  };

  it('where the schema accepts it, numbers also as texts', () => {
    expect(make(schema, { given: { id: 'x', count: '12' } })).toMatchObject({ id: 'x', count: 12 });
    expect(make(schema, { given: { count: 'many' } })).toMatchObject({ count: expect.any(Number) });
  });

  it('and an id of a person brings the person', () => {
    const document = documentOf({ User: { type: 'object', properties: { id: text, name: text } } });
    const options = { key: 'k', names: NAMES, given: { id: 'user_2' } };
    expect(generateValue(document, '#/components/schemas/User', options)).toEqual({
      id: 'user_2',
      name: 'Alan Cox',
    });
  });
});

describe('examples, defaults and x-faker', () => {
  const schema = {
    properties: {
      note: { type: 'string', examples: ['from the document'], 'x-faker': 'lorem.word' },
      size: { type: 'integer', default: 7 },
    },
  };

  it('win where examples are preferred', () => {
    expect(make(schema, { prefersExamples: true })).toEqual({ note: 'from the document', size: 7 });
  });

  it('x-faker is asked where there is someone to ask, with draws that do not change', () => {
    const faker = (name: string, draw: () => number): string => `${name} ${Math.floor(draw() * 1000)}`;
    const [one, two] = [make(schema, { faker }), make(schema, { faker })];
    expect(one).toEqual(two);
    expect(one).toMatchObject({ note: expect.stringMatching(/^lorem\.word \d+$/) });
    expect(make(schema, { faker: () => undefined })).toMatchObject({
      note: expect.not.stringContaining('lorem'),
    });
  });

  it('that break their own schema are not used', () => {
    expect(
      make({ type: 'integer', examples: ['seven'], maximum: 3 }, { prefersExamples: true }),
    ).toBeLessThanOrEqual(3);
  });
});

describe('every bound is kept', () => {
  it.each([
    [{ type: 'integer', minimum: 5, maximum: 6 }],
    [{ type: 'integer', exclusiveMinimum: 5, exclusiveMaximum: 7 }],
    [{ type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.001 }],
    [{ type: 'number', minimum: 0.3, maximum: 0.9, multipleOf: 0.3 }],
    [{ type: 'integer', multipleOf: 7, minimum: 100 }],
    [{ type: 'integer', maximum: -5 }],
    [{ type: 'string', minLength: 500, maxLength: 500 }],
    [{ type: 'string', maxLength: 1 }],
    [{ type: 'string', pattern: '^(a|b){3}-[^a-z]+\\.\\d{2,4}(?:x|y)?$', minLength: 9 }],
    [{ type: 'string', pattern: '[0-9]', minLength: 20 }],
    [
      {
        type: 'array',
        minItems: 12,
        maxItems: 12,
        items: { type: 'integer', minimum: 0, maximum: 11 },
        uniqueItems: true,
      },
    ],
    [{ type: 'array', contains: { const: 'x' }, minContains: 2, items: { type: 'string' } }],
    [{ type: 'object', minProperties: 6, maxProperties: 6, additionalProperties: { type: 'boolean' } }],
    [
      {
        type: 'object',
        patternProperties: { '^x-\\d+$': { type: 'integer' } },
        additionalProperties: false,
        minProperties: 4,
      },
    ],
    [{ type: 'object', required: ['surprise'], additionalProperties: { type: 'integer', minimum: 3 } }],
    [{ allOf: [{ type: 'integer', minimum: 4 }, { maximum: 4 }] }],
    [{ oneOf: [{ type: 'integer' }, { type: 'number', multipleOf: 0.5 }] }],
    [
      {
        type: 'object',
        properties: { a: { type: 'string' }, b: { type: 'string' } },
        not: { required: ['a', 'b'] },
      },
    ],
    [
      {
        type: 'object',
        required: ['kind'],
        properties: { kind: { enum: ['a', 'b'] } },
        if: { properties: { kind: { const: 'a' } } },
        else: { required: ['extra'] },
      },
    ],
    [{ type: 'object', properties: { a: {} }, dependentRequired: { a: ['b'] } }],
    [{ type: ['string', 'null'] }],
    [{ type: 'null' }],
    [
      {
        allOf: [
          {
            type: 'object',
            properties: { a: { type: 'string' } },
            additionalProperties: { type: 'integer' },
          },
          { required: ['b', 'a'], properties: { b: {}, c: {} } },
        ],
      },
    ],
    [
      {
        allOf: [
          { properties: { a: { type: 'string' } }, additionalProperties: false },
          { properties: { b: { type: 'string' } } },
        ],
      },
    ],
    [
      {
        type: 'array',
        minItems: 9,
        items: { oneOf: [{ type: 'number' }, { type: 'integer', minimum: 3 }, { type: 'string' }] },
      },
    ],
    [true],
    [{}],
  ])('%j', (schema) => {
    expect(many(schema)).toHaveLength(40);
  });

  it('writeOnly is left out of answers, readOnly out of requests', () => {
    const schema = {
      type: 'object',
      required: ['id', 'pin'],
      properties: { id: { type: 'string', readOnly: true }, pin: { type: 'string', writeOnly: true } },
    };
    expect(Object.keys(Object(make(schema)))).toEqual(['id']);
    expect(Object.keys(Object(make(schema, { direction: 'request' })))).toEqual(['pin']);
  });
});

describe('what cannot be made up', () => {
  function problems(schema: unknown): string[] {
    const content = { 'application/json': { schema: { $ref: REF } } };
    const paths = { '/a': { get: { responses: { 200: { description: 'ok', content } } } } };
    const document = documentOf({ A: schema }, { paths });
    return generationProblems(document, operationsOf(document)).map(
      (problem) => documentError(document, problem).message,
    );
  }

  it.each([
    [
      { type: 'string', pattern: '^(?=.*\\d)x$' },
      /A\/pattern: values for look-arounds cannot be made up; add an example$/,
    ],
    [
      { type: 'string', pattern: '^(.)\\1$' },
      /values for back-references cannot be made up; add an example$/,
    ],
    [
      { type: 'object', required: ['a'], properties: { a: { $ref: REF } } },
      /no finite value meets this schema: it requires itself$/,
    ],
    [{ type: 'integer', minimum: 5, maximum: 4 }, /no value can be made up: no integer meets its bounds$/],
    [
      { allOf: [{ type: 'string' }, { type: 'integer' }] },
      /no value can be made up: no type is allowed by all schemas$/,
    ],
    [
      { type: 'object', required: ['a'], properties: { a: false } },
      /no value can be made up: nothing is allowed at \/a$/,
    ],
  ])('%j is said at the start', (schema, message) => {
    expect(problems(schema)).toEqual([expect.stringMatching(message)]);
    expect(problems(schema)[0]).toMatch(/^test\.yaml:\d+:\d+ #\//);
  });

  it('has no problem where an example helps out', () => {
    expect(problems({ type: 'string', pattern: '^(?=.*\\d)x\\d$', examples: ['x1'] })).toEqual([]);
    expect(make({ type: 'string', pattern: '^(?=.*\\d)x\\d$', examples: ['x1'] })).toBe('x1');
  });

  it('is an error that says why when it is asked for anyway', () => {
    expect(() => make({ not: {} })).toThrow(/^no value can be made up for #\/components\/schemas\/A: /);
  });
});
