import { describe, expect, it } from 'vitest';
import { call, documentOf, startWithDocument } from './spec-mock.ts';

/** A document whose errors have a schema. */
function withErrors(schema: string, mediaType = 'application/json'): string {
  return documentOf(`
  /things:
    post:
      security: [{ Key: [] }]
      parameters: [{ name: size, in: query, schema: { type: integer } }]
      requestBody:
        content: { application/json: { schema: { type: object, required: [name], properties: { name: { type: string }, parts: { type: array, items: { type: object, properties: { count: { type: integer } } } } } } } }
      responses:
        '204': { description: fine }
        default: { description: wrong, content: { ${mediaType}: { schema: ${schema} } } }
components: { securitySchemes: { Key: { type: apiKey, in: header, name: X-API-KEY } } }
`);
}

const JSON_API = `{ type: object, required: [errors], properties: { errors: { type: array, minItems: 1, items: { type: object, required: [status, title], properties: { id: { type: string }, status: { type: string }, title: { type: string }, detail: { type: string }, source: { type: object, properties: { pointer: { type: string }, parameter: { type: string } } } } } } } }`;

const FIELDS = `{ type: object, required: [code, message], properties: { code: { type: string }, message: { type: string }, details: { type: array, items: { type: object, required: [field, issue], properties: { field: { type: string }, issue: { type: string } } } } } }`;

const LOCATIONS = `{ type: object, properties: { detail: { type: array, items: { type: object, required: [loc, msg, type], properties: { loc: { type: array, items: { type: [string, integer] } }, msg: { type: string }, type: { type: string } } } } } }`;

const WRONG = { body: { parts: [{ count: 'x' }] } };
const NAME = 'name is required';
const COUNT = 'parts[0].count must be integer (got "x")';
const SIZE = 'query parameter size must be integer (got "big")';

async function wrongThing(document: string, headers: Record<string, string> = {}): Promise<unknown> {
  const mock = await startWithDocument(document);
  return (await call(`${mock.url}/things?size=big`, { ...WRONG, headers })).json;
}

describe('a list of errors', () => {
  it('of JSON:API names parameter or pointer of every mistake', async () => {
    const title = 'Bad Request';
    const json = await wrongThing(withErrors(JSON_API, 'application/vnd.api+json'));
    expect(json).toEqual({
      errors: [
        { status: '400', title, detail: SIZE, source: { parameter: 'size' } },
        { status: '400', title, detail: NAME, source: { pointer: '/name' } },
        { status: '400', title, detail: COUNT, source: { pointer: '/parts/0/count' } },
      ],
    });
  });

  it('of JSON:API has one entry for what is no mistake of a field', async () => {
    const json = await wrongThing(withErrors(JSON_API, 'application/vnd.api+json'), { 'x-api-key': 'wrong' });
    expect(json).toEqual({ errors: [{ status: '401', title: 'Unauthorized', detail: 'invalid api key' }] });
  });

  it('of fields and issues stands beside the message, and only where fields are wrong', async () => {
    const document = withErrors(FIELDS);
    expect(await wrongThing(document)).toEqual({
      code: 'invalid_argument',
      message: [SIZE, NAME, COUNT].join('; '),
      details: [
        { field: 'size', issue: SIZE },
        { field: 'name', issue: NAME },
        { field: 'parts[0].count', issue: COUNT },
      ],
    });
    expect(await wrongThing(document, { 'x-api-key': 'wrong' })).toEqual({
      code: 'unauthenticated',
      message: 'invalid api key',
    });
  });

  it('of locations has them step by step', async () => {
    expect(await wrongThing(withErrors(LOCATIONS))).toMatchObject({
      detail: [
        { loc: ['query', 'size'], msg: SIZE },
        { loc: ['body', 'name'], msg: NAME },
        { loc: ['body', 'parts', '0', 'count'], msg: COUNT },
      ],
    });
  });

  it('of texts holds the messages', async () => {
    const texts =
      '{ type: object, required: [errors], properties: { errors: { type: array, items: { type: string } } } }';
    expect(await wrongThing(withErrors(texts))).toEqual({ errors: [SIZE, NAME, COUNT] });
  });

  it('that takes one entry only gets one', async () => {
    const one =
      '{ type: array, minItems: 1, maxItems: 1, items: { type: object, required: [message], properties: { message: { type: string }, path: { type: string } } } }';
    expect(await wrongThing(withErrors(one))).toEqual([{ message: SIZE, path: 'size' }]);
  });
});

it('an error that has a place names it where one thing is wrong', async () => {
  const schema =
    '{ type: object, properties: { error: { type: object, required: [message], properties: { message: { type: string }, param: { type: string }, path: { type: string } } } } }';
  const mock = await startWithDocument(withErrors(schema));
  const { json } = await call(`${mock.url}/things`, { body: {} });
  expect(json).toEqual({ error: { message: NAME, param: 'name' } });
});
