import { once } from 'node:events';
import { connect as connectHttp2, constants } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import supertest from 'supertest';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Listening } from '../../src/mock/listen.ts';
import { KEY, PATH, startTestMock } from './start-test-mock.ts';
import { openSession, openStream, post, WAYS, type Way } from './three-ways.ts';

/** Made once for all tests: a certificate of its own for every mock takes longer than the test. */
const TLS = {
  tlsCert: fileURLToPath(new URL('../certificate/localhost.crt', import.meta.url)),
  tlsKey: fileURLToPath(new URL('../certificate/localhost.key', import.meta.url)),
};

const LIMIT_1 = Buffer.from('0801', 'hex');
const BOMB = gzipSync(Buffer.alloc(60_000_000));

function frame(message: Uint8Array, { flags = 0, size = message.length } = {}): Buffer {
  const prefix = Buffer.alloc(5);
  prefix[0] = flags;
  prefix.writeUInt32BE(size, 1);
  return Buffer.concat([prefix, message]);
}

const good = frame(LIMIT_1);
const corrupt = gzipSync(LIMIT_1).fill(0xee, 10, 14);

const PROTO = { 'content-type': 'application/proto' };
const GZIP = { ...PROTO, 'content-encoding': 'gzip' };
const GRPC_GZIP = { 'grpc-encoding': 'gzip' };

const CONNECT_CASES = [
  ['corrupt gzip', GZIP, corrupt, 400, 'invalid_argument', 'decompress: '],
  ['a gzip bomb', GZIP, BOMB, 429, 'resource_exhausted', 'unable to determine message size'],
  ['bad UTF-8', PROTO, Buffer.from('08011202ff41', 'hex'), 400, 'invalid_argument', 'invalid UTF-8'],
  [
    'a field cut short',
    PROTO,
    Buffer.from('0801127f41', 'hex'),
    400,
    'invalid_argument',
    'unmarshal message',
  ],
  [
    'a group nobody opened',
    PROTO,
    Buffer.from('08010c', 'hex'),
    400,
    'invalid_argument',
    'unmarshal message',
  ],
] as const;

const FRAME_CASES = [
  ['nothing', {}, Buffer.alloc(0), 12, 'zero messages'],
  ['a truncated prefix', {}, good.subarray(0, 3), 3, 'incomplete envelope'],
  ['a truncated message', {}, good.subarray(0, 6), 3, 'promised 2 bytes in enveloped message, got 1 bytes'],
  ['two messages', {}, Buffer.concat([good, good]), 12, 'multiple messages'],
  ['a prefix that promises more', {}, frame(LIMIT_1, { size: 500 }), 3, 'promised 500 bytes'],
  ['a prefix that promises 4 GB', {}, frame(LIMIT_1, { size: 0xffff_ffff }), 8, 'message size 4294967295'],
  ['unknown flags', {}, frame(LIMIT_1, { flags: 2 }), 13, 'invalid envelope flags 2'],
  ['corrupt gzip', GRPC_GZIP, frame(corrupt, { flags: 1 }), 3, 'decompress: '],
  ['a gzip bomb', GRPC_GZIP, frame(BOMB, { flags: 1 }), 8, 'unable to determine message size'],
  ['bad UTF-8', {}, frame(Buffer.from('08011202ff41', 'hex')), 3, 'invalid UTF-8'],
] as const;

async function expectServed(mock: Listening, way: Way): Promise<void> {
  const { status, body } = await post(mock, way, { headers: PROTO, body: LIMIT_1 });
  expect(status).toBe(200);
  expect(body.includes('session_')).toBe(true);
}

describe.each(WAYS)('over %s', (way) => {
  it('a bad message in a Connect call is answered with its code', async () => {
    const mock = await startTestMock(TLS);
    for (const [name, headers, body, status, code, message] of CONNECT_CASES) {
      const answer = await post(mock, way, { headers, body });
      const error = JSON.parse(answer.body.toString());
      expect([name, answer.status, error.code]).toEqual([name, status, code]);
      expect(error.message).toContain(message);
    }
    await expectServed(mock, way);
  });

  it.each(['application/grpc', 'application/grpc-web+proto'])(
    'a bad frame in a call of %s is answered in 200 with its status',
    async (type) => {
      const mock = await startTestMock(TLS);
      for (const [name, extra, body, number, message] of FRAME_CASES) {
        const answer = await post(mock, way, {
          headers: { 'content-type': type, te: 'trailers', ...extra },
          body,
        });
        const { 'grpc-status': status, 'grpc-message': told } = answer.headers;
        expect([name, answer.status, status]).toEqual([name, 200, String(number)]);
        expect(told).toContain(message);
      }
      await expectServed(mock, way);
    },
  );

  it('fields that are not known are passed over', async () => {
    const mock = await startTestMock(TLS);
    const body = Buffer.concat([LIMIT_1, Buffer.from('a00601aa0603414243', 'hex')]);
    expect((await post(mock, way, { headers: PROTO, body })).status).toBe(200);
  });
});

describe.each(['h2c', 'HTTP/2 over TLS'] as const)('over %s', (way) => {
  it('streams that are reset in mid-request and in mid-answer leave the connection usable', async () => {
    const mock = await startTestMock(TLS);
    const session = openSession(mock, way);
    const grpc = { 'content-type': 'application/grpc', te: 'trailers' };
    for (const cut of [0, 3, 6]) {
      const stream = openStream(session, grpc);
      await new Promise<void>((resolve) => stream.write(good.subarray(0, cut), () => resolve()));
      stream.close(constants.NGHTTP2_CANCEL);
      await once(stream, 'close');
    }
    const large = openStream(session, { 'content-type': 'application/json' });
    large.end('{"limit":100000}');
    await once(large, 'data');
    large.close(constants.NGHTTP2_CANCEL);
    await once(large, 'close');
    const stream = openStream(session, grpc);
    stream.end(good);
    stream.resume();
    const [trailers] = await once(stream, 'trailers');
    expect(trailers['grpc-status']).toBe('0');
  });
});

async function open(mock: Listening, start: string | Uint8Array): Promise<Socket> {
  const socket = connect({ port: mock.port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => undefined);
  onTestFinished(() => {
    socket.destroy();
  });
  await once(socket, 'connect');
  socket.resume();
  if (start.length > 0) await new Promise<void>((resolve) => socket.write(start, () => resolve()));
  return socket;
}

/** Settles when a socket or session is closed, in peace or not. */
function closing(one: { once(event: 'close', listener: () => void): unknown }): Promise<void> {
  return new Promise((resolve) => one.once('close', resolve));
}

const HEAD = `POST ${PATH} HTTP/1.1\r\nHost: a\r\nX-API-KEY: ${KEY}\r\nContent-Type: application/json\r\n`;

const HALF_SAID: readonly (readonly [string, string | Buffer])[] = [
  ['nothing', ''],
  ['half of the HTTP/2 preface', 'PRI * HTT'],
  ['the HTTP/2 preface alone', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['half of a TLS hello', Buffer.from('1603010200010001fc0303', 'hex')],
  ['half of a head', HEAD],
  ['half of a body', `${HEAD}Content-Length: 500\r\n\r\n{"limit":`],
];

describe('a socket that says', () => {
  it.each(HALF_SAID)('%s and then is half closed is closed by the server too', async (_, start) => {
    const mock = await startTestMock(TLS);
    const socket = await open(mock, start);
    const closed = closing(socket);
    socket.end();
    await closed;
    await expectServed(mock, 'HTTP/1.1');
  });

  it('the HTTP/2 preface byte by byte is served', async () => {
    const mock = await startTestMock(TLS);
    const socket = await open(mock, '');
    const session = connectHttp2(mock.url, { createConnection: () => byteByByte(socket) });
    onTestFinished(() => session.destroy());
    const stream = openStream(session, PROTO);
    stream.end(LIMIT_1);
    stream.resume();
    const [headers] = await once(stream, 'response');
    expect(headers[':status']).toBe(200);
  });
});

/** A socket whose writes leave one byte at a time. */
function byteByByte(socket: Socket): Duplex {
  socket.setNoDelay(true);
  const write = (byte: number): Promise<void> =>
    new Promise((resolve) => socket.write(Uint8Array.of(byte), () => setImmediate(resolve)));
  const slow = new Duplex({
    read: () => undefined,
    write: (bytes: Buffer, _, done) => {
      [...bytes]
        .reduce((before, byte) => before.then(() => write(byte)), Promise.resolve())
        .then(() => done(), done);
    },
  });
  socket.on('data', (part) => slow.push(part));
  socket.on('close', () => slow.destroy());
  return slow;
}

function sockets(): readonly string[] {
  return process.getActiveResourcesInfo().filter((name) => /TCP|TLS|HTTP2|SESSION/i.test(name));
}

describe('stop', () => {
  it('ends HTTP/2 sessions, idle, silent and half-open sockets, and leaves nothing behind', async () => {
    const mock = await startTestMock(TLS);
    const sessions = [openSession(mock, 'h2c'), openSession(mock, 'HTTP/2 over TLS')];
    for (const session of sessions) {
      const stream = openStream(session, PROTO);
      stream.end(LIMIT_1);
      stream.resume();
      await once(stream, 'close');
    }
    const halves = await Promise.all(HALF_SAID.map(([, start]) => open(mock, start)));
    const closed = [...sessions, ...halves].map(closing);
    // Served after them: the server has read what they said.
    await expectServed(mock, 'HTTP/1.1');
    expect(sockets().length).toBeGreaterThan(halves.length);
    await mock.stop();
    for (const half of halves) half.end();
    await Promise.all(closed);
    // A closed socket is gone from the process a turn later.
    await expect.poll(sockets).toEqual([]);
  });

  it('lets supertest go on using the app', async () => {
    const mock = await startTestMock(TLS);
    const ask = () => supertest(mock.app).post(PATH).set('X-API-KEY', KEY).send({ limit: 2 });
    expect((await ask()).body.sessions).toHaveLength(2);
    await mock.stop();
    expect((await ask()).body.sessions).toHaveLength(2);
  });
});
