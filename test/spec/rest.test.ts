import { once } from 'node:events';
import { connect } from 'node:http2';
import { describe, expect, it } from 'vitest';
import { call, documentOf, KEY, startSpecMock, startWithDocument, writeDocument } from './spec-mock.ts';

const ECHO = documentOf(`
  /echo/{path}:
    get:
      parameters:
        - { name: path, in: path, required: true, schema: { type: integer, maximum: 9 } }
        - { name: list, in: query, schema: { type: array, items: { type: integer } } }
        - { name: flat, in: query, explode: false, schema: { type: array, items: { type: integer } } }
        - { name: spaced, in: query, style: spaceDelimited, explode: false, schema: { type: array, items: { type: integer } } }
        - { name: piped, in: query, style: pipeDelimited, explode: false, schema: { type: array, items: { type: integer } } }
        - { name: deep, in: query, style: deepObject, schema: { type: object, properties: { a: { type: integer }, b: { type: boolean } } } }
        - { name: bag, in: query, schema: { type: object, properties: { x: { type: integer }, y: { type: string, maxLength: 2 } } } }
        - { name: flag, in: query, schema: { type: boolean } }
        - { name: either, in: query, schema: { oneOf: [{ type: integer }, { type: string, enum: [all] }] } }
        - { name: json, in: query, content: { application/json: { schema: { type: object, required: [n], properties: { n: { type: integer } } } } } }
        - { name: X-Count, in: header, schema: { type: integer } }
        - { name: X-List, in: header, schema: { type: array, items: { type: integer }, maxItems: 2 } }
        - { name: choice, in: cookie, schema: { type: string, enum: [red, blue] } }
      responses: { '204': { description: fine } }
  /label/{id}/{m}:
    get:
      parameters:
        - { name: id, in: path, required: true, style: label, schema: { type: array, items: { type: integer } } }
        - { name: m, in: path, required: true, style: matrix, explode: true, schema: { type: array, items: { type: integer } } }
      responses: { '204': { description: fine } }
  /needed:
    get:
      parameters: [{ name: q, in: query, required: true, schema: { type: string } }]
      responses: { '204': { description: fine } }
`);

describe('parameters of a request', () => {
  it.each([
    ['/echo/7', {}],
    ['/echo/7?list=1&list=2', {}],
    ['/echo/7?flat=1,2', {}],
    ['/echo/7?spaced=1%202', {}],
    ['/echo/7?spaced=1+2', {}],
    ['/echo/7?piped=1|2', {}],
    ['/echo/7?piped=1%7C2', {}],
    ['/echo/7?deep[a]=1&deep[b]=true', {}],
    ['/echo/7?deep%5Ba%5D=1', {}],
    ['/echo/7?x=1&y=ab', {}],
    ['/echo/7?flag=true', {}],
    ['/echo/7?either=12', {}],
    ['/echo/7?either=all', {}],
    ['/echo/7?json=%7B%22n%22%3A1%7D', {}],
    ['/echo/7?unknown=1', {}],
    ['/echo/7', { 'x-count': '3', 'x-list': '1, 2', cookie: 'a=b; choice=blue' }],
    ['/label/.1,2/;m=1;m=2', {}],
  ])('%s %j fit', async (path, headers) => {
    const mock = await startWithDocument(ECHO);
    expect(await call(mock.url + path, { method: 'GET', headers })).toMatchObject({ status: 204, text: '' });
  });

  it.each([
    ['/echo/10', {}, 'path parameter path must be <= 9 (got 10)'],
    ['/echo/x', {}, 'path parameter path must be integer (got "x")'],
    ['/echo/7?list=1&list=b', {}, 'query parameter list[1] must be integer (got "b")'],
    ['/echo/7?flat=1,b', {}, 'query parameter flat[1] must be integer (got "b")'],
    ['/echo/7?deep[a]=no', {}, 'query parameter a must be integer (got "no")'],
    ['/echo/7?y=abc', {}, 'query parameter y must have at most 2 characters (got 3)'],
    ['/echo/7?flag=yes', {}, 'query parameter flag must be boolean (got "yes")'],
    ['/echo/7?json=%7B', {}, 'query parameter json is not JSON'],
    ['/echo/7?json=%7B%7D', {}, 'query parameter n is required'],
    ['/echo/7', { 'x-count': 'many' }, 'header parameter X-Count must be integer (got "many")'],
    ['/echo/7', { 'x-list': '1,2,3' }, 'header parameter X-List must have at most 2 items (got 3)'],
    [
      '/echo/7',
      { cookie: 'choice=green' },
      'cookie parameter choice must be one of red or blue (got "green")',
    ],
    ['/needed', {}, 'query parameter q is required'],
    ['/label/.1,x/;m=1', {}, 'path parameter id[1] must be integer (got "x")'],
  ])('%s %j do not fit', async (path, headers, message) => {
    const mock = await startWithDocument(ECHO);
    const { status, json } = await call(mock.url + path, { method: 'GET', headers });
    expect({ status, json }).toEqual({ status: 400, json: { code: 'invalid_argument', message } });
  });
});

describe('base paths', () => {
  it('of all servers answer, those of a path or an operation instead of the document’s', async () => {
    const own = `responses: { '204': { description: fine } }`;
    const mock = await startWithDocument(
      documentOf(`
  /a: { get: { ${own} } }
  /b/{id}: { servers: [{ url: /two }, { url: 'https://x.y/{zone}', variables: { zone: { default: eu, enum: [eu, us] } } }], get: { ${own} } }
servers: [{ url: https://x.y/v1 }, { url: http://localhost:3000 }]
`),
    );
    const statuses = async (paths: readonly string[]): Promise<readonly number[]> =>
      Promise.all(paths.map(async (path) => (await call(mock.url + path, { method: 'GET' })).status));
    expect(await statuses(['/v1/a', '/a', '/two/b/7', '/eu/b/7', '/us/b/7'])).toEqual([
      204, 204, 204, 204, 204,
    ]);
    expect(await statuses(['/two/a', '/v1/b/7', '/b/7'])).toEqual([404, 404, 404]);
  });

  it('beyond the first leave the path to another document', async () => {
    const one = documentOf(
      `  /a: { get: { responses: { '200': { description: one } } } }\nservers: [{ url: /v1 }, { url: / }]\n`,
    );
    const two = documentOf(`  /a: { get: { responses: { '204': { description: two } } } }\n`);
    const mock = await startSpecMock([await writeDocument(one), await writeDocument(two)]);
    expect(await call(`${mock.url}/a`, { method: 'GET' })).toMatchObject({ status: 204 });
    expect(await call(`${mock.url}/v1/a`, { method: 'GET' })).toMatchObject({ status: 200 });
  });
});

describe('a part of the path', () => {
  it.each([
    ['', 204],
    ['parameters: [{ name: user, in: path, required: true, schema: { type: integer } }],', 204],
    ['parameters: [{ name: id, in: path, required: true, schema: { type: integer } }],', 400],
  ])('is any text where it is not declared (%s)', async (parameters, status) => {
    const mock = await startWithDocument(
      documentOf(`  /a/{id}: { get: { ${parameters} responses: { '204': { description: fine } } } }\n`),
    );
    expect(await call(`${mock.url}/a/some`, { method: 'GET' })).toMatchObject({ status });
  });
});

const BODIES = documentOf(`
  /things:
    post:
      requestBody:
        required: true
        content:
          application/json: { schema: { $ref: '#/components/schemas/Thing' } }
          application/vnd.thing+json: { schema: { $ref: '#/components/schemas/Thing' } }
          application/x-www-form-urlencoded: { schema: { $ref: '#/components/schemas/Thing' } }
          text/plain: { schema: { type: string, maxLength: 5 } }
      responses:
        default: { description: wrong, content: { application/json: { schema: { $ref: '#/components/schemas/Wrong' } } } }
        '202': { description: later }
        '201':
          description: made
          headers: { Location: { required: true, schema: { type: string, format: uri-reference } } }
          content:
            application/json: { schema: { $ref: '#/components/schemas/Thing' } }
            text/csv: { schema: { type: string, pattern: '^[a-z]+,[0-9]+$' } }
components:
  schemas:
    Thing:
      type: object
      required: [name, size]
      properties: { name: { type: string }, size: { type: integer, maximum: 9 }, tags: { type: array, items: { type: string } } }
    Wrong:
      type: object
      required: [error]
      properties:
        error:
          type: object
          required: [message, status]
          properties: { message: { type: string }, status: { type: integer }, helpUrl: { type: string, format: uri } }
`);

describe('bodies', () => {
  it.each([
    ['application/json', '{"name":"a","size":3}'],
    ['application/json; charset=utf-8', '{"name":"a","size":3}'],
    ['application/vnd.thing+json', '{"name":"a","size":3}'],
    ['application/x-www-form-urlencoded', 'name=a+b&size=3&tags=x&tags=y'],
    ['text/plain', 'hello'],
  ])('of %s are read', async (type, body) => {
    const mock = await startWithDocument(BODIES);
    const answer = await call(`${mock.url}/things`, { body, headers: { 'content-type': type } });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toMatch(/\w/);
  });

  it('come back in the answer', async () => {
    const mock = await startWithDocument(BODIES);
    const answer = await call(`${mock.url}/things`, {
      body: 'name=a+b&size=3&tags=x',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(answer.json).toMatchObject({ name: 'a b', size: 3, tags: ['x'] });
  });

  it.each([
    ['application/json', '{"name":"a","size":10}', 400, 'size must be <= 9 (got 10)'],
    ['application/json', '{"name":', 400, 'the body is not JSON'],
    ['application/json', '', 400, 'a body is required'],
    ['application/x-www-form-urlencoded', 'name=a&size=x', 400, 'size must be integer (got "x")'],
    ['text/plain', 'too long', 400, 'body must have at most 5 characters (got 8)'],
    ['application/xml', '<a/>', 415, 'no media type application/xml; send application/json'],
    ['application/json', JSON.stringify({ name: 'x'.repeat(5 * 1024 * 1024) }), 413, 'message size'],
  ])(
    'of %s that do not fit get an error in the words of the document',
    async (type, body, status, message) => {
      const mock = await startWithDocument(BODIES);
      const answer = await call(`${mock.url}/things`, { body, headers: { 'content-type': type } });
      expect(answer.status).toBe(status);
      expect(answer.json).toEqual({ error: { message: expect.stringContaining(message), status } });
    },
  );

  it.each([
    ['text/csv', 'text/csv', /^[a-z]+,\d+$/],
    ['text/*', 'text/csv', /,/],
    ['*/*', 'application/json', /"name"/],
    ['application/json;q=0.1, text/csv;q=0.9', 'text/csv', /,/],
  ])('are answered in the media type that Accept: %s wants', async (accept, type, text) => {
    const mock = await startWithDocument(BODIES);
    const answer = await call(`${mock.url}/things`, { body: { name: 'a', size: 1 }, headers: { accept } });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([201, type]);
    expect(answer.text).toMatch(text);
  });

  it('are not answered in a media type the document does not have', async () => {
    const mock = await startWithDocument(BODIES);
    const headers = { accept: 'application/xml' };
    const answer = await call(`${mock.url}/things`, { body: { name: 'a', size: 1 }, headers });
    expect(answer).toMatchObject({ status: 406 });
  });
});

const BASE = 'fixtures/documents/clinic-3.0.yaml';
const BEARER = { authorization: `Bearer ${KEY}` };

describe('an operation', () => {
  it('is found below the base path of its server only', async () => {
    const mock = await startSpecMock([BASE]);
    const statuses = await Promise.all(
      ['/v2/patients', '/patients', '/v2/patients/', '/v2/Patients'].map((path) =>
        call(mock.url + path, { method: 'GET', headers: BEARER }).then(({ status }) => status),
      ),
    );
    expect(statuses).toEqual([200, 404, 404, 404]);
  });

  it('that does not exist for the method is answered 405 with those that do', async () => {
    const mock = await startSpecMock([BASE]);
    const answer = await call(`${mock.url}/v2/patients`, { method: 'DELETE', headers: BEARER });
    expect([answer.status, answer.headers.get('allow'), answer.text]).toEqual([405, 'GET, HEAD, POST', '']);
  });

  it('answers HEAD as GET without a body', async () => {
    const mock = await startSpecMock([BASE]);
    const answer = await call(`${mock.url}/v2/patients/7`, { method: 'HEAD', headers: BEARER });
    expect([answer.status, answer.headers.get('content-type'), answer.text]).toEqual([
      200,
      'application/json',
      '',
    ]);
  });

  it('asks for its key before anything else, and says how', async () => {
    const mock = await startSpecMock([BASE]);
    const missing = await call(`${mock.url}/v2/patients/x`, { method: 'GET' });
    expect([missing.status, missing.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(missing.json).toEqual({ code: 'unauthenticated', message: 'missing api key' });
    const wrong = await call(`${mock.url}/v2/patients`, {
      method: 'GET',
      headers: { authorization: 'Bearer no' },
    });
    expect(wrong.json).toEqual({ title: 'Unauthorized', status: 401, detail: 'invalid api key' });
  });

  it('that asks for no key is open', async () => {
    const mock = await startSpecMock([BASE]);
    expect(await call(`${mock.url}/v2/opening-hours`, { method: 'GET' })).toMatchObject({ status: 200 });
  });

  it('that lists 422 and not 400 answers 422 to what does not fit', async () => {
    const mock = await startSpecMock([BASE]);
    const answer = await call(`${mock.url}/v2/patients`, { body: { name: '' }, headers: BEARER });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([422, 'application/problem+json']);
    expect(answer.json).toEqual({
      title: 'Unprocessable Entity',
      status: 422,
      detail: expect.stringContaining('name'),
    });
  });

  it('pages: the pages join to one list without repeats, and a foreign cursor is refused', async () => {
    const mock = await startSpecMock([BASE]);
    const ids: unknown[] = [];
    for (let cursor = ''; ; ) {
      const url = `${mock.url}/v2/patients?limit=20${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const { json, status } = await call(url, { method: 'GET', headers: BEARER });
      expect(status).toBe(200);
      const page = json as { patients: { id: number }[]; nextCursor?: string | null };
      ids.push(...page.patients.map(({ id }) => id));
      if (!page.nextCursor) break;
      cursor = page.nextCursor;
    }
    expect(ids.length).toBeGreaterThan(20);
    expect(new Set(ids).size).toBe(ids.length);
    const foreign = await call(`${mock.url}/v2/patients?cursor=abc`, { method: 'GET', headers: BEARER });
    expect(foreign).toMatchObject({ status: 400, json: { detail: 'cursor is not a cursor of this list' } });
  });

  it('answers over HTTP/2 what it answers over HTTP/1.1', async () => {
    const mock = await startSpecMock([BASE]);
    const session = connect(mock.url);
    const stream = session.request({ ':path': '/v2/patients/7', ...BEARER });
    let text = '';
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    const [headers] = await once(stream, 'response');
    await once(stream, 'end');
    session.close();
    expect(headers[':status']).toBe(200);
    expect(text).toBe((await call(`${mock.url}/v2/patients/7`, { method: 'GET', headers: BEARER })).text);
  });

  it('comes before a control route of the same path; one with parameters comes after', async () => {
    const operation = (path: string): string =>
      `  ${path}: { get: { responses: { '204': { description: fine } } } }\n`;
    const literal = await startWithDocument(documentOf(operation('/health')));
    expect(await call(`${literal.url}/health`, { method: 'GET' })).toMatchObject({ status: 204 });
    const template = await startWithDocument(documentOf(operation("'/{anything}'")));
    expect(await call(`${template.url}/health`, { method: 'GET' })).toMatchObject({ status: 200 });
    expect(await call(`${template.url}/other`, { method: 'GET' })).toMatchObject({ status: 204 });
  });
});

const EXAMPLES = documentOf(`
  /thing:
    get:
      responses:
        '200':
          description: a thing
          content:
            application/json:
              schema:
                type: object
                required: [name, word]
                properties:
                  name: { type: string, examples: [from the schema] }
                  word: { type: string, x-faker: location.country }
  /whole:
    get:
      responses:
        '200':
          description: a thing
          content: { application/json: { schema: { type: object }, example: { whole: true } } }
`);

describe('--prefer-examples', () => {
  it('answers with the examples of the document', async () => {
    const mock = await startWithDocument(EXAMPLES, { preferExamples: true });
    expect((await call(`${mock.url}/whole`, { method: 'GET' })).json).toEqual({ whole: true });
    expect((await call(`${mock.url}/thing`, { method: 'GET' })).json).toMatchObject({
      name: 'from the schema',
    });
  });

  it('asks faker where the document says x-faker, with the same value every time', async () => {
    const [one, two] = [
      await startWithDocument(EXAMPLES, { preferExamples: true }),
      await startWithDocument(EXAMPLES, { preferExamples: true }),
    ];
    const words = await Promise.all(
      [one, two].map(
        async ({ url }) => (await call(`${url}/thing`, { method: 'GET' })).json as { word: string },
      ),
    );
    expect(words[0]).toEqual(words[1]);
    const { faker } = await import('@faker-js/faker/locale/en');
    expect(faker.rawDefinitions.location?.country).toContain(words[0]?.word);
  });

  it('is off by default', async () => {
    const mock = await startWithDocument(EXAMPLES);
    expect((await call(`${mock.url}/whole`, { method: 'GET' })).json).not.toEqual({ whole: true });
  });
});
