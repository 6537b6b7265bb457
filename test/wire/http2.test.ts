import { EventEmitter, once } from 'node:events';
import { type ClientHttp2Session, connect, constants, createServer, type Http2Server } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UnaryAnswer, UnaryCall } from '../../src/connect/procedure.ts';
import { createUnaryHandler } from '../../src/connect/unary-handler.ts';
import { API_KEY, LIST_SESSIONS, listStandIn } from './stand-in.ts';

let server: Http2Server;
let client: ClientHttp2Session;
const handlerErrors: unknown[] = [];

/** Tells `waiting` (with the function that ends the wait) and `ended` of a call. */
const calls = new EventEmitter();
const LARGE_PARTS = 300;
const LARGE_PART_BYTES = 100_000;

let partsGiven = 0;

function* largeParts(): Generator<Uint8Array> {
  partsGiven = 0;
  const part = Buffer.alloc(LARGE_PART_BYTES, 'x');
  for (let index = 0; index < LARGE_PARTS; index += 1) {
    partsGiven += 1;
    yield part;
  }
}

async function implementation(call: UnaryCall): Promise<UnaryAnswer> {
  const { query } = call.message;
  if (query === 'large') return { body: { parts: largeParts } };
  if (query === 'wait') await new Promise<void>((resolve) => calls.emit('waiting', resolve));
  return listStandIn(call);
}

beforeAll(async () => {
  const handler = createUnaryHandler({
    procedure: LIST_SESSIONS,
    implementation,
    onInternalError: (error) => handlerErrors.push(error),
  });
  server = createServer((request, response) => {
    handler(request, response)
      .catch((error: unknown) => handlerErrors.push(error))
      .finally(() => calls.emit('ended'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is an object.
  client = connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

afterAll(() => {
  client.destroy();
  server.close();
});

interface Answer {
  readonly headers: Record<string, unknown>;
  readonly trailers: Record<string, unknown>;
  readonly body: Buffer;
}

async function call(headers: Record<string, string>, body: Uint8Array): Promise<Answer> {
  const stream = client.request({
    ':method': 'POST',
    ':path': LIST_SESSIONS.path,
    'x-api-key': API_KEY,
    ...headers,
  });
  let received: Record<string, unknown> = {};
  let trailers: Record<string, unknown> = {};
  const parts: Buffer[] = [];
  stream.on('response', (head) => {
    received = { ...head };
  });
  stream.on('trailers', (tail) => {
    trailers = { ...tail };
  });
  stream.on('data', (part: Buffer) => parts.push(part));
  stream.end(body);
  await once(stream, 'close');
  return { headers: received, trailers, body: Buffer.concat(parts) };
}

const EMPTY_QUERY = Buffer.from('08011205656d707479', 'hex');

function frame(message: Buffer): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt32BE(message.length, 1);
  return Buffer.concat([prefix, message]);
}

describe('over HTTP/2', () => {
  it('Connect answers without connection headers', async () => {
    const { headers, body } = await call(
      { 'content-type': 'application/json' },
      Buffer.from('{"limit":1,"query":"empty"}'),
    );
    expect(headers).toMatchObject({
      ':status': 200,
      'content-type': 'application/json',
      'accept-encoding': 'gzip',
    });
    expect(Object.keys(headers)).not.toContain('connection');
    expect(JSON.parse(body.toString())).toEqual({ listMetadata: {} });
  });

  it('gRPC answers a message and trailers', async () => {
    const { headers, trailers, body } = await call(
      { 'content-type': 'application/grpc', te: 'trailers' },
      frame(EMPTY_QUERY),
    );
    expect(headers).toMatchObject({ ':status': 200, 'content-type': 'application/grpc' });
    expect(body.toString('hex')).toBe('00000000021200');
    expect(trailers).toMatchObject({ 'grpc-status': '0' });
  });

  it('gRPC answers an error in trailers without a message', async () => {
    const { trailers, body } = await call(
      { 'content-type': 'application/grpc', te: 'trailers' },
      frame(Buffer.alloc(0)),
    );
    expect(body).toHaveLength(0);
    expect(trailers).toMatchObject({ 'grpc-status': '3' });
    expect(trailers['grpc-status-details-bin']).toMatch(/^CAMS/);
  });

  it.each([
    ['that ends with its headers', true, '', 200],
    ['that ends with an empty DATA frame', false, '', 200],
    ['with a body', false, '{}', 415],
  ])('a GET %s', async (_, endStream, body, status) => {
    const path = `${LIST_SESSIONS.path}?encoding=json&message=%7B%22limit%22%3A1%2C%22query%22%3A%22empty%22%7D`;
    const stream = client.request({ ':method': 'GET', ':path': path, 'x-api-key': API_KEY }, { endStream });
    if (!endStream) stream.end(body);
    const [headers] = await once(stream, 'response');
    expect(headers[':status']).toBe(status);
    stream.resume();
    await once(stream, 'close');
  });

  it.each([{}, { 'accept-encoding': 'gzip' }])('a large body is streamed, %o', async (headers) => {
    const { body } = await call(
      { 'content-type': 'application/json', ...headers },
      Buffer.from('{"query":"large"}'),
    );
    const plain = 'accept-encoding' in headers ? gunzipSync(body) : body;
    expect(plain).toHaveLength(LARGE_PARTS * LARGE_PART_BYTES);
  });

  it.each([{}, { 'accept-encoding': 'gzip' }])(
    'a caller that resets in mid-answer ends it, %o',
    async (headers) => {
      const ended = once(calls, 'ended');
      const stream = client.request({
        ':method': 'POST',
        ':path': LIST_SESSIONS.path,
        'content-type': 'application/json',
        ...headers,
      });
      stream.on('error', () => undefined);
      stream.end('{"query":"large"}');
      await once(stream, 'data');
      stream.close(constants.NGHTTP2_CANCEL);
      await ended;
      expect(partsGiven).toBeLessThan(LARGE_PARTS);
      expect(handlerErrors).toEqual([]);
    },
  );

  it('an answer that comes after its caller has reset is dropped', async () => {
    const ended = once(calls, 'ended');
    const stream = client.request({
      ':method': 'POST',
      ':path': LIST_SESSIONS.path,
      'content-type': 'application/grpc+json',
    });
    stream.on('error', () => undefined);
    const waiting = once(calls, 'waiting');
    stream.end(frame(Buffer.from('{"query":"wait"}')));
    const [release] = await waiting;
    stream.close(constants.NGHTTP2_CANCEL);
    await once(stream, 'close');
    release();
    await ended;
    expect(handlerErrors).toEqual([]);
  });

  it('a stream reset in mid-request leaves the connection usable', async () => {
    const stream = client.request({
      ':method': 'POST',
      ':path': LIST_SESSIONS.path,
      'content-type': 'application/grpc',
    });
    stream.on('error', () => undefined);
    stream.write(Buffer.from('0000', 'hex'));
    await once(server, 'stream');
    stream.close(constants.NGHTTP2_CANCEL);
    await once(stream, 'close');
    const { trailers } = await call({ 'content-type': 'application/grpc' }, frame(EMPTY_QUERY));
    expect(trailers).toMatchObject({ 'grpc-status': '0' });
    expect(handlerErrors).toEqual([]);
  });
});
