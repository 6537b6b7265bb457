import { createServer, type IncomingHttpHeaders, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { UnaryHandler } from '../../src/connect/unary-handler.ts';

/** A request as bytes. */
export interface Sent {
  readonly port: number;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** An answer as bytes. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly trailers: NodeJS.Dict<string>;
  readonly body: Buffer;
}

/** A plain HTTP/1.1 server around a handler, on a free port of 127.0.0.1. */
export async function listen(handler: UnaryHandler): Promise<{ server: Server; port: number }> {
  const server = createServer((req, res) => {
    handler(req, res).catch(() => res.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is an object.
  return { server, port: (server.address() as AddressInfo).port };
}

/** Ends every connection, then the server. */
export async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}

/** Sends one request and reads the whole answer, as it is on the wire. */
export function send({ port, path, method = 'POST', headers = {}, body = '' }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, method, headers });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('error', reject);
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const { statusCode = 0, headers: received, trailers } = response;
        resolve({ status: statusCode, headers: received, trailers, body: Buffer.concat(parts) });
      });
    });
    outgoing.end(body);
  });
}

/** The JSON of an answer's body. */
export function json(answer: Answer): unknown {
  return JSON.parse(answer.body.toString());
}
