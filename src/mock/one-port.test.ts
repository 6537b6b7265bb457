import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, get, request, type Server } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { get as getHttps } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import supertest from 'supertest';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createOnePortServer, HTTP1_SERVER_OPTIONS, type OnePortOptions } from './one-port.ts';

const certificate = {
  cert: readFileSync(new URL('../../test/certificate/localhost.crt', import.meta.url)),
  key: readFileSync(new URL('../../test/certificate/localhost.key', import.meta.url)),
};

const DEFAULTS: OnePortOptions = {
  http1: (req, res) => res.end(`h1 ${req.url?.length} ${'encrypted' in req.socket}`),
  http2: (req, res) => res.end(`h2 ${req.url.length}`),
};

async function start(options: Partial<OnePortOptions> = {}): Promise<{ server: Server; port: number }> {
  const server = createOnePortServer({ ...DEFAULTS, ...options });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    if (server.listening) server.close();
  });
  // A TCP server's address is an object.
  return { server, port: (server.address() as AddressInfo).port };
}

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString();
}

async function getHttp1(port: number, path = '/'): Promise<string> {
  const [response] = await once(get({ host: '127.0.0.1', port, path, agent: false }), 'response');
  return text(response);
}

async function getHttp2(origin: string, path = '/'): Promise<string> {
  const session = connectHttp2(origin, { rejectUnauthorized: false });
  onTestFinished(() => session.destroy());
  return text(session.request({ ':path': path }));
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

describe('one port', () => {
  it('serves HTTP/1.1 and HTTP/2 in clear text', async () => {
    const { port } = await start();
    expect(await getHttp1(port)).toBe('h1 1 false');
    expect(await getHttp2(`http://127.0.0.1:${port}`)).toBe('h2 1');
  });

  it('serves both over TLS, and clear text beside it', async () => {
    const { port } = await start({ tls: certificate });
    const [response] = await once(
      getHttps({ host: '127.0.0.1', port, rejectUnauthorized: false, agent: false }),
      'response',
    );
    expect(await text(response)).toBe('h1 1 true');
    expect(await getHttp2(`https://127.0.0.1:${port}`)).toBe('h2 1');
    expect(await getHttp1(port)).toBe('h1 1 false');
    expect(await getHttp2(`http://127.0.0.1:${port}`)).toBe('h2 1');
  });

  it('survives a client that breaks off its TLS hello', async () => {
    const { port } = await start({ tls: certificate });
    const socket = await open(port);
    await new Promise<void>((resolve) => socket.write(Buffer.from('160301020001', 'hex'), () => resolve()));
    socket.destroy();
    expect(await getHttp1(port)).toBe('h1 1 false');
  });

  it('understands an HTTP/2 preface that comes byte by byte', async () => {
    const { server, port } = await start();
    const socket = await open(port);
    socket.setNoDelay(true);
    for (const byte of Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')) {
      await new Promise<void>((resolve) => socket.write(Buffer.from([byte]), () => resolve()));
      await new Promise(setImmediate);
    }
    socket.write(Buffer.from('000000040000000000', 'hex'));
    const [settings] = await once(socket, 'data');
    expect(settings[3]).toBe(4);
    socket.destroy();
    expect(server.listening).toBe(true);
  });

  it('takes a request line in pieces, and one that only starts like the preface', async () => {
    const { port } = await start();
    for (const pieces of [
      ['G', 'ET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'],
      ['P', 'RX / HTTP/1.1\r\n\r\n'],
    ]) {
      const socket = await open(port);
      for (const piece of pieces) {
        await new Promise<void>((resolve) => socket.write(piece, () => resolve()));
        await new Promise(setImmediate);
      }
      const status = pieces[0] === 'G' ? 'HTTP/1.1 200 OK' : 'HTTP/1.1 400 Bad Request';
      expect((await text(socket)).split('\r\n')[0]).toBe(status);
    }
  });

  it('ends a connection that says nothing', async () => {
    const { port } = await start({ sniffTimeoutMs: 20 });
    const silent = await open(port);
    const half = await open(port);
    half.write('PRI * HTT');
    await Promise.all([once(silent.resume(), 'close'), once(half.resume(), 'close')]);
    expect(await getHttp1(port)).toBe('h1 1 false');
  });

  it('keeps connections for 95 s and takes URLs of 500 kB', async () => {
    const { server, port } = await start();
    expect(server.keepAliveTimeout).toBe(95_000);
    const path = `/?${'x'.repeat(500_000)}`;
    expect(await getHttp1(port, path)).toBe(`h1 ${path.length} false`);
  });

  it('takes a server of the caller and works in supertest', async () => {
    const http1 = createServer(HTTP1_SERVER_OPTIONS, (_, res) => res.end('mine'));
    const answer = await supertest(createOnePortServer({ ...DEFAULTS, http1 })).get('/');
    expect(answer.text ?? answer.body.toString()).toBe('mine');
  });

  it('upgrades keep-alive: two requests on one connection', async () => {
    const { port } = await start();
    const socket = await open(port);
    socket.write(
      'GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /ab HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
    );
    const answers = await text(socket);
    expect(answers.match(/h1 \d/g)).toEqual(['h1 2', 'h1 3']);
  });
});

describe('closing', () => {
  it('ends HTTP/2 sessions, idle connections and silent ones', async () => {
    const { server, port } = await start();
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    await text(session.request({ ':path': '/' }));
    const silent = await open(port);
    const sessionClosed = once(session, 'close');
    const silentClosed = once(silent.resume(), 'close');
    const serverClosed = new Promise((resolve) => server.close(resolve));
    await Promise.all([serverClosed, sessionClosed, silentClosed]);
    expect(server.listening).toBe(false);
  });

  it('lets running calls end', async () => {
    let finish: (() => void) | undefined;
    const { server, port } = await start({
      http2: (_, res) => {
        finish = () => res.end('late');
      },
    });
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    const answer = text(session.request({ ':path': '/' }));
    while (finish === undefined) await new Promise(setImmediate);
    const closed = new Promise((resolve) => server.close(resolve));
    finish();
    expect(await answer).toBe('late');
    await closed;
  });

  it('at once destroys what is open', async () => {
    const { server, port } = await start({ http1: () => undefined, http2: () => undefined });
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    session.on('error', () => undefined);
    const stream = session.request({ ':path': '/' });
    stream.on('error', () => undefined);
    const hanging = request({ host: '127.0.0.1', port, agent: false });
    hanging.on('error', () => undefined).end();
    await Promise.all([once(session, 'connect'), once(hanging, 'socket')]);
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
    expect(server.listening).toBe(false);
  });
});
