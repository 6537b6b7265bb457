import { describe, expect, it } from 'vitest';
import { compileValidator, type ValidatorOptions } from '../../src/openapi/compile-validator.ts';
import { documentOf } from './build-document.ts';

function messages(schema: unknown, value: unknown, options: ValidatorOptions = {}): string[] {
  const validate = compileValidator(documentOf({ A: schema }), '#/components/schemas/A', options);
  return validate(value).map(({ message }) => message);
}

describe('a violation says what is wrong', () => {
  it.each([
    [{ type: 'integer', maximum: 100_000 }, 250_000, 'value must be <= 100000 (got 250000)'],
    [{ type: 'integer', minimum: 1 }, 0, 'value must be >= 1 (got 0)'],
    [{ exclusiveMinimum: 0 }, 0, 'value must be > 0 (got 0)'],
    [{ exclusiveMaximum: 1 }, 1, 'value must be < 1 (got 1)'],
    [{ multipleOf: 0.1 }, 0.25, 'value must be a multiple of 0.1 (got 0.25)'],
    [{ type: ['string', 'null'] }, 5, 'value must be string or null (got 5)'],
    [{ enum: ['a', 'b', null] }, 'c', 'value must be one of a, b or null (got "c")'],
    [{ const: 'a' }, 'b', 'value must be a (got "b")'],
    [{ minLength: 1 }, '', 'value must have at least 1 character (got 0)'],
    [{ maxLength: 2 }, '😀😀😀', 'value must have at most 2 characters (got 3)'],
    [{ pattern: '^a\\-b$' }, 'x', 'value must match ^a\\-b$ (got "x")'],
    [
      { format: 'uuid' },
      'x',
      'value must be of format uuid, e.g. 0198f3c2-6d0e-7bbd-b8e1-1f2d7c4a90ef (got "x")',
    ],
    [
      { type: 'integer', format: 'int32' },
      2 ** 31,
      'value must be of format int32, e.g. 42 (got 2147483648)',
    ],
    [{ type: 'string', format: 'int64' }, '1.5', 'value must be of format int64, e.g. 42 (got "1.5")'],
    [{ format: 'int32' }, '2147483648', 'value must be of format int32, e.g. 42 (got "2147483648")'],
    [{ format: 'int32' }, 2147483648, 'value must be of format int32, e.g. 42 (got 2147483648)'],
    [{ required: ['id'] }, {}, 'id is required'],
    [{ additionalProperties: false }, { a: 1 }, 'a is not a known property'],
    [{ minItems: 2 }, [1], 'value must have at least 2 items (got 1)'],
    [{ maxProperties: 1 }, { a: 1, b: 2 }, 'value must have at most 1 property (got 2)'],
    [{ uniqueItems: true }, [1, 2, 1], 'value must not repeat items: 0 and 2 are equal'],
    [{ dependentRequired: { a: ['b'] } }, { a: 1 }, 'b is required beside a'],
    [{ not: { type: 'null' } }, null, 'value must not have the form that is excluded (got null)'],
    [{ properties: { a: false } }, { a: 1 }, 'a must not be present'],
    [{ propertyNames: { pattern: '^[a-z]+$' } }, { A: 1 }, 'A must match ^[a-z]+$ (got "A")'],
    [
      // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema has this name
      { if: { type: 'string' }, then: { minLength: 2 } },
      'a',
      'value must have at least 2 characters (got 1)',
    ],
    [{ anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] }, 'x', 'value must be ipv4 or ipv6 (got "x")'],
    [
      { oneOf: [{ type: 'string' }, { type: 'integer' }] },
      true,
      'value must be string or integer (got true)',
    ],
    [
      { oneOf: [{ type: 'number' }, { type: 'integer' }] },
      1,
      'value must have exactly one of the forms allowed, but has 2 of them (got 1)',
    ],
  ])('%j of %j: %s', (schema, value, message) => {
    expect(messages(schema, value)).toEqual([message]);
  });

  it('with the path as people write it', () => {
    const schema = {
      properties: {
        users: { items: { properties: { 'e-mail': { type: 'string' }, 'a b': { type: 'string' } } } },
      },
    };
    expect(messages(schema, { users: [{}, { 'e-mail': 1, 'a b': 2 }] })).toEqual([
      'users[1].e-mail must be string (got 1)',
      'users[1]["a b"] must be string (got 2)',
    ]);
  });

  it('all at once, up to the number asked for', () => {
    const schema = { items: { type: 'string' } };
    const value = Array.from({ length: 500 }, (_, index) => index);
    expect(messages(schema, value)).toHaveLength(100);
    expect(messages(schema, value, { maxViolations: 3 })).toHaveLength(3);
  });

  it('under the name asked for', () => {
    expect(messages({ type: 'string' }, 1, { subject: 'header X-Id' })).toEqual([
      'header X-Id must be string (got 1)',
    ]);
  });

  it('without values where they must not be shown', () => {
    const secret = 'maya@example.com';
    const told = messages(
      { type: 'object', properties: { a: { const: 'b' } } },
      { a: secret },
      { showsValues: false },
    );
    expect(told).toEqual(['a must be b (got a string of 16 characters)']);
  });

  it('shortened where values are long', () => {
    const [message] = messages({ type: 'integer' }, 'x'.repeat(5000));
    expect(message?.length).toBeLessThan(140);
  });
});

describe('alternatives', () => {
  const cat = {
    type: 'object',
    required: ['kind', 'lives'],
    properties: { kind: { const: 'cat' }, lives: { type: 'integer' } },
  };
  const dog = {
    type: 'object',
    required: ['kind', 'tricks'],
    properties: { kind: { const: 'dog' }, tricks: { type: 'array' } },
  };

  it('are told by the one that was meant', () => {
    expect(messages({ oneOf: [cat, dog] }, { kind: 'dog', tricks: 3 })).toEqual([
      'tricks must be array (got 3)',
    ]);
  });

  it('are told together where none was meant', () => {
    expect(messages({ oneOf: [cat, dog] }, { kind: 'cow' })).toEqual([
      'value must have one of the 2 forms allowed (got {"kind":"cow"})',
    ]);
  });

  it('do not hide what is wrong beside them', () => {
    const schema = { properties: { a: { type: 'string' }, pet: { oneOf: [cat, dog] } } };
    expect(messages(schema, { a: 1, pet: { kind: 'cat', lives: 'nine' } })).toEqual([
      'a must be string (got 1)',
      'pet.lives must be integer (got "nine")',
    ]);
  });
});

describe('a closed check', () => {
  const closed: ValidatorOptions = { mode: 'closed' };

  it('refuses undeclared properties at every depth, an open one does not', () => {
    const schema = { properties: { a: { type: 'object', properties: { b: { type: 'string' } } } } };
    const value = { a: { b: 'x', c: 1 }, d: 2 };
    expect(messages(schema, value)).toEqual([]);
    expect(messages(schema, value, closed).sort()).toEqual([
      'a.c is not a known property',
      'd is not a known property',
    ]);
  });

  it('knows the properties of all parts of a composition', () => {
    const document = documentOf({
      Base: { type: 'object', properties: { id: { type: 'string' } } },
      A: {
        allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { a: { type: 'string' } } }],
        anyOf: [{ properties: { b: {} } }, { properties: { c: {} } }],
      },
    });
    const validate = compileValidator(document, '#/components/schemas/A', closed);
    expect(validate({ id: '1', a: '2', b: 3 })).toEqual([]);
    expect(validate({ id: '1', x: 1 })).toEqual([
      { pointer: '/x', rule: 'unevaluatedProperties', message: 'x is not a known property' },
    ]);
  });

  it('leaves free-form objects and explicit openness alone', () => {
    expect(messages({ type: 'object' }, { x: 1 }, closed)).toEqual([]);
    expect(messages({ properties: { a: {} }, additionalProperties: true }, { x: 1 }, closed)).toEqual([]);
    expect(
      messages({ properties: { a: {} }, additionalProperties: { type: 'string' } }, { x: 1 }, closed),
    ).toEqual(['x must be string (got 1)']);
  });

  it('does not change the meaning of not and if', () => {
    const schema = {
      not: { properties: { a: { const: 1 } }, required: ['a'] },
      properties: { a: {}, b: {} },
    };
    expect(messages(schema, { a: 1, b: 2 }, closed)).toHaveLength(1);
  });

  it('follows recursion to its end', () => {
    const document = documentOf({
      Node: { type: 'object', properties: { next: { $ref: '#/components/schemas/Node' } } },
    });
    const validate = compileValidator(document, '#/components/schemas/Node', closed);
    expect(validate({ next: { next: { next: {} } } })).toEqual([]);
    expect(validate({ next: { next: { last: {}, next: 1 } } }).map(({ message }) => message)).toEqual([
      'next.next.next must be object (got 1)',
      'next.next.last is not a known property',
    ]);
    expect(validate({ next: { next: { last: {} } } }).map(({ pointer }) => pointer)).toEqual([
      '/next/next/last',
    ]);
  });
});

describe('the way a value travels', () => {
  const schema = {
    type: 'object',
    required: ['id', 'password', 'name'],
    properties: {
      id: { type: 'string', readOnly: true },
      password: { type: 'string', writeOnly: true },
      name: { type: 'string' },
    },
  };

  it('makes required readOnly properties optional in requests only', () => {
    expect(messages(schema, { name: 'a' }, { direction: 'request' })).toEqual(['password is required']);
  });

  it('makes required writeOnly properties optional in responses only', () => {
    expect(messages(schema, { name: 'a' }, { direction: 'response' })).toEqual(['id is required']);
  });
});

describe('a validator', () => {
  it('cannot be made for a schema that is not there', () => {
    expect(() => compileValidator(documentOf({}), '#/components/schemas/A')).toThrow(RangeError);
  });

  it('sees a document only through its own schemas', () => {
    const strict = compileValidator(documentOf({ A: { maximum: 1 } }), '#/components/schemas/A');
    const loose = compileValidator(documentOf({ A: { maximum: 9 } }), '#/components/schemas/A');
    expect([strict(5).length, loose(5).length]).toEqual([1, 0]);
  });

  it('checks each value against its own pattern, also where several repeat a group', () => {
    const schema = {
      properties: {
        host: { pattern: '^([a-z]+\\.)+[a-z]+$' },
        hours: { pattern: '^(\\d\\d:)+\\d\\d$' },
        words: { pattern: '^(?:foo|bar)*$' },
      },
      patternProperties: { '^(x-)+a$': false, '^(y-)+a$': { type: 'string' } },
    };
    expect(messages(schema, { host: 'a.b', hours: '10:20', words: 'foobar', 'y-a': 'b' })).toEqual([]);
    expect(messages(schema, { host: '10:20', hours: 'a.b', words: 'a.b', 'x-a': 1, 'y-a': 1 })).toEqual([
      'host must match ^([a-z]+\\.)+[a-z]+$ (got "10:20")',
      'hours must match ^(\\d\\d:)+\\d\\d$ (got "a.b")',
      'words must match ^(?:foo|bar)*$ (got "a.b")',
      'x-a must not be present',
      'y-a must be string (got 1)',
    ]);
  });

  it.each(['open', 'closed'] as const)('takes two thousand schemas that hold each other (%s)', (mode) => {
    const count = 2000;
    const schemas = Object.fromEntries(
      Array.from({ length: count }, (_, number) => {
        const next = { $ref: `#/components/schemas/S${(number + 1) % count}` };
        return [
          `S${number}`,
          { type: 'object', required: ['n'], properties: { n: { type: 'integer' }, next } },
        ];
      }),
    );
    const validate = compileValidator(documentOf(schemas), '#/components/schemas/S7', { mode });
    const deep = Array.from({ length: 100 }).reduce<object>((next) => ({ n: 1, next }), { n: 1 });
    expect(validate(deep)).toEqual([]);
    expect(validate({ n: 1, next: { n: 1, next: {} } }).map(({ message }) => message)).toEqual([
      'next.next.n is required',
    ]);
    expect(validate({ n: 1, more: 1 })).toHaveLength(mode === 'closed' ? 1 : 0);
  });

  it('treats properties called like those of Object.prototype as absent', () => {
    expect(messages({ required: ['toString'], properties: { constructor: { type: 'string' } } }, {})).toEqual(
      ['toString is required'],
    );
  });
});
