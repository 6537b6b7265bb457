import { describe, expect, it } from 'vitest';
import { compileValidator } from '../../src/openapi/compile-validator.ts';
import { schemaAt } from '../../src/openapi/schema-view.ts';
import { documentOf } from './build-document.ts';

const REF = '#/components/schemas/A';

function normalised(schema: unknown, openapi = '3.0.3'): unknown {
  return schemaAt(documentOf({ A: schema, B: { type: 'object' } }, { openapi }).root, REF).schema;
}

describe('a document of OpenAPI 3.0 is brought to 3.1', () => {
  it.each([
    [{ type: 'string', nullable: true }, { type: ['string', 'null'] }],
    [{ type: 'string', nullable: false }, { type: 'string' }],
    [
      { type: 'string', enum: ['a'], nullable: true },
      { type: ['string', 'null'], enum: ['a', null] },
    ],
    [
      { nullable: true, description: 'd', allOf: [{ $ref: '#/components/schemas/B' }] },
      { description: 'd', anyOf: [{ allOf: [{ $ref: '#/components/schemas/B' }] }, { type: 'null' }] },
    ],
    [{ minimum: 0, exclusiveMinimum: true }, { exclusiveMinimum: 0 }],
    [{ minimum: 0, exclusiveMinimum: false }, { minimum: 0 }],
    [{ maximum: 9, exclusiveMaximum: true }, { exclusiveMaximum: 9 }],
    [
      { type: 'string', example: 'a' },
      { type: 'string', examples: ['a'] },
    ],
    [
      { $ref: '#/components/schemas/B', description: 'ignored', 'x-proto-field': 1 },
      { $ref: '#/components/schemas/B', 'x-proto-field': 1 },
    ],
  ])('%j', (schema, expected) => {
    expect(normalised(schema)).toEqual(expected);
  });

  it('and then means the same to the validator', () => {
    const document = documentOf(
      {
        A: {
          type: 'object',
          properties: { a: { type: 'integer', nullable: true, minimum: 0, exclusiveMinimum: true } },
        },
      },
      { openapi: '3.0.0' },
    );
    const validate = compileValidator(document, REF);
    expect([{ a: null }, { a: 1 }, { a: 0 }].map((value) => validate(value).length)).toEqual([0, 0, 1]);
  });
});

describe('a document of OpenAPI 3.1', () => {
  it('keeps keywords beside a reference, and examples after an example', () => {
    expect(normalised({ $ref: '#/components/schemas/B', description: 'kept' }, '3.1.0')).toEqual({
      $ref: '#/components/schemas/B',
      description: 'kept',
    });
    expect(normalised({ example: 1, examples: [2] }, '3.1.0')).toEqual({ examples: [1, 2] });
  });
});
