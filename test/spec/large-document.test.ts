import { expect, it } from 'vitest';
import { call, startWithDocument } from './spec-mock.ts';

const SERVICES = 24;
const PROCEDURES = 20;

/** A document like that of a whole product: many services, each with messages that hold each other in a ring. */
function largeDocument(): string {
  const total = SERVICES * PROCEDURES;
  const numbers = Array.from({ length: total }, (_, number) => number);
  const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
  const content = (name: string): object => ({ 'application/json': { schema: ref(name) } });
  const schemas = numbers.flatMap((number): [string, object][] => {
    const fields = Array.from({ length: 8 }, (_, field) => [
      `field${field}`,
      { type: 'string', 'x-proto-field': field + 1 },
    ]);
    const next = { 'x-proto-field': 20, ...ref(`Thing${(number + SERVICES) % total}`) };
    const things = { type: 'array', items: ref(`Thing${number}`), 'x-proto-field': 1 };
    return [
      [`Thing${number}`, { type: 'object', properties: { ...Object.fromEntries(fields), next } }],
      [`Things${number}`, { type: 'object', properties: { things } }],
    ];
  });
  const paths = numbers.map((number): [string, object] => [
    `/big.v1.Service${number % SERVICES}Service/ListThings${number}`,
    {
      post: {
        requestBody: { content: content(`Thing${number}`) },
        responses: { 200: { description: 'ok', content: content(`Things${number}`) } },
      },
    },
  ]);
  return JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'Big', version: '1' },
    'x-proto-package': 'big.v1',
    paths: Object.fromEntries(paths),
    components: { schemas: Object.fromEntries(schemas) },
  });
}

it(`a document of ${SERVICES} services and ${SERVICES * PROCEDURES} procedures is served, the last as the first`, async () => {
  const mock = await startWithDocument(largeDocument());
  expect(mock.operations()).toHaveLength(SERVICES * PROCEDURES);
  const last = SERVICES * PROCEDURES - 1;
  const statuses = await Promise.all(
    [0, last].map(async (number) => {
      const path = `/big.v1.Service${number % SERVICES}Service/ListThings${number}`;
      const { status, json } = await call(mock.url + path, { body: {} });
      return [status, (json as { things: object[] }).things.length > 0];
    }),
  );
  expect(statuses).toEqual([
    [200, true],
    [200, true],
  ]);
});
