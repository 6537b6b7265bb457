import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { UnaryAnswer } from '../../src/connect/procedure.ts';
import { createUnaryHandler } from '../../src/connect/unary-handler.ts';
import { type Answer, close, listen, send } from './exchange.ts';
import { LIST_SESSIONS } from './stand-in.ts';

async function answerWith(answer: UnaryAnswer, headers: Record<string, string>): Promise<Answer> {
  const handler = createUnaryHandler({ procedure: LIST_SESSIONS, implementation: () => answer });
  const { server, port } = await listen(handler);
  onTestFinished(() => close(server));
  const isGrpc = headers['content-type']?.includes('grpc') === true;
  return send({ port, path: LIST_SESSIONS.path, headers, body: isGrpc ? Buffer.alloc(5) : '{}' });
}

const JSON_TYPE = { 'content-type': 'application/json' };
const PART_COUNT = 40;
const PART_BYTES = 50_000;
const whole = Buffer.alloc(PART_COUNT * PART_BYTES);
for (let index = 0; index < PART_COUNT; index += 1)
  whole.fill(65 + (index % 26), index * PART_BYTES, (index + 1) * PART_BYTES);

/** Gives every part in the same memory, as a pool would. */
function* pooledParts(): Generator<Uint8Array> {
  const pool = Buffer.alloc(PART_BYTES);
  for (let index = 0; index < PART_COUNT; index += 1) yield pool.fill(65 + (index % 26));
}

describe('a body in parts', () => {
  it('is joined', async () => {
    const answer = await answerWith({ body: [Buffer.from('{"a"'), Buffer.from(':1}')] }, JSON_TYPE);
    expect([answer.body.toString(), answer.headers['content-length']]).toEqual(['{"a":1}', '7']);
  });
});

describe('a streamed body', () => {
  const stream = { byteLength: whole.length, parts: pooledParts };

  it('arrives whole with its length although its memory is used again', async () => {
    const answer = await answerWith({ body: stream }, JSON_TYPE);
    expect(answer.body.equals(whole)).toBe(true);
    expect(answer.headers['content-length']).toBe(String(whole.length));
  });

  it('is chunked when its length is not known', async () => {
    const answer = await answerWith({ body: { parts: pooledParts } }, JSON_TYPE);
    expect(answer.body.equals(whole)).toBe(true);
    expect(answer.headers['transfer-encoding']).toBe('chunked');
  });

  it('is compressed on its way', async () => {
    const answer = await answerWith({ body: stream }, { ...JSON_TYPE, 'accept-encoding': 'gzip' });
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(answer.body).equals(whole)).toBe(true);
  });

  it.each([
    ['with its length', stream],
    ['without', { parts: pooledParts }],
  ])('is one gRPC frame, %s', async (_, body) => {
    const answer = await answerWith({ body }, { 'content-type': 'application/grpc' });
    expect(answer.body.readUInt32BE(1)).toBe(whole.length);
    expect(answer.body.subarray(5).equals(whole)).toBe(true);
    expect(answer.trailers).toEqual({ 'grpc-status': '0' });
  });

  it('that fails half-way cuts the connection', async () => {
    function* failing(): Generator<Uint8Array> {
      yield Buffer.alloc(10);
      throw new Error('half-way');
    }
    await expect(answerWith({ body: { byteLength: 20, parts: failing } }, JSON_TYPE)).rejects.toThrow();
  });
});

describe('gzip answers', () => {
  it('come for large bodies too', async () => {
    const answer = await answerWith({ body: whole }, { ...JSON_TYPE, 'accept-encoding': 'gzip' });
    expect(gunzipSync(answer.body).equals(whole)).toBe(true);
    expect(answer.headers['content-length']).toBe(String(answer.body.length));
  });

  it('are flagged frames in gRPC-Web, the trailers too', async () => {
    const headers = { 'content-type': 'application/grpc-web', 'grpc-accept-encoding': 'gzip' };
    const { body, headers: received } = await answerWith({ body: Buffer.from('abc') }, headers);
    expect(received['grpc-encoding']).toBe('gzip');
    const size = body.readUInt32BE(1);
    expect([body[0], gunzipSync(body.subarray(5, 5 + size)).toString()]).toEqual([1, 'abc']);
    const last = body.subarray(5 + size);
    expect([last[0], gunzipSync(last.subarray(5)).toString()]).toEqual([0x81, 'grpc-status: 0\r\n']);
  });
});

describe('headers and trailers of an answer', () => {
  const answer = {
    body: Buffer.from('{}'),
    headers: { 'x-one': '1', 'x-two': ['a', 'b'], 'content-type': 'text/evil' },
    trailers: { 'x-after': 'z' },
  };

  it('are headers in Connect, trailers with a prefix', async () => {
    const { headers } = await answerWith(answer, JSON_TYPE);
    expect(headers).toMatchObject({
      'x-one': '1',
      'x-two': 'a, b',
      'trailer-x-after': 'z',
      'content-type': 'application/json',
    });
  });

  it('are headers and trailers in gRPC', async () => {
    const { headers, trailers } = await answerWith(answer, { 'content-type': 'application/grpc+json' });
    expect(headers).toMatchObject({ 'x-one': '1', 'content-type': 'application/grpc+json' });
    expect(trailers).toEqual({ 'x-after': 'z', 'grpc-status': '0' });
  });

  it('stand in the last frame of gRPC-Web', async () => {
    const { body } = await answerWith(answer, { 'content-type': 'application/grpc-web+json' });
    expect(body.subarray(12).toString()).toBe('grpc-status: 0\r\nx-after: z\r\n');
  });
});
