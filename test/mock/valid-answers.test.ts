import { describe, expect, it } from 'vitest';
import { messageFromBinary } from '../../src/connect/proto-message.ts';
import { compileValidator } from '../../src/openapi/compile-validator.ts';
import { loadDocument } from '../../src/openapi/load-document.ts';
import { operationsOf } from '../../src/openapi/operations.ts';
import { KEY, PATH, postList, startTestMock } from './start-test-mock.ts';

const document = await loadDocument(new URL('../../openapi.yaml', import.meta.url).pathname);
const closed = { mode: 'closed' } as const;

function shapeOfAnswer() {
  const operation = operationsOf(document).find(({ path }) => path === PATH);
  if (operation?.procedure === undefined) throw new Error('the document has lost its procedure');
  return operation.procedure.output;
}

describe('against openapi.yaml, with no property it does not declare,', () => {
  it('100 000 sessions of one page are valid', async () => {
    const mock = await startTestMock({ scenario: 'scaleup' });
    const { sessions } = await postList(mock, { limit: 100_000 });
    const validate = compileValidator(document, '#/components/schemas/SessionObject', closed);
    const wrong = sessions.flatMap((session) =>
      validate(session).map((violation) => ({ session, violation })),
    );
    expect(sessions).toHaveLength(100_000);
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  it.each(['startup', 'scaleup', 'empty', 'stress'])('pages of %s are valid', async (scenario) => {
    const mock = await startTestMock({ scenario });
    const validate = compileValidator(document, '#/components/schemas/ListSessionsV2Response', closed);
    const messages = [{}, { limit: 1 }, { limit: 3000 }, { query: 'status:active' }, { query: 'no:match' }];
    for (const message of messages) {
      const { status, text } = await postList(mock, message);
      expect(status).toBe(200);
      expect(validate(JSON.parse(text))).toEqual([]);
    }
  });

  it('a session with something more is not valid', async () => {
    const { sessions } = await postList(await startTestMock(), { limit: 1 });
    const validate = compileValidator(document, '#/components/schemas/SessionObject', closed);
    expect(validate({ ...sessions[0], more: 1 })).toHaveLength(1);
  });
});

describe('a binary page', () => {
  it.each([
    ['a whole one', { limit: 1000 }],
    ['a streamed one', { limit: 5000 }],
    ['the last one', { limit: 3, query: 'status:idle', sortBy: '-duration' }],
    ['an empty one', { limit: 5, query: 'no:match' }],
  ])('says what the JSON page says: %s', async (_, message) => {
    const mock = await startTestMock({ scenario: 'scaleup' });
    const inJson = await postList(mock, message);
    const query = new URLSearchParams({ encoding: 'json', message: JSON.stringify(message) });
    const headers = { 'x-api-key': KEY };
    const byGet = await fetch(`${mock.url}${PATH}?${query}`, { headers });
    const body = encodeRequest(message);
    const binary = await fetch(mock.url + PATH, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/proto' },
      body,
    });
    const bytes = new Uint8Array(await binary.arrayBuffer());
    expect(binary.headers.get('content-type')).toBe('application/proto');
    expect(messageFromBinary(shapeOfAnswer(), bytes)).toEqual(JSON.parse(inJson.text));
    expect(await byGet.text()).toBe(inJson.text);
  });
});

/** The request as protobuf, written out by hand: tags 1 (varint), 2 and 3 (text). */
function encodeRequest(message: { limit: number; query?: string; sortBy?: string }): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [0x08];
  let rest = message.limit;
  for (; rest > 127; rest >>= 7) bytes.push((rest & 127) | 128);
  bytes.push(rest);
  for (const [tag, text] of [
    [0x12, message.query],
    [0x1a, message.sortBy],
  ] as const) {
    if (text !== undefined) bytes.push(tag, text.length, ...Buffer.from(text));
  }
  return Uint8Array.from(bytes);
}
