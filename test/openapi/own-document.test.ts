import { readFile } from 'node:fs/promises';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { compileValidator } from '../../src/openapi/compile-validator.ts';
import { loadDocument } from '../../src/openapi/load-document.ts';
import { messageShape } from '../../src/openapi/message-shape.ts';
import { operationsOf } from '../../src/openapi/operations.ts';
import { isJsonObject } from '../../src/openapi/schema-object.ts';
import { propertyKeyword, schemaPointer } from '../../src/openapi/schema-view.ts';

const document = await loadDocument('openapi.yaml');
const [get, post] = operationsOf(document);

const MESSAGES = [
  'ListSessionsV2Request',
  'ListSessionsV2Response',
  'ListMetadata',
  'SessionObject',
  'SessionObject.Network',
  'SessionObject.Sidecar',
  'SessionObject.User',
  'SessionObject.User.Formal',
  'SessionObject.User.Formal.UserInfo',
  'SessionObject.User.Native',
  'SessionObject.Resource',
  'SessionObject.Connector',
];

async function fixture(name: string): Promise<unknown> {
  return JSON.parse(await readFile(`fixtures/wire/${name}.json`, 'utf8'));
}

describe('openapi.yaml', () => {
  it('is accepted by an independent validator', async () => {
    const validator = new Validator();
    expect(await validator.validate('openapi.yaml')).toEqual({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  it('serves the procedure by POST and by Connect GET', () => {
    expect([get?.id, get?.method, post?.id, post?.method]).toEqual([
      'ListSessionsV2Get',
      'GET',
      'ListSessionsV2',
      'POST',
    ]);
    expect(post?.procedure?.path).toBe('/core.v1.SessionsService/ListSessionsV2');
    expect(post?.procedure?.allowsGet).toBe(true);
    expect(get?.procedure).toBe(post?.procedure);
  });

  it('asks for X-API-KEY in a header', () => {
    const scheme = { kind: 'apiKey', id: 'ApiKeyAuth', in: 'header', name: 'X-API-KEY' };
    expect([get?.security, post?.security]).toEqual([[[scheme]], [[scheme]]]);
  });

  it('describes every error of the wire', () => {
    const statuses = post?.responses.map(({ status }) => status);
    expect(statuses).toEqual('200 400 401 403 404 405 415 429 500 501 503 504 default'.split(' '));
  });

  it.each(MESSAGES)('gives %s its full proto name and a number for every field', (name) => {
    const shape = messageShape(document, name);
    expect(shape.typeName).toBe(`core.v1.${name}`);
    expect(shape.fields.filter(({ number }) => number === undefined)).toEqual([]);
  });

  it('says what it knows and how surely, for every message and field', () => {
    const schemas = document.api.components?.schemas ?? {};
    const texts = MESSAGES.flatMap((name) => [
      schemas[name],
      ...Object.values(schemas[name]?.properties ?? {}),
    ]);
    const sourced = texts.filter((schema) =>
      /Source: (documented|measured|seen|assumed)/.test(schema?.description ?? ''),
    );
    expect(sourced).toHaveLength(texts.length);
    expect(texts.length).toBeGreaterThan(50);
  });

  it('bounds limit to 1..100000', () => {
    const at = { schemaRef: schemaPointer('ListSessionsV2Request'), property: 'limit' };
    expect(propertyKeyword(document, at, 'minimum')).toBe(1);
    expect(propertyKeyword(document, at, 'maximum')).toBe(100_000);
    expect(propertyKeyword(document, { ...at, property: 'offset' }, 'maximum')).toBeUndefined();
  });

  it("accepts Formal's documented sample request", async () => {
    const validate = compileValidator(document, schemaPointer('ListSessionsV2Request'));
    expect(validate(await fixture('sample-request'))).toEqual([]);
  });

  it('accepts a response with every field, closed, and knows no field beside them', async () => {
    const sample = await fixture('sample-response');
    const ref = schemaPointer('ListSessionsV2Response');
    expect(compileValidator(document, ref, { mode: 'closed' })(sample)).toEqual([]);
    const shape = messageShape(document, 'ListSessionsV2Response');
    expect(unusedFields(shape.fields, sample)).toEqual([]);
  });

  it('gives examples that its own schemas accept', () => {
    const checked = operationsOf(document).flatMap(({ requestBody, responses }) =>
      [...(requestBody?.content ?? []), ...responses.flatMap(({ content }) => content)].flatMap((content) =>
        content.examples.map(({ name, value }) => ({ name, violations: check(content.schemaRef, value) })),
      ),
    );
    expect(checked.length).toBeGreaterThan(20);
    expect(checked.filter(({ violations }) => violations.length > 0)).toEqual([]);
  });

  it('is loaded again without any difference between two loads', async () => {
    expect((await loadDocument('openapi.yaml')).root).toEqual(document.root);
  });
});

function check(schemaRef: string | undefined, value: unknown): unknown[] {
  return schemaRef === undefined ? ['no schema'] : compileValidator(document, schemaRef)(value);
}

type Fields = ReturnType<typeof messageShape>['fields'];

/** Paths of the fields that a message does not use. */
function unusedFields(fields: Fields, message: unknown): string[] {
  return fields.flatMap(({ jsonName, type, repeated }) => {
    const held = isJsonObject(message) ? message[jsonName] : undefined;
    const value: unknown = repeated && Array.isArray(held) ? held[0] : held;
    if (value === undefined) return [jsonName];
    return typeof type === 'string'
      ? []
      : unusedFields(type.fields, value).map((name) => `${jsonName}.${name}`);
  });
}
