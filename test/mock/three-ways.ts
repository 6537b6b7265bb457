import { once } from 'node:events';
import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import { onTestFinished } from 'vitest';
import type { Listening } from '../../src/mock/listen.ts';
import { send } from '../wire/exchange.ts';
import { KEY, PATH } from './start-test-mock.ts';

/** The ways into the one port. */
export const WAYS = ['HTTP/1.1', 'h2c', 'HTTP/2 over TLS'] as const;

/** One of {@link WAYS}. */
export type Way = (typeof WAYS)[number];

/** An answer, whatever it came over. */
export interface WayAnswer {
  readonly status: number;
  /** Headers and, where they came apart, trailers. */
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Buffer;
}

/** An HTTP/2 connection of its own, destroyed when the test has finished. */
export function openSession(mock: Listening, way: Exclude<Way, 'HTTP/1.1'>): ClientHttp2Session {
  // Who signed the certificate is not what is tested.
  const session =
    way === 'h2c' ? connect(mock.url) : connect(mock.tlsUrl ?? '', { rejectUnauthorized: false });
  session.on('error', () => undefined);
  onTestFinished(() => session.destroy());
  return session;
}

/** Opens a POST to the procedure with a good key; the body is the caller's to write. */
export function openStream(
  session: ClientHttp2Session,
  headers: Readonly<Record<string, string>>,
): ClientHttp2Stream {
  const stream = session.request({ ':method': 'POST', ':path': PATH, 'x-api-key': KEY, ...headers });
  stream.on('error', () => undefined);
  return stream;
}

/** Posts bytes to the procedure with a good key and reads the whole answer. */
export async function post(
  mock: Listening,
  way: Way,
  { headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: Uint8Array },
): Promise<WayAnswer> {
  if (way === 'HTTP/1.1') {
    const answer = await send({
      port: mock.port,
      path: PATH,
      headers: { 'x-api-key': KEY, ...headers },
      body,
    });
    return { ...answer, headers: { ...answer.headers, ...answer.trailers } };
  }
  const session = openSession(mock, way);
  const stream = openStream(session, headers);
  const received: Record<string, unknown> = {};
  const parts: Buffer[] = [];
  stream.on('response', (head) => Object.assign(received, head));
  stream.on('trailers', (tail) => Object.assign(received, tail));
  stream.on('data', (part: Buffer) => parts.push(part));
  stream.end(body);
  await once(stream, 'close');
  session.destroy();
  return { status: Number(received[':status']), headers: received, body: Buffer.concat(parts) };
}
