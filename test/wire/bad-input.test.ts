import { once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUnaryHandler } from '../../src/connect/unary-handler.ts';
import { type Answer, close, json, listen, send } from './exchange.ts';
import { API_KEY, LIST_SESSIONS, listStandIn } from './stand-in.ts';

const MAX_MESSAGE_BYTES = 1_000;
const internalErrors: unknown[] = [];
let started: Awaited<ReturnType<typeof listen>>;

beforeAll(async () => {
  started = await listen(
    createUnaryHandler({
      procedure: LIST_SESSIONS,
      implementation: listStandIn,
      maxMessageBytes: MAX_MESSAGE_BYTES,
      onInternalError: (error) => internalErrors.push(error),
    }),
  );
});

afterAll(() => close(started.server));

function post(body: string | Uint8Array, headers: Record<string, string> = {}): Promise<Answer> {
  return send({
    port: started.port,
    path: LIST_SESSIONS.path,
    headers: { 'content-type': 'application/json', 'x-api-key': API_KEY, ...headers },
    body,
  });
}

const GZIP = { 'content-encoding': 'gzip' };

describe('a message above the limit is resource_exhausted', () => {
  const tooLarge = (size: number): unknown => ({
    code: 'resource_exhausted',
    message: `message size ${size} is larger than configured max 1000`,
  });

  it('when its length is announced', async () => {
    const answer = await post(' '.repeat(1_001));
    expect([answer.status, json(answer)]).toEqual([429, tooLarge(1_001)]);
  });

  it('when it comes in chunks', async () => {
    const answer = await post(' '.repeat(5_000), { 'transfer-encoding': 'chunked' });
    expect([answer.status, json(answer)]).toEqual([429, tooLarge(5_000)]);
  });

  it('when it grows in decompression', async () => {
    const answer = await post(gzipSync(Buffer.alloc(5_000)), GZIP);
    expect([answer.status, json(answer)]).toEqual([429, tooLarge(5_000)]);
  });

  it('when it is a bomb, which is not unpacked to its end', async () => {
    const answer = await post(gzipSync(Buffer.alloc(800_000)), GZIP);
    const message = 'message is larger than configured max 1000 - unable to determine message size';
    expect([answer.status, json(answer)]).toEqual([429, { code: 'resource_exhausted', message }]);
  });

  it('when a gRPC frame promises it', async () => {
    const frame = Buffer.from('00ffffffff41', 'hex');
    const answer = await post(frame, { 'content-type': 'application/grpc' });
    expect(answer.trailers).toEqual({
      'grpc-status': '8',
      'grpc-message': 'message size 4294967295 is larger than configured max 1000',
    });
  });

  it('and one at the limit passes', async () => {
    const answer = await post('{"limit":1,"query":"empty"}'.padEnd(1_000));
    expect(answer.status).toBe(200);
  });

  it('and 10 MB leave the connection usable', async () => {
    expect((await post(Buffer.alloc(10_000_000, 32))).status).toBe(429);
    expect((await post('{"limit":1,"query":"empty"}')).status).toBe(200);
  });
});

describe('gzip that is none is invalid_argument', () => {
  const good = gzipSync('{"limit":1}');
  const wrongSum = Buffer.from(good);
  wrongSum[wrongSum.length - 6] = 0;

  it.each([
    ['shorter than a header', good.subarray(0, 9), 'get decompressor: unexpected EOF'],
    ['without the magic bytes', Buffer.from('{"limit":1}'), 'get decompressor: gzip: invalid header'],
    ['cut inside', good.subarray(0, 15), 'decompress: unexpected EOF'],
    ['cut before its checksum', good.subarray(0, good.length - 8), 'decompress: unexpected EOF'],
    ['with a wrong checksum', wrongSum, 'decompress: gzip: invalid checksum'],
    ['with zeros behind', Buffer.concat([good, Buffer.alloc(20)]), 'decompress: gzip: invalid header'],
  ])('%s', async (_, body, message) => {
    const answer = await post(body, GZIP);
    expect([answer.status, json(answer)]).toEqual([400, { code: 'invalid_argument', message }]);
  });

  it('and two members are one message', async () => {
    const answer = await post(Buffer.concat([gzipSync('{"lim'), gzipSync('it":1,"query":"empty"}')]), GZIP);
    expect(answer.status).toBe(200);
  });
});

function frame(message: string | Uint8Array, flags = 0, size = Buffer.from(message).length): Buffer {
  const prefix = Buffer.alloc(5);
  prefix[0] = flags;
  prefix.writeUInt32BE(size, 1);
  return Buffer.concat([prefix, Buffer.from(message)]);
}

describe('frames of a unary gRPC-Web call', () => {
  const good = frame('{"limit":1,"query":"empty"}');
  const trailers = frame('a: b\r\n', 0x80);

  it.each([
    ['none', '', 12, 'unary request has zero messages'],
    ['two', Buffer.concat([good, good]), 12, 'unary request has multiple messages'],
    ['a cut prefix', good.subarray(0, 3), 3, 'protocol error: incomplete envelope: unexpected EOF'],
    [
      'a cut message',
      good.subarray(0, 9),
      3,
      'protocol error: promised 27 bytes in enveloped message, got 4 bytes',
    ],
    [
      'a second cut',
      Buffer.concat([good, Buffer.alloc(2)]),
      3,
      'protocol error: incomplete envelope: unexpected EOF',
    ],
    [
      'a length too long',
      frame('{}', 0, 500),
      3,
      'protocol error: promised 500 bytes in enveloped message, got 2 bytes',
    ],
    ['unknown flags', frame('{}', 2), 13, 'protocol error: invalid envelope flags 2'],
    [
      'a compressed one unannounced',
      frame('{}', 1),
      13,
      'protocol error: sent compressed message without compression support',
    ],
    ['trailers only', trailers, 12, 'unary request has zero messages'],
    [
      'bytes after trailers',
      Buffer.concat([good, trailers, Buffer.from('x')]),
      13,
      'corrupt response: 1 extra bytes after end of stream',
    ],
  ])('%s', async (_, body, status, message) => {
    const { headers } = await post(body, { 'content-type': 'application/grpc-web+json' });
    expect([headers['grpc-status'], headers['grpc-message']]).toEqual([String(status), message]);
  });

  it('pass with trailers behind the message', async () => {
    const answer = await post(Buffer.concat([good, trailers]), {
      'content-type': 'application/grpc-web+json',
    });
    expect(answer.body.toString('latin1')).toContain('grpc-status: 0\r\n');
  });
});

describe('callers that never stop sending', () => {
  it('get their answer and are cut off', async () => {
    const socket = connect(started.port, '127.0.0.1');
    socket.on('error', () => undefined);
    const answered = new Promise((resolve) => socket.once('data', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(
      `POST ${LIST_SESSIONS.path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(0x100000, 32), Buffer.from('\r\n')]);
    const pump = (): void => {
      if (!socket.destroyed) socket.write(chunk, pump);
    };
    pump();
    expect(String(await answered)).toMatch(/^HTTP\/1.1 429 /);
    await closed;
    expect((await post('{"limit":1,"query":"empty"}')).status).toBe(200);
  });
});

describe('callers that go away', () => {
  it('in mid-upload are forgotten, and the next one is served', async () => {
    const socket = connect(started.port, '127.0.0.1');
    socket.on('error', () => undefined);
    const head = `POST ${LIST_SESSIONS.path} HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"li`;
    await new Promise<void>((resolve) => socket.write(head, () => resolve()));
    const closed = once(socket, 'close');
    socket.destroy();
    await closed;
    expect((await post('{"limit":1,"query":"empty"}')).status).toBe(200);
    expect(internalErrors).toEqual([]);
  });
});

const SEEDS = [
  '{"limit":1,"query":"empty"}',
  '{"limit":"1e0","sort_by":"-start_time","startTimestamp":"2026-01-01T00:00:00Z"}',
  '{"query":"\\ud83d\\ude00 \u00e9","zzz":{"a":[1,2.5e3,null,true]}}',
  '{"limit":100001,"cursor":null}',
];

const mutation = fc.record({
  at: fc.nat(90),
  removed: fc.nat(3),
  added: fc.oneof(
    fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\\', '\\u', 'e', '-', '0', '\n', 'null', '\u00a0'),
    fc.string({ maxLength: 3 }),
  ),
});

const mutatedBody = fc
  .tuple(fc.constantFrom(...SEEDS), fc.array(mutation, { minLength: 1, maxLength: 4 }))
  .map(([seed, mutations]) =>
    mutations.reduce(
      (text, { at, removed, added }) => text.slice(0, at) + added + text.slice(at + removed),
      seed,
    ),
  );

describe('12 000 mutated JSON bodies', () => {
  it('are answered 200 or 400, never 5xx, and none hangs', async () => {
    const bodies = fc.sample(mutatedBody, { seed: 7, numRuns: 12_000 });
    const statuses = new Set<number>();
    const lanes = Array.from({ length: 8 }, async (_, lane) => {
      for (let index = lane; index < bodies.length; index += 8) {
        statuses.add((await post(bodies[index] ?? '')).status);
      }
    });
    await Promise.all(lanes);
    expect([...statuses].sort()).toEqual([200, 400]);
    expect(internalErrors).toEqual([]);
  });
});
