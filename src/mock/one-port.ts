import {
  createServer as createHttp1Server,
  type RequestListener,
  type Server,
  type ServerOptions,
} from 'node:http';
import {
  createServer as createHttp2Server,
  createSecureServer,
  type Http2SecureServer,
  type Http2Server,
  type Http2ServerRequest,
  type Http2ServerResponse,
  type ServerHttp2Session,
} from 'node:http2';
import type { Socket } from 'node:net';

/** What {@link createOnePortServer} serves. */
export interface OnePortOptions {
  /** Serves HTTP/1.1: a listener, or a server made with {@link HTTP1_SERVER_OPTIONS} that is not listening yet. */
  readonly http1: RequestListener | Server;
  /** Serves HTTP/2, clear text and TLS. */
  readonly http2: (request: Http2ServerRequest, response: Http2ServerResponse) => void;
  /** Serves TLS beside clear text when given. Both in PEM. Default: no TLS. */
  readonly tls?: { readonly cert: string | Buffer; readonly key: string | Buffer };
  /** How long a connection may keep silent about its protocol, in milliseconds. Default 60 000. */
  readonly sniffTimeoutMs?: number;
}

const MAX_HEADER_BYTES = 1024 * 1024;

/** Go's clients use idle connections for 90 s; the server must not be the one that ends them. */
const KEEP_ALIVE_MS = 95_000;

/** An HTTP/2 session without any traffic for this long is asked to go. */
const IDLE_SESSION_MS = 600_000;

const SNIFF_TIMEOUT_MS = 60_000;

const HANDSHAKE_TIMEOUT_MS = 20_000;

/** Options for a server given as `http1`: room for long GET URLs, and idle connections kept longer than clients do. */
export const HTTP1_SERVER_OPTIONS: Readonly<ServerOptions> = {
  maxHeaderSize: MAX_HEADER_BYTES,
  keepAliveTimeout: KEEP_ALIVE_MS,
};

/**
 * One server for HTTP/1.1, HTTP/2 in clear text and, with `tls`, both over TLS, all on one port: the first bytes of
 * a connection tell. It is the http.Server of HTTP/1.1, so listen, address, close and closeAllConnections are as
 * usual; they take the HTTP/2 sessions with them.
 */
export function createOnePortServer(options: OnePortOptions): Server {
  const server =
    typeof options.http1 === 'function'
      ? createHttp1Server(HTTP1_SERVER_OPTIONS, options.http1)
      : options.http1;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const connections = new OpenConnections();
  const http2 = createHttp2(options, connections);
  const tls =
    options.tls === undefined ? undefined : createTls(options, options.tls, { server, connections });
  const http1Listeners = server.listeners('connection');
  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    const timeoutMs = options.sniffTimeoutMs ?? SNIFF_TIMEOUT_MS;
    sniff(socket, { timeoutMs, isTlsServed: tls !== undefined }, (protocol) => {
      connections.addKnown(socket);
      // HTTP/1.1 answers a caller that has stopped talking; HTTP/2 and TLS have nobody left to talk to.
      socket.allowHalfOpen = protocol === 'http1';
      if (protocol === 'http2') http2.emit('connection', socket);
      else if (protocol === 'tls') tls?.emit('connection', socket);
      else for (const listener of http1Listeners) listener.call(server, socket);
    });
  });
  closeTogether(server, connections);
  return server;
}

function createHttp2({ http2 }: OnePortOptions, connections: OpenConnections): Http2Server {
  const server = createHttp2Server({ settings: { maxHeaderListSize: MAX_HEADER_BYTES } }, http2);
  server.on('session', (session) => connections.addSession(session));
  return server;
}

function createTls(
  { http2 }: OnePortOptions,
  { cert, key }: { readonly cert: string | Buffer; readonly key: string | Buffer },
  { server, connections }: { readonly server: Server; readonly connections: OpenConnections },
): Http2SecureServer {
  const secure = createSecureServer({
    cert,
    key,
    allowHTTP1: true,
    handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    settings: { maxHeaderListSize: MAX_HEADER_BYTES },
    // Read by the HTTP/1.1 side, which the types of HTTP/2 do not know.
    ...HTTP1_SERVER_OPTIONS,
  });
  secure.on('request', (request, response) => {
    if (request.httpVersionMajor === 2) http2(request, response);
    else server.emit('request', request, response);
  });
  secure.on('session', (session) => connections.addSession(session));
  // A client that breaks off or distrusts the certificate is its own business.
  secure.on('tlsClientError', (_, socket) => socket.destroy());
  return secure;
}

/** Sockets and HTTP/2 sessions, for the day the server closes. */
class OpenConnections {
  readonly #sockets = new Set<Socket>();
  readonly #silent = new Set<Socket>();
  readonly #sessions = new Set<ServerHttp2Session>();

  add(socket: Socket): void {
    this.#sockets.add(socket);
    this.#silent.add(socket);
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#silent.delete(socket);
    });
  }

  /** The socket has said what it speaks. */
  addKnown(socket: Socket): void {
    this.#silent.delete(socket);
  }

  addSession(session: ServerHttp2Session): void {
    this.#sessions.add(session);
    session.once('close', () => this.#sessions.delete(session));
    session.setTimeout(IDLE_SESSION_MS, () => session.close());
    // The session closes after an error anyway; without a listener it would end the process.
    session.on('error', () => session.destroy());
  }

  /** Lets running calls end and takes no new ones. */
  closeSessions(): void {
    for (const session of this.#sessions) session.close();
  }

  destroy(): void {
    for (const session of this.#sessions) session.destroy();
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Destroys the sockets that have not said what they speak. */
  destroySilent(): void {
    for (const socket of this.#silent) socket.destroy();
  }
}

function closeTogether(server: Server, connections: OpenConnections): void {
  const close = server.close.bind(server);
  server.close = (callback) => {
    connections.closeSessions();
    connections.destroySilent();
    return close(callback);
  };
  const closeAllConnections = server.closeAllConnections.bind(server);
  server.closeAllConnections = () => {
    closeAllConnections();
    connections.destroy();
  };
}

const HTTP2_PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');
const TLS_HANDSHAKE = 0x16;

type SniffedProtocol = 'http1' | 'http2' | 'tls';

interface SniffOptions {
  readonly timeoutMs: number;
  readonly isTlsServed: boolean;
}

/** Reads just enough of a connection to know its protocol, and gives the bytes back to the socket. */
function sniff(socket: Socket, options: SniffOptions, handOver: (protocol: SniffedProtocol) => void): void {
  let seen = Buffer.alloc(0);
  const stop = (): void => {
    clearTimeout(timer);
    socket.off('readable', onReadable).off('end', onEnd).off('error', onError).off('close', stop);
  };
  const decide = (protocol: SniffedProtocol): void => {
    stop();
    socket.unshift(seen);
    handOver(protocol);
  };
  const onReadable = (): void => {
    for (let part = socket.read(); Buffer.isBuffer(part); part = socket.read())
      seen = Buffer.concat([seen, part]);
    const protocol = seen.length === 0 ? undefined : protocolOf(seen, options.isTlsServed);
    if (protocol !== undefined) decide(protocol);
  };
  const onEnd = (): void => {
    if (seen.length > 0) decide('http1');
    else socket.destroy();
  };
  const onError = (): void => {
    socket.destroy();
  };
  const timer = setTimeout(() => socket.destroy(), options.timeoutMs);
  timer.unref();
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  socket.on('readable', onReadable).on('end', onEnd).on('error', onError).on('close', stop);
}

/** Undefined while the bytes are still the beginning of the HTTP/2 preface. */
function protocolOf(seen: Buffer, isTlsServed: boolean): SniffedProtocol | undefined {
  if (isTlsServed && seen[0] === TLS_HANDSHAKE) return 'tls';
  const compared = Math.min(seen.length, HTTP2_PREFACE.length);
  if (seen.compare(HTTP2_PREFACE, 0, compared, 0, compared) !== 0) return 'http1';
  return compared === HTTP2_PREFACE.length ? 'http2' : undefined;
}
