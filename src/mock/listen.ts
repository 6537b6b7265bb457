import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { KitError } from '../errors.ts';
import type { Certificate } from '../files/load-certificate.ts';
import { createOnePortServer, HTTP1_SERVER_OPTIONS } from './one-port.ts';
import type { RouteHandler } from './route.ts';

/** Where a started mock can be reached. */
export interface Listening {
  /** `http://127.0.0.1:4010` */
  readonly url: string;
  /** `https://127.0.0.1:4010` where TLS is served. */
  readonly tlsUrl?: string;
  readonly port: number;
}

/** Where to listen. */
export interface ListenOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
}

/** A server that can be started and stopped. */
export interface Listener {
  /** Throws KitError `ERR_LISTEN`. */
  start(): Promise<Listening>;
  stop(): Promise<void>;
}

/** Time for answers under way when stopping. */
const GRACE_MS = 5_000;

/** How often connections that have become idle are closed when stopping. */
const SWEEP_MS = 50;

/** What the two HTTP versions are served with. */
export interface Served {
  readonly app: Express;
  readonly http2: RouteHandler;
  /** Undefined: no TLS. */
  readonly tls: Certificate | undefined;
}

/** The mock's one port. */
export function createListener(served: Served, { host, port }: ListenOptions): Listener {
  const server = createServerFor(served);
  let stopping: Promise<void> | undefined;
  return {
    start: async () => {
      const listening = await listen(server, { host, port });
      const tlsUrl = listening.url.replace('http:', 'https:');
      return served.tls === undefined ? listening : { ...listening, tlsUrl };
    },
    stop: () => {
      stopping ??= close(server);
      return stopping;
    },
  };
}

function createServerFor({ app, http2, tls }: Served): Server {
  const http1 = createHttpServer(app);
  try {
    return createOnePortServer({ http1, http2, ...(tls === undefined ? {} : { tls }) });
  } catch (cause) {
    const value = cause instanceof Error ? cause.message : 'unusable';
    const expected = 'a certificate and its private key';
    throw new KitError('ERR_OPTION_INVALID', { option: 'tlsCert', expected, value }, { cause });
  }
}

function createHttpServer(app: Express): Server {
  return createServer({ ...HTTP1_SERVER_OPTIONS, ...messageClasses(app) }, app);
}

/**
 * Express swaps the prototype of every request and response, which costs more than the rest of it. Classes
 * whose prototypes are already those make the swap a no-op. On Node 24 it measured slower, so only before.
 */
function messageClasses(app: Express): Record<string, unknown> {
  if (Number(process.versions.node.split('.')[0]) >= 24) return {};
  return {
    IncomingMessage: withPrototype(IncomingMessage, app.request),
    ServerResponse: withPrototype(ServerResponse, app.response),
  };
}

/** A constructor like `base` whose objects have the given prototype from the start. */
function withPrototype(base: unknown, prototype: object): unknown {
  // On Node 20 and 22 both message classes are plain functions, callable without `new`.
  const construct = base as (this: object, ...args: unknown[]) => void;
  function Message(this: object, ...args: unknown[]): void {
    construct.apply(this, args);
  }
  Message.prototype = prototype;
  return Message;
}

function listen(server: Server, { host, port }: ListenOptions): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const fail = (cause: NodeJS.ErrnoException): void => {
      const reason = REASONS[cause.code ?? ''] ?? cause.code ?? cause.message;
      reject(new KitError('ERR_LISTEN', { host, port, reason }, { cause }));
    };
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      resolve(describeAddress(server, host));
    });
  });
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is taken; choose another with --port, or 0 for any free one',
  EACCES: 'not allowed to use this port; choose one above 1023',
  EADDRNOTAVAIL: 'this machine does not have that address',
  ENOTFOUND: 'no such host',
};

function describeAddress(server: Server, host: string): Listening {
  const { port } = server.address() as AddressInfo; // a listening TCP server has one
  const name = host.includes(':') ? `[${host}]` : host;
  return { url: `http://${name}:${port}`, port };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    // A connection kept alive becomes idle only when its answer is out, so it is asked again and again.
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
    server.close(() => {
      clearTimeout(deadline);
      clearInterval(sweep);
      resolve();
    });
    server.closeIdleConnections();
  });
}
