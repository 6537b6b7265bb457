import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FORMATS } from '../../src/openapi/formats.ts';
import { generateValue } from '../../src/openapi/generate-value.ts';
import { generationProblems } from '../../src/openapi/generation-problems.ts';
import type { LoadedDocument } from '../../src/openapi/loaded-document.ts';
import { operationsOf } from '../../src/openapi/operations.ts';
import { anySchema } from './arbitrary-schema.ts';
import { documentOf } from './build-document.ts';

const REF = '#/components/schemas/A';

const VALUES = 50;

function served(schema: unknown): LoadedDocument {
  const content = { 'application/json': { schema: { $ref: REF } } };
  const paths = { '/a': { get: { responses: { 200: { description: 'ok', content } } } } };
  const b = { type: 'object', required: ['a'], properties: { kind: { type: 'string' } } };
  return documentOf({ A: schema, B: b }, { paths });
}

/** The judge is not ours: Ajv as it comes, with the formats' own checks. */
function judgeOf({ root }: LoadedDocument): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false, multipleOfPrecision: 9 });
  // Its own formats look at texts only.
  ajv.removeKeyword('format');
  const validate = (format: string, value: unknown): boolean => {
    const { string, number } = FORMATS.get(format) ?? {};
    if (typeof value === 'string') return string?.(value) ?? true;
    return typeof value !== 'number' || (number?.(value) ?? true);
  };
  ajv.addKeyword({ keyword: 'format', validate });
  ajv.addSchema(root, 'document');
  return ajv.compile({ $ref: `document${REF}` });
}

interface Outcome {
  readonly isRefused: boolean;
  readonly wrong: readonly unknown[];
}

function outcomeOf(schema: unknown): Outcome {
  const document = served(schema);
  if (generationProblems(document, operationsOf(document)).length > 0) return { isRefused: true, wrong: [] };
  const judge = judgeOf(document);
  const wrong = Array.from({ length: VALUES }, (_, index) => {
    const value = generateValue(document, REF, { key: `k${index}` });
    return judge(value) ? [] : [value, judge.errors];
  });
  return { isRefused: false, wrong: wrong.flat() };
}

it('a schema is refused at the start, or every one of 50 requests gets a value that it accepts', () => {
  let accepted = 0;
  fc.assert(
    fc.property(anySchema(2), (schema) => {
      const { isRefused, wrong } = outcomeOf(schema);
      if (!isRefused) accepted++;
      expect(wrong).toEqual([]);
    }),
    { seed: 5, numRuns: 100 },
  );
  // Most of these schemas can be met, and whoever refuses them all has proved nothing.
  expect(accepted).toBeGreaterThan(80);
});
