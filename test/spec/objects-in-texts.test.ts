import { describe, expect, it } from 'vitest';
import { call, documentOf, startWithDocument } from './spec-mock.ts';

const QUERY = documentOf(`
  /free:
    get:
      security: [{ Key: [] }]
      parameters:
        - { name: limit, in: query, schema: { type: integer } }
        - { name: filters, in: query, style: form, explode: true, schema: { type: object, additionalProperties: { type: integer, maximum: 9 } } }
      responses: { '204': { description: fine } }
  /few:
    get:
      parameters:
        - { name: filters, in: query, required: true, schema: { type: object, maxProperties: 2 } }
        - { name: other, in: query, style: deepObject, schema: { type: object } }
      responses: { '204': { description: fine } }
  /deep:
    get:
      parameters:
        - name: f
          in: query
          style: deepObject
          schema:
            type: object
            additionalProperties: false
            properties:
              range: { type: object, required: [gte], additionalProperties: false, properties: { gte: { type: integer }, lt: { type: integer } } }
              ids: { type: array, maxItems: 2, items: { type: integer } }
              any: { type: object, additionalProperties: { type: boolean } }
      responses: { '204': { description: fine } }
components: { securitySchemes: { Key: { type: apiKey, in: query, name: key } } }
`);

describe('an object in the query', () => {
  it.each([
    '/free?key=formal-mock-key&limit=50&a=1&b=2',
    '/few?a=1&b=2&other[x]=1',
    '/deep?f[range][gte]=3',
    '/deep?f%5Brange%5D%5Bgte%5D=3&f[range][lt]=9&f[any][x]=true',
    '/deep?f[ids][]=1&f[ids][]=2',
    '/deep?f[ids][1]=1&f[ids][0]=2',
    '/deep?f[ids]=1&f[ids]=2',
  ])('%s fits', async (path) => {
    const mock = await startWithDocument(QUERY);
    expect(await call(mock.url + path, { method: 'GET', headers: {} })).toMatchObject({ status: 204 });
  });

  it.each([
    ['/free?key=formal-mock-key&limit=50&a=1&b=10', 'query parameter b must be <= 9 (got 10)'],
    ['/few', 'query parameter filters is required'],
    ['/few?a=1&b=2&c=3', 'query parameter filters must have at most 2 properties (got 3)'],
    ['/deep?f[range][lt]=9', 'query parameter range.gte is required'],
    ['/deep?f[range][gte]=x', 'query parameter range.gte must be integer (got "x")'],
    ['/deep?f[range]=3', 'query parameter range must be object (got "3")'],
    ['/deep?f[ids][]=1&f[ids][]=x', 'query parameter ids[1] must be integer (got "x")'],
    ['/deep?f[any][x]=no', 'query parameter any.x must be boolean (got "no")'],
  ])('%s does not fit', async (path, message) => {
    const mock = await startWithDocument(QUERY);
    expect(await call(mock.url + path, { method: 'GET' })).toMatchObject({ status: 400, json: { message } });
  });
});

const FORM = documentOf(`
  /orders:
    post:
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema: { $ref: '#/components/schemas/Order' }
            encoding:
              line_items: { style: deepObject, explode: true }
              metadata: { style: deepObject, explode: true }
              tags: { style: pipeDelimited, explode: false }
              codes: { explode: false }
              box: { style: form, explode: true }
      responses:
        '200': { description: fine, content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } } }
components:
  schemas:
    Order:
      type: object
      required: [line_items]
      additionalProperties: false
      properties:
        line_items:
          type: array
          items: { type: object, required: [price], additionalProperties: false, properties: { price: { type: string }, quantity: { type: integer } } }
        metadata: { type: object, additionalProperties: { type: string } }
        tags: { type: array, items: { type: string } }
        codes: { type: array, items: { type: integer } }
        box: { type: object, properties: { width: { type: integer } } }
        ship: { type: object, properties: { city: { type: string } } }
        'odd[name]': { type: integer }
`);

describe('a form', () => {
  const send = async (body: string) => {
    const mock = await startWithDocument(FORM);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return call(`${mock.url}/orders`, { body, headers });
  };

  it.each([
    ['line_items[0][price]=p1&metadata[k]=v', { line_items: [{ price: 'p1' }], metadata: { k: 'v' } }],
    [
      'line_items[1][price]=p2&line_items[0][price]=p1&line_items[0][quantity]=2',
      { line_items: [{ price: 'p1', quantity: 2 }, { price: 'p2' }] },
    ],
    ['line_items%5B0%5D%5Bprice%5D=a+b', { line_items: [{ price: 'a b' }] }],
    [
      'line_items[][price]=p1&tags=a|b&codes=1,2',
      { line_items: [{ price: 'p1' }], tags: ['a', 'b'], codes: [1, 2] },
    ],
    ['line_items[][price]=p1&width=3', { line_items: [{ price: 'p1' }], box: { width: 3 } }],
    ['line_items[][price]=p1&ship=%7B%22city%22%3A%22Oslo%22%7D', { ship: { city: 'Oslo' } }],
    ['line_items[][price]=p1&ship[city]=Oslo&odd[name]=7', { ship: { city: 'Oslo' }, 'odd[name]': 7 }],
  ])('%s is read', async (body, expected) => {
    expect(await send(body)).toMatchObject({ status: 200, json: expected });
  });

  it.each([
    ['metadata[k]=v', 'line_items is required'],
    ['line_items[0][quantity]=2', 'line_items[0].price is required'],
    ['line_items[0][price]=p&line_items[0][quantity]=x', 'line_items[0].quantity must be integer (got "x")'],
    ['line_items[0][price]=p&ship=Oslo', 'ship must be object (got "Oslo")'],
    ['line_items[0][price]=p&other[a]=b', 'other is not a known property'],
  ])('%s is refused', async (body, message) => {
    const json = { code: 'invalid_argument', message };
    expect(await send(body)).toMatchObject({ status: 400, json });
  });

  it('with a name of a hundred thousand brackets is refused, not followed', async () => {
    expect(await send(`line_items[0][price]=p&a${'[b]'.repeat(100_000)}=1`)).toMatchObject({ status: 400 });
  });
});
