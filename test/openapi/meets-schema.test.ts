import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileValidator } from '../../src/openapi/compile-validator.ts';
import { meetsSchema } from '../../src/openapi/meets-schema.ts';
import type { JsonValue, Schema } from '../../src/openapi/schema-object.ts';
import { anySchema, anyValue } from './arbitrary-schema.ts';
import { documentOf } from './build-document.ts';

it('says what the compiled validator says, for every keyword', () => {
  fc.assert(
    fc.property(anySchema(3), fc.array(anyValue(), { minLength: 8, maxLength: 8 }), (schema, values) => {
      const document = documentOf({ A: schema, B: { type: 'object', required: ['a'] } });
      for (const direction of ['request', 'response'] as const) {
        const validate = compileValidator(document, '#/components/schemas/A', { direction });
        const context = { root: document.root, direction };
        const told = (value: JsonValue): boolean => meetsSchema(context, schema as Schema, value);
        expect(values.map(told)).toEqual(values.map((value) => validate(value).length === 0));
      }
    }),
    { seed: 11, numRuns: 400 },
  );
});

it.each([
  [{ contains: { const: 0 } }, false],
  [{ contains: { const: 0 }, minContains: 0 }, true],
  [{ contains: { const: 0 }, minContains: 0, maxContains: 0 }, true],
  [{ uniqueItems: true, maxItems: 0 }, true],
  [{ minItems: 1 }, false],
])('an empty list meets %j: %s', (schema, isMet) => {
  expect(meetsSchema({ root: {}, direction: 'response' }, schema, [])).toBe(isMet);
});
