import { describe, expect, it } from 'vitest';
import { generationProblems } from '../../src/openapi/generation-problems.ts';
import { messageShape } from '../../src/openapi/message-shape.ts';
import { operationsOf } from '../../src/openapi/operations.ts';
import { documentOf } from './build-document.ts';

/** Services that list things of many fields, which hold each other in a ring. */
function largeDocument(services: number, methods: number): ReturnType<typeof documentOf> {
  const schemas: Record<string, unknown> = {};
  const paths: Record<string, unknown> = {};
  const ref = (name: string): unknown => ({ $ref: `#/components/schemas/${name}` });
  const body = (name: string): unknown => ({ 'application/json': { schema: ref(name) } });
  for (let index = 0; index < services * methods; index++) {
    const name = `Thing${index}`;
    const fields = Array.from({ length: 8 }, (_, field) => [
      `field${field}`,
      { type: 'string', 'x-proto-field': field + 1 },
    ]);
    const child = { 'x-proto-field': 20, ...Object(ref(`Thing${(index + 1) % (services * methods)}`)) };
    schemas[name] = { type: 'object', properties: { ...Object.fromEntries(fields), child } };
    schemas[`${name}List`] = {
      type: 'object',
      properties: { things: { type: 'array', items: ref(name), 'x-proto-field': 1 } },
    };
    paths[`/big.v1.Service${index % services}/List${name}`] = {
      post: {
        requestBody: { content: body(name) },
        responses: { 200: { description: 'ok', content: body(`${name}List`) } },
      },
    };
  }
  return documentOf(schemas, { paths, 'x-proto-package': 'big.v1' });
}

describe('a document of 24 services and 480 operations', () => {
  it('is loaded, listed and probed', () => {
    const document = largeDocument(24, 20);
    const operations = operationsOf(document);
    expect(operations.filter(({ procedure }) => procedure !== undefined)).toHaveLength(480);
    expect(generationProblems(document, operations)).toEqual([]);
  });

  it('builds every message once, also where they hold each other in a ring', () => {
    const [first, second] = operationsOf(largeDocument(2, 2));
    expect(second?.procedure?.input).toBe(first?.procedure?.input.fields.at(-1)?.type);
    expect(messageShape(largeDocument(1, 1), 'Thing0').fields).toHaveLength(9);
  });
});
