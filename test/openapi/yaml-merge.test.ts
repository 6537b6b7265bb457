import { expect, it } from 'vitest';
import { parseDocument } from '../../src/openapi/loaded-document.ts';
import { operationsOf } from '../../src/openapi/operations.ts';

const TEXT = `openapi: 3.1.0
info: { title: T, version: '1' }
x-one: &one { '401': { description: from one }, '403': { description: from one } }
x-two: &two { '403': { description: from two }, '404': { description: from two } }
paths:
  /a:
    get:
      responses:
        <<: [*one, *two]
        '401': { description: own }
        '200': { description: ok }
  /b:
    get: { responses: { '200': { description: ok }, <<: *two } }
`;

it('merge keys of YAML add what a map does not say itself, the earlier source first', () => {
  const operations = operationsOf(parseDocument({ file: 'test.yaml', text: TEXT }));
  const said = operations.map(({ responses }) =>
    Object.fromEntries(responses.map(({ status, description }) => [status, description])),
  );
  expect(said).toEqual([
    { '200': 'ok', '401': 'own', '403': 'from one', '404': 'from two' },
    { '200': 'ok', '403': 'from two', '404': 'from two' },
  ]);
});
