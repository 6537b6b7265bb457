import { describe, expect, it } from 'vitest';
import type { LoadedDocument } from '../../src/openapi/loaded-document.ts';
import { parseDocument } from '../../src/openapi/loaded-document.ts';
import type { Operation } from '../../src/openapi/operation.ts';
import { operationsOf } from '../../src/openapi/operations.ts';
import { schemaAt } from '../../src/openapi/schema-view.ts';

function load(yaml: string): LoadedDocument {
  return parseDocument({
    file: 'test.yaml',
    text: `openapi: 3.1.0\ninfo: { title: T, version: '1' }\n${yaml}`,
  });
}

function only(yaml: string): Operation {
  const [operation, ...others] = operationsOf(load(yaml));
  if (operation === undefined || others.length > 0) throw new Error('expected one operation');
  return operation;
}

const GET = '{ responses: { "200": { description: ok } } }';

describe('operationsOf', () => {
  it.each([
    ['[]', '/a'],
    ['[{ url: / }]', '/a'],
    ['[{ url: https://api.example.com }]', '/a'],
    ['[{ url: https://api.example.com/v2/ }, { url: /other }]', '/v2/a'],
    ['[{ url: /v1 }]', '/v1/a'],
    ['[{ url: v1 }]', '/v1/a'],
    [
      "[{ url: 'https://{host}/{base}', variables: { host: { default: x.y }, base: { default: v3 } } }]",
      '/v3/a',
    ],
  ])('puts the base path of servers %s before the path', (servers, path) => {
    expect(only(`servers: ${servers}\npaths: { /a: { get: ${GET} } }`).path).toBe(path);
  });

  it('takes the servers of the path or the operation where they have their own', () => {
    const operations = operationsOf(
      load(`servers: [{ url: /v1 }]
paths:
  /a: { servers: [{ url: /v2 }], get: ${GET}, post: { servers: [{ url: /v3 }], responses: {} } }`),
    );
    expect(operations.map(({ path }) => path)).toEqual(['/v2/a', '/v3/a']);
  });

  it.each([
    ['[{ url: https://api.example.com/v2 }, { url: http://localhost:3000 }, { url: /v2/ }]', ['/v2/a', '/a']],
    [
      "[{ url: 'https://x.y/{base}/{tenant}', variables: { base: { default: v3, enum: [v2, v3] }, tenant: { default: main } } }]",
      ['/v3/main/a', '/v2/main/a'],
    ],
    ["[{ url: '/{a}', variables: { a: { default: $& } } }]", ['/$&/a']],
  ])('answers below every base path of servers %s', (servers, paths) => {
    const { path, otherPaths = [] } = only(`servers: ${servers}\npaths: { /a: { get: ${GET} } }`);
    expect([path, ...otherPaths]).toEqual(paths);
  });

  it('takes no more than 32 base paths of variables that multiply', () => {
    const variables = ['a', 'b', 'c'].map((name) => `${name}: { default: '0', enum: ['0', '1', '2', '3'] }`);
    const { otherPaths } = only(
      `servers: [{ url: '/{a}/{b}/{c}', variables: { ${variables.join(', ')} } }]\npaths: { /a: { get: ${GET} } }`,
    );
    expect(otherPaths).toHaveLength(31);
  });

  it('gives an id to operations without one', () => {
    expect(only(`paths: { '/a/{b}': { get: ${GET} } }`).id).toBe('GET /a/{b}');
  });

  it('joins the parameters of path and operation, follows references, fills in the defaults', () => {
    const { parameters } = only(`
paths:
  /a/{id}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
      - { name: q, in: query, schema: { type: string } }
    get:
      parameters:
        - { name: q, in: query, required: true, schema: { type: integer } }
        - $ref: '#/components/parameters/Filter'
      responses: {}
components:
  parameters:
    Filter: { name: filter, in: query, content: { application/json: { schema: { type: object } } } }
`);
    expect(parameters).toEqual([
      {
        name: 'id',
        in: 'path',
        isRequired: true,
        style: 'simple',
        isExploded: false,
        schemaRef: '#/paths/~1a~1{id}/parameters/0/schema',
      },
      {
        name: 'q',
        in: 'query',
        isRequired: true,
        style: 'form',
        isExploded: true,
        schemaRef: '#/paths/~1a~1{id}/get/parameters/0/schema',
      },
      {
        name: 'filter',
        in: 'query',
        isRequired: false,
        style: 'json',
        isExploded: false,
        schemaRef: '#/components/parameters/Filter/content/application~1json/schema',
      },
    ]);
  });

  it('gives bodies, statuses, headers and examples with pointers to their schemas', () => {
    const yaml = `
paths:
  /a:
    post:
      requestBody: { $ref: '#/components/requestBodies/Text' }
      responses:
        '201':
          description: made
          headers: { Location: { required: true, schema: { type: string }, example: /a/1 } }
          content:
            application/json: { schema: { $ref: '#/components/schemas/A' }, examples: { one: { value: { id: 1 } } } }
            text/plain: {}
        4XX: { description: no }
components:
  requestBodies:
    Text: { required: true, content: { Text/Plain: { schema: { type: string }, example: hi } } }
  schemas: { A: { type: object } }
`;
    const operation = only(yaml);
    expect(operation.requestBody).toEqual({
      isRequired: true,
      content: [
        {
          mediaType: 'text/plain',
          schemaRef: '#/components/requestBodies/Text/content/Text~1Plain/schema',
          examples: [{ name: 'default', value: 'hi' }],
        },
      ],
    });
    const schemaRef = '#/paths/~1a/post/responses/201/content/application~1json/schema';
    expect(operation.responses).toEqual([
      {
        status: '201',
        description: 'made',
        headers: [
          {
            name: 'Location',
            isRequired: true,
            schemaRef: '#/paths/~1a/post/responses/201/headers/Location/schema',
            examples: [{ name: 'default', value: '/a/1' }],
          },
        ],
        content: [
          { mediaType: 'application/json', schemaRef, examples: [{ name: 'one', value: { id: 1 } }] },
          { mediaType: 'text/plain', examples: [] },
        ],
      },
      { status: '4XX', description: 'no', headers: [], content: [] },
    ]);
    expect(schemaAt(load(yaml).root, schemaRef).schema).toEqual({ $ref: '#/components/schemas/A' });
  });

  it('knows alternatives of keys, their places, and operations without one', () => {
    const operations = operationsOf(
      load(`
security: [{ Header: [] }, { Query: [], Cookie: [] }, {}]
paths:
  /a: { get: ${GET}, post: { security: [], responses: {} }, put: { security: [{ Bearer: [] }, { Basic: [] }, { OAuth: [a] }, { Tls: [] }], responses: {} } }
components:
  securitySchemes:
    Header: { type: apiKey, in: header, name: X-Key }
    Query: { type: apiKey, in: query, name: key }
    Cookie: { type: apiKey, in: cookie, name: sid }
    Bearer: { type: http, scheme: Bearer }
    Basic: { type: http, scheme: basic }
    OAuth: { type: oauth2, flows: {} }
    Tls: { type: mutualTLS }
`),
    );
    expect(Object.fromEntries(operations.map(({ method, security }) => [method, security]))).toEqual({
      GET: [
        [{ kind: 'apiKey', id: 'Header', in: 'header', name: 'X-Key' }],
        [
          { kind: 'apiKey', id: 'Query', in: 'query', name: 'key' },
          { kind: 'apiKey', id: 'Cookie', in: 'cookie', name: 'sid' },
        ],
        [],
      ],
      POST: [],
      PUT: [
        [{ kind: 'bearer', id: 'Bearer' }],
        [{ kind: 'basic', id: 'Basic' }],
        [{ kind: 'bearer', id: 'OAuth' }],
        [{ kind: 'other', id: 'Tls', type: 'mutualTLS' }],
      ],
    });
  });

  it('sees a procedure only below the proto package of the document', () => {
    const rpc = `{ post: { requestBody: { content: { application/json: { schema: { type: object } } } }, responses: { '200': { description: ok, content: { application/json: { schema: { type: object } } } } } } }`;
    const paths = `paths: { /a.v1.Users/Get: ${rpc}, /b.v1.Users/Get: ${rpc}, /users: ${rpc} }`;
    const procedures = (yaml: string): unknown[] =>
      operationsOf(load(yaml)).map(({ procedure }) => procedure?.path);
    expect(procedures(`x-proto-package: a.v1\n${paths}`)).toEqual(['/a.v1.Users/Get', undefined, undefined]);
    expect(procedures(paths)).toEqual([undefined, undefined, undefined]);
  });

  it('follows a path item that stands elsewhere', () => {
    const operation = only(
      `paths: { /a: { $ref: '#/components/pathItems/A' } }\ncomponents: { pathItems: { A: { get: ${GET} } } }`,
    );
    expect([operation.path, operation.pointer]).toEqual(['/a', '#/components/pathItems/A/get']);
  });
});
