import { connect, createServer, type Socket } from 'node:net';

/** A way to a server that breaks off in the middle. */
export interface CuttingProxy {
  /** The server's URL with the proxy's port. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts a proxy on a free loopback port that passes on `bytes` bytes to the server and then cuts both connections. */
export async function startCuttingProxy(url: string, bytes: number): Promise<CuttingProxy> {
  const { port } = new URL(url);
  const server = createServer((client) => {
    const upstream = connect(Number(port), '127.0.0.1');
    let left = bytes;
    client.on('data', (chunk) => {
      left -= chunk.length;
      if (left < 0) cut([client, upstream]);
      else upstream.write(chunk);
    });
    upstream.on('data', (chunk) => client.write(chunk));
    for (const socket of [client, upstream]) {
      socket.on('error', () => cut([client, upstream]));
      socket.on('close', () => cut([client, upstream]));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const own = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: url.replace(`:${port}`, `:${own}`),
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function cut(sockets: readonly Socket[]): void {
  for (const socket of sockets) socket.destroy();
}
