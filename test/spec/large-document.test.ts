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

it('messages that hold each other five thousand deep are served, as procedure and as REST', async () => {
  const count = 5000;
  const ref = (number: number): object => ({ $ref: `#/components/schemas/S${number % count}` });
  const content = (number: number): object => ({ 'application/json': { schema: ref(number) } });
  const schemas = Array.from({ length: count }, (_, number) => [
    `S${number}`,
    {
      type: 'object',
      properties: {
        name: { type: 'string', 'x-proto-field': 1 },
        next: { 'x-proto-field': 2, ...ref(number + 1) },
      },
    },
  ]);
  const responses = { 200: { description: 'ok', content: content(7) } };
  const mock = await startWithDocument(
    JSON.stringify({
      openapi: '3.1.0',
      info: { title: 'Ring', version: '1' },
      'x-proto-package': 'ring.v1',
      paths: {
        '/ring.v1.Service/Get': { post: { requestBody: { content: content(0) }, responses } },
        '/ring': { get: { responses } },
      },
      components: { schemas: Object.fromEntries(schemas) },
    }),
  );
  const rpc = await call(`${mock.url}/ring.v1.Service/Get`, { body: { next: { next: { name: 'a' } } } });
  const rest = await fetch(`${mock.url}/ring`);
  expect([rpc.status, rest.status]).toEqual([200, 200]);
  const refused = await call(`${mock.url}/ring.v1.Service/Get`, { body: { next: { next: { name: 5 } } } });
  expect(refused.status).toBe(400);
});
