import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Changes the text of a JSON answer. */
export type ChangeText = (text: string, status: number) => string;

/** A proxy that passes everything on, and changes JSON answers on their way back. */
export interface MutatingProxy {
  readonly url: string;
  /** From now on answers are changed by this; undefined passes them on as they are. */
  mutate(change: ChangeText | undefined): void;
  stop(): Promise<void>;
}

async function bytesOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Starts a proxy before a server on this machine. */
export async function startMutatingProxy(baseUrl: string): Promise<MutatingProxy> {
  const base = new URL(baseUrl);
  const agent = new Agent({ keepAlive: true });
  let change: ChangeText | undefined;

  const pass = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const body = await bytesOf(incoming);
    const options = { agent, hostname: base.hostname, port: base.port, path: incoming.url ?? '/' };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const forwarded = request(
        { ...options, method: incoming.method ?? 'POST', headers: incoming.headers },
        resolve,
      );
      forwarded.on('error', reject).end(body);
    });
    const bytes = await bytesOf(answer);
    const status = answer.statusCode ?? 500;
    const isJson = (answer.headers['content-type'] ?? '').startsWith('application/json');
    const text = isJson && change !== undefined ? Buffer.from(change(bytes.toString('utf8'), status)) : bytes;
    outgoing.writeHead(status, { ...answer.headers, 'content-length': String(text.byteLength) });
    outgoing.end(text);
  };

  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    mutate: (next) => {
      change = next;
    },
    stop: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
