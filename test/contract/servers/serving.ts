import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answer, json, type Steps, type WireRequest, type WireResponse } from './honest-server.ts';

/** A running server. */
export interface RunningServer {
  readonly url: string;
  readonly requests: readonly WireRequest[];
  stop(): Promise<void>;
}

/** Starts a server on a free port of this machine. */
export async function startServer(steps: Steps): Promise<RunningServer> {
  return startRaw((request) =>
    request.body.length > steps.maxBodyBytes
      ? json(429, { code: 'resource_exhausted' })
      : answer(steps, request),
  );
}

/** Starts a server that answers by a function; status 0 cuts the connection. */
export async function startRaw(respond: (request: WireRequest) => WireResponse): Promise<RunningServer> {
  const requests: WireRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    readRequest(incoming).then(
      (request) => {
        requests.push(request);
        write(outgoing, respondSafely(respond, request));
      },
      () => outgoing.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, requests, stop };
}

/** A broken server may throw on its own data; it then answers as servers do. */
function respondSafely(respond: (request: WireRequest) => WireResponse, request: WireRequest): WireResponse {
  try {
    return respond(request);
  } catch {
    return json(500, { code: 'internal', message: 'internal error' });
  }
}

async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
  );
  return {
    method: incoming.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers,
    rawHeaders: incoming.rawHeaders.filter((_, at) => at % 2 === 0),
    body: Buffer.concat(chunks),
  };
}

function write(outgoing: ServerResponse, { status, headers, body }: WireResponse): void {
  if (status === 0) {
    outgoing.destroy();
    return;
  }
  outgoing.writeHead(status, { ...headers, 'content-length': String(Buffer.byteLength(body)) });
  outgoing.end(body);
}
