import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { residentMegabytes } from '../cli/resident-megabytes.ts';
import { type RunningCli, startCli } from '../house/start-cli.ts';
import { json, send } from '../wire/exchange.ts';
import { exchange } from './raw-exchange.ts';
import { KEY, PATH } from './start-test-mock.ts';

const HEAD = `POST ${PATH} HTTP/1.1\r\nHost: a\r\nX-API-KEY: ${KEY}\r\n`;
const JSON_TYPE = 'Content-Type: application/json\r\n';

let cli: RunningCli;
let log = '';

beforeAll(async () => {
  const args = ['serve', '--port', '0', '--json', '--now', '2026-01-15T12:00:00Z', '--log-level', 'warn'];
  cli = await startCli({ command: [process.execPath, 'dist/cli/main.js', ...args] });
  cli.process.stderr?.on('data', (text: string) => {
    log += text;
  });
});

afterAll(async () => {
  await cli.stop();
});

function requestOf(body: string | Uint8Array, headers = JSON_TYPE): Buffer {
  const bytes = Buffer.from(body);
  const head = `${HEAD}${headers}Content-Length: ${bytes.length}\r\nConnection: close\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
}

async function post(
  body: string | Uint8Array,
  headers?: string,
): Promise<{ status: number; error: unknown }> {
  const answer = await exchange(cli.port, requestOf(body, headers));
  const [head = '', text = ''] = answer.split('\r\n\r\n');
  const status = Number(head.split(' ')[1]);
  return { status, error: text.startsWith('{') ? JSON.parse(text) : text };
}

function open(): Promise<Socket> {
  const socket = connect(cli.port, '127.0.0.1');
  socket.on('error', () => undefined);
  return once(socket, 'connect').then(() => socket);
}

async function expectServed(): Promise<void> {
  expect(await post('{"limit":1}')).toMatchObject({ status: 200 });
}

describe('a body', () => {
  it.each([
    ['announced', {}],
    ['in chunks', { 'transfer-encoding': 'chunked' }],
  ])('of 10 MB is resource_exhausted, %s', async (_, framing) => {
    const headers = { 'x-api-key': KEY, 'content-type': 'application/json', ...framing };
    const answer = await send({ port: cli.port, path: PATH, headers, body: Buffer.alloc(10_000_000, 32) });
    expect([answer.status, json(answer)]).toMatchObject([429, { code: 'resource_exhausted' }]);
  });

  it.each([
    ['20 000 nested arrays', `{"limit":1,"x":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
    ['20 000 nested arrays that never end', '['.repeat(20_000)],
    ['20 000 nested objects', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
    ['an escaped lone surrogate', '{"limit":1,"query":"\\ud800"}'],
    ['a lone surrogate in bytes', Buffer.from('7b227175657279223a22eda080227d', 'hex')],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])],
    ['a byte order mark', '\ufeff{"limit":1}'],
    ['a NUL behind it', '{"limit":1}\u0000'],
    ['two messages', '{"limit":1}{"limit":1}'],
    ['nothing', ''],
    ['a cursor of 1 MB', JSON.stringify({ limit: 1, cursor: 'A'.repeat(1_000_000) })],
    ['a query of 1 MB', JSON.stringify({ limit: 1, query: 'a '.repeat(500_000) })],
    ['a sortBy of 1 MB', JSON.stringify({ limit: 1, sortBy: 'a'.repeat(1_000_000) })],
    ['a time of 1 MB', JSON.stringify({ limit: 1, startTimestamp: '1'.repeat(1_000_000) })],
    ['a number of 100 000 digits', `{"limit":${'9'.repeat(100_000)}}`],
    ['a query 5 000 brackets deep', JSON.stringify({ query: `${'('.repeat(5000)}a${')'.repeat(5000)}` })],
    ['40 000 words on as many lines', JSON.stringify({ query: 'word\n'.repeat(40_000) })],
    ['a pattern that explodes elsewhere', JSON.stringify({ query: `user:/(a+)+$/` })],
  ])('that is or holds %s is invalid_argument', async (_, body) => {
    const { status, error } = await post(body);
    expect([status, error]).toMatchObject([400, { code: 'invalid_argument' }]);
    expect(JSON.stringify(error).length).toBeLessThan(body.length + 1000);
    expect(JSON.stringify(error)).not.toMatch(/\.[jt]s:\d|node_modules/);
  });

  it('of random bytes as binary message is invalid_argument or a page', async () => {
    const bodies = Array.from({ length: 64 }, (_, at) =>
      Buffer.from([at * 4 + 2, 0xff, 0xff, 0xff, at, 0x7f]),
    );
    const answers = await Promise.all(
      bodies.map((body) => post(body, 'Content-Type: application/proto\r\n')),
    );
    expect(answers.filter(({ status }) => status !== 200 && status !== 400)).toEqual([]);
    expect(answers.some(({ status }) => status === 400)).toBe(true);
  });
});

describe('an upload', () => {
  it('that dribbles is answered when it is complete, and holds up nobody', async () => {
    const socket = await open();
    const request = requestOf('{"limit":1}');
    const answered = once(socket, 'data');
    for (const byte of request.subarray(0, -1)) {
      await new Promise<void>((resolve) => socket.write(Uint8Array.of(byte), () => resolve()));
    }
    await expectServed();
    socket.write(request.subarray(-1));
    expect(String(await answered)).toMatch(/^HTTP\/1\.1 200 /);
    socket.destroy();
  });

  it('that is broken off is forgotten', async () => {
    for (const cut of [10, 100, 170]) {
      const socket = await open();
      const closed = once(socket, 'close');
      socket.write(requestOf('{"limit":1,"query":"technology:ssh"}').subarray(0, cut), () =>
        socket.destroy(),
      );
      await closed;
    }
    await expectServed();
  });

  it('whose caller goes away during a large answer is forgotten', async () => {
    for (let round = 0; round < 5; round += 1) {
      const socket = await open();
      socket.write(requestOf('{"limit":100000}'));
      await once(socket, 'data');
      const closed = once(socket, 'close');
      socket.destroy();
      await closed;
    }
    await expectServed();
  });
});

describe('headers', () => {
  it.each([
    ['of 900 kB', `X-Long: ${'a'.repeat(900_000)}\r\n`, 200],
    ['with a NUL', 'X-Nul: a\u0000b\r\n', 400],
    ['without a name', ': value\r\n', 400],
    ['with two lengths', 'Content-Length: 3\r\n', 400],
  ])('%s are answered at once', async (_, header, status) => {
    expect(await post('{"limit":1}', JSON_TYPE + header)).toMatchObject({ status });
  });

  it('of 2 MB end the connection, with 431 where the caller still listens', async () => {
    const header = `X-Long: ${'a'.repeat(2_000_000)}\r\n`;
    const answer = await exchange(cli.port, requestOf('{"limit":1}', JSON_TYPE + header));
    expect(answer).toMatch(/^$|^HTTP\/1\.1 431 /);
    await expectServed();
  });

  it('that are no HTTP at all are 400', async () => {
    expect(await exchange(cli.port, 'HELO mail.example\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await exchange(cli.port, Buffer.from('160301020001000001fc0303', 'hex'))).toMatch(
      /^HTTP\/1\.1 400 |^$/,
    );
  });
});

it('pipelined requests are answered in their order', async () => {
  const limits = Array.from({ length: 40 }, (_, index) => (index % 7) + 1);
  const requests = limits.map((limit, index) => {
    const body = `{"limit":${limit}}`;
    const close = index === limits.length - 1 ? 'Connection: close\r\n' : '';
    return `${HEAD}${JSON_TYPE}${close}Content-Length: ${body.length}\r\n\r\n${body}`;
  });
  const answers = await exchange(cli.port, requests.join(''));
  const counts = [...answers.matchAll(/"count":(\d+)/g)].map(([, count]) => Number(count));
  expect(counts).toEqual(limits);
});

it('after all of it the process is alive, has logged no error and is small', async () => {
  await expectServed();
  expect(cli.process.exitCode).toBeNull();
  expect(log.split('\n').filter((line) => /"level":[56]0/.test(line))).toEqual([]);
  expect(await residentMegabytes(cli.process.pid)).toBeLessThan(250);
});
