import { describe, expect, it } from 'vitest';
import { messageFromBinary, messageToBinary } from '../../src/connect/proto-message.ts';
import { parseDocument } from '../../src/openapi/loaded-document.ts';
import { messageShape } from '../../src/openapi/message-shape.ts';
import { call, startWithDocument } from './spec-mock.ts';

const PATH = '/acme.v1.Things/List';

const TEXT = `openapi: 3.1.0
info: { title: Test, version: '1' }
x-proto-package: acme.v1
paths:
  ${PATH}:
    post:
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Ask' } } } }
      responses:
        '200': { description: ok, content: { application/json: { schema: { $ref: '#/components/schemas/Told' } } } }
components:
  schemas:
    Ask:
      type: object
      properties:
        page_size: { type: integer, minimum: 1, maximum: 50, x-proto-field: 1 }
        page_token: { type: string, x-proto-field: 2 }
        big: { type: integer, format: int64, x-proto-field: 3 }
        capped: { type: integer, maximum: 9007199254740992, x-proto-field: 4 }
        above: { type: integer, exclusiveMinimum: 9007199254740992, x-proto-field: 5 }
        either: { type: [integer, string], format: int64, maximum: 10, x-proto-field: 6 }
        text: { type: string, format: int64, x-proto-field: 7 }
        many: { type: array, items: { type: integer, maximum: 9 }, x-proto-field: 8 }
    Told:
      type: object
      required: [things, total_size, either, text, big]
      properties:
        things: { type: array, x-proto-field: 1, items: { $ref: '#/components/schemas/Thing' } }
        next_page_token: { type: string, x-proto-field: 2 }
        total_size: { type: integer, x-proto-field: 3 }
        either: { type: [integer, string], format: int64, x-proto-field: 4 }
        text: { type: string, format: int64, x-proto-field: 5 }
        big: { type: integer, format: int64, minimum: 4611686018427387904, x-proto-field: 6 }
    Thing: { type: object, required: [id], properties: { id: { type: string, x-proto-field: 1 } } }
`;

interface Told {
  readonly things: readonly unknown[];
  readonly total_size: number;
  readonly either: string;
  readonly text: string;
  readonly big: number;
}

async function ask(body: string): Promise<{ readonly status: number; readonly json: unknown }> {
  const mock = await startWithDocument(TEXT);
  const { status, json } = await call(mock.url + PATH, { body: JSON.parse(body) });
  return { status, json };
}

describe('an int64 of a request', () => {
  it.each([
    ['{"page_size":2}'],
    ['{"page_size":"2"}'],
    ['{"big":"9223372036854775807"}'],
    ['{"big":"-9223372036854775808"}'],
    ['{"capped":"9007199254740992"}'],
    ['{"above":"9007199254740993"}'],
    ['{"either":"7"}'],
    ['{"either":7}'],
    ['{"text":7}'],
    ['{"many":[1,"9"]}'],
  ])('is taken as number and as text: %s', async (body) => {
    expect(await ask(body)).toMatchObject({ status: 200 });
  });

  it.each([
    ['{"page_size":"51"}', 'page_size must be <= 50 (got 51)'],
    ['{"page_size":-1}', 'page_size must be >= 1 (got -1)'],
    ['{"capped":"9007199254740993"}', 'capped must be <= 9007199254740992 (got 9007199254740993)'],
    ['{"above":"9007199254740992"}', 'above must be > 9007199254740992 (got 9007199254740992)'],
    ['{"either":"11"}', 'either must be <= 10 (got 11)'],
    ['{"many":[1,"10"]}', 'many[1] must be <= 9 (got 10)'],
    ['{"big":"9223372036854775808"}', 'invalid value for int64 field big'],
  ])('keeps its bounds, to the last digit: %s', async (body, message) => {
    const { status, json } = await ask(body);
    expect([status, JSON.stringify(json)]).toEqual([400, expect.stringContaining(message)]);
  });

  it('is obeyed as a page size, in JSON and in binary', async () => {
    const mock = await startWithDocument(TEXT);
    const document = parseDocument({ file: 'a.yaml', text: TEXT });
    const answer = await fetch(mock.url + PATH, {
      method: 'POST',
      headers: { 'content-type': 'application/proto' },
      body: Buffer.from(messageToBinary(messageShape(document, 'Ask'), { page_size: 3 })),
    });
    const binary = messageFromBinary(
      messageShape(document, 'Told'),
      new Uint8Array(await answer.arrayBuffer()),
    );
    const told = (await call(mock.url + PATH, { body: { page_size: '3' } })).json as Told;
    expect([answer.status, told.things.length]).toEqual([200, 3]);
    const { total_size: total, either, text, big } = told;
    expect(binary).toMatchObject({ things: told.things, total_size: String(total), either, text });
    expect(binary['big']).toBe(String(BigInt(big)));
  });
});

describe('an int64 of an answer', () => {
  it('is a number where the document says integer, else the text of proto3 JSON', async () => {
    const { json } = await ask('{}');
    expect(json).toMatchObject({
      total_size: expect.any(Number),
      big: expect.any(Number),
      either: expect.stringMatching(/^\d+$/),
      text: expect.stringMatching(/^\d+$/),
    });
  });
});
