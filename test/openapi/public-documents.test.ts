import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { compileValidator } from '../../src/openapi/compile-validator.ts';
import { describeDocument } from '../../src/openapi/describe-document.ts';
import { type GenerateOptions, generateValue } from '../../src/openapi/generate-value.ts';
import { generationProblems } from '../../src/openapi/generation-problems.ts';
import { loadDocument } from '../../src/openapi/load-document.ts';
import type { LoadedDocument } from '../../src/openapi/loaded-document.ts';
import { operationsOf } from '../../src/openapi/operations.ts';

const FILES = [
  'openapi.yaml',
  'fixtures/documents/clinic-3.0.yaml',
  'fixtures/documents/billing-3.1.json',
  'fixtures/documents/directory-rpc-3.1.yaml',
  'fixtures/documents/trees-3.1.yaml',
  'fixtures/documents/telemetry-3.0.json',
];

const VALUES = 50;

/** The schemas of all answers of a document, each with the operation that gives it. */
function answers(document: LoadedDocument): { id: string; schemaRef: string }[] {
  return operationsOf(document).flatMap(({ id, responses }) =>
    responses.flatMap(({ status, content }) =>
      content.flatMap(({ schemaRef }) =>
        schemaRef === undefined ? [] : [{ id: `${id} ${status}`, schemaRef }],
      ),
    ),
  );
}

/** The schemas of all request bodies and parameters. */
function questions(document: LoadedDocument): { id: string; schemaRef: string }[] {
  return operationsOf(document).flatMap(({ id, requestBody, parameters }) =>
    [...(requestBody?.content ?? []), ...parameters].flatMap(({ schemaRef }) =>
      schemaRef === undefined ? [] : [{ id, schemaRef }],
    ),
  );
}

describe.each(FILES)('%s', (file) => {
  it('is accepted by an independent validator', async () => {
    expect(await new Validator().validate(file)).toEqual({ valid: true });
  });

  it(`gets ${VALUES} values for every answer that its own schema accepts`, async () => {
    const document = await loadDocument(file);
    const checked = answers(document).map(({ id, schemaRef }) => {
      // Closed as well: what is made up must not have properties that the document does not declare.
      const validate = compileValidator(document, schemaRef, { mode: 'closed' });
      const values = Array.from({ length: VALUES }, (_, index) =>
        generateValue(document, schemaRef, { key: `${id} ${index}` }),
      );
      return { id, values: values.length, wrong: values.flatMap((value) => validate(value)).slice(0, 3) };
    });
    expect(checked.length).toBeGreaterThan(4);
    expect(checked.filter(({ values, wrong }) => values !== VALUES || wrong.length > 0)).toEqual([]);
  });

  it('gets values for every request that its own schema accepts', async () => {
    const document = await loadDocument(file);
    const wrong = questions(document).flatMap(({ id, schemaRef }) => {
      const value = generateValue(document, schemaRef, { key: id, direction: 'request' });
      return compileValidator(document, schemaRef, { direction: 'request' })(value);
    });
    expect(wrong).toEqual([]);
  });

  it('gets the same values for the same key, others for another', async () => {
    const [one, other] = [await loadDocument(file), await loadDocument(file)];
    const refs = answers(one);
    const all = (document: LoadedDocument, key: string): unknown[] =>
      refs.map(({ schemaRef }) => generateValue(document, schemaRef, { key }));
    expect(all(one, 'a')).toEqual(all(other, 'a'));
    const changed = all(one, 'b').filter(
      (value, index) => JSON.stringify(value) !== JSON.stringify(all(other, 'a')[index]),
    );
    expect(changed.length).toBeGreaterThan(refs.length / 3);
  });

  it('takes examples where they are preferred, and stays valid', async () => {
    const document = await loadDocument(file);
    const options: GenerateOptions = { key: 'a', prefersExamples: true };
    const wrong = answers(document).flatMap(({ schemaRef }) =>
      compileValidator(document, schemaRef)(generateValue(document, schemaRef, options)),
    );
    expect(wrong).toEqual([]);
  });

  it('leaves nothing that cannot be made up', async () => {
    const document = await loadDocument(file);
    expect(generationProblems(document, operationsOf(document))).toEqual([]);
  });
});

describe('describeDocument', () => {
  it('lists every operation with what it takes and gives', async () => {
    const { operations, notes } = describeDocument(await loadDocument('openapi.yaml'));
    expect(
      operations.map(({ id, kind, security, isPaginated }) => [id, kind, security, isPaginated]),
    ).toEqual([
      ['ListSessionsV2Get', 'rpc', 'X-API-KEY in header', false],
      ['ListSessionsV2', 'rpc', 'X-API-KEY in header', true],
    ]);
    expect(notes).toEqual([]);
  });

  it('says alternatives of keys in words', async () => {
    const { operations } = describeDocument(await loadDocument('fixtures/documents/billing-3.1.json'));
    expect(operations[0]?.security).toBe('api_key in query or sid in cookie and X-CSRF in header');
  });

  it('notes what is not done', async () => {
    const { notes } = describeDocument(await loadDocument('fixtures/documents/telemetry-3.0.json'));
    expect(notes).toEqual([
      {
        pointer: '#/paths/~1devices~1{device_id}~1firmware/put/requestBody/content/multipart~1form-data',
        reason: 'the parts of multipart/form-data are not checked',
      },
      {
        pointer: '#/paths/~1devices~1{device_id}~1firmware/put/callbacks',
        reason: 'callbacks are not called',
      },
    ]);
  });
});
