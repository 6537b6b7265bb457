import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import type { Answer, Exchange, Header, RequestSpec, TransportFailure } from './exchange.ts';
import { fillKey, type Keys } from './key.ts';
import { readJson } from './read-json.ts';

/** Where requests go, and how long and how large an answer may be. */
export interface TargetOptions {
  /** Base URL without a trailing slash. */
  readonly baseUrl: string;
  readonly keys: Keys;
  /** From the first byte sent to the last byte read, so a dripping server cannot hold a run. Milliseconds. */
  readonly timeoutMs: number;
  /** Largest answer that is read, before and after decompression. Bytes. */
  readonly maxBodyBytes: number;
  /** Stops everything under way. */
  readonly signal?: AbortSignal;
}

/** What came back for one request; never throws for what a server does. */
export type Sent = Pick<Exchange, 'answer' | 'failure' | 'elapsedMs'> & {
  /** 2 where a connection that was kept alive turned out to be closed, and the request was written again; else absent. */
  readonly writes?: 2;
};

/** The server under test. Redirects are answers like any other and are never followed. */
export interface Target {
  send(request: RequestSpec): Promise<Sent>;
  /** Waits, unless the run is stopped. */
  pause(ms: number): Promise<void>;
  /** Milliseconds of a clock that only goes forward. */
  elapsed(): number;
  /** Milliseconds since 1970 by this machine's clock. */
  wallClock(): number;
  close(): void;
}

/** Opens a target. One connection is kept alive and requests go one after the other. The network is touched here only. */
export function openTarget(options: TargetOptions): Target {
  const base = new URL(options.baseUrl);
  const isSecure = base.protocol === 'https:';
  const agent = isSecure
    ? new HttpsAgent({ keepAlive: true, maxSockets: 1 })
    : new HttpAgent({ keepAlive: true, maxSockets: 1 });
  return {
    send: (spec) => send(spec, { ...options, base, agent }),
    pause: async (ms) => {
      await delay(ms, undefined, options.signal === undefined ? {} : { signal: options.signal });
    },
    elapsed: () => performance.now(),
    wallClock: () => Date.now(),
    close: () => agent.destroy(),
  };
}

interface Connection extends TargetOptions {
  readonly base: URL;
  readonly agent: HttpAgent | HttpsAgent;
}

async function send(spec: RequestSpec, connection: Connection): Promise<Sent> {
  const first = await attempt(spec, connection);
  // A kept-alive connection may be closed by the peer while we write; only then is a second try harmless and fair.
  return first.isStale ? { ...(await attempt(spec, connection)).sent, writes: 2 } : first.sent;
}

interface Attempt {
  readonly sent: Sent;
  /** True when a reused connection broke before a single byte of the answer came. */
  readonly isStale: boolean;
}

function attempt(spec: RequestSpec, connection: Connection): Promise<Attempt> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    let response: IncomingMessage | undefined;
    let isSettled = false;
    const settle = (outcome: Omit<Sent, 'elapsedMs'>, isStale = false): void => {
      if (isSettled) return;
      isSettled = true;
      clearTimeout(timer);
      resolve({ sent: { ...outcome, elapsedMs: performance.now() - startedAt }, isStale });
    };
    const fail = (kind: TransportFailure, reason: string): void => {
      settle({ failure: { kind, reason } });
      request.destroy();
    };
    const request = openRequest(spec, connection);
    const timer = setTimeout(
      () => fail('timeout', timeoutReason(connection, response)),
      connection.timeoutMs,
    );
    request.on('error', (error: NodeJS.ErrnoException) => {
      const isStale = request.reusedSocket && response === undefined && error.code === 'ECONNRESET';
      settle({ failure: { kind: failureKind(error), reason: error.message } }, isStale);
    });
    request.on('response', (incoming) => {
      response = incoming;
      readBody(incoming, connection.maxBodyBytes).then(
        (wireBody) => settle({ answer: toAnswer(incoming, wireBody, connection.maxBodyBytes) }),
        (error: unknown) => fail(error instanceof TooLarge ? 'too-large' : 'broken', messageOf(error)),
      );
    });
    request.end(spec.body);
  });
}

function openRequest(spec: RequestSpec, connection: Connection): ClientRequest {
  const { base, keys, agent, signal } = connection;
  const headers = spec.headers.flatMap(([name, value]) => [name, headerValue(fillKey(value, keys))]);
  const hasLength = spec.headers.some(([name]) => name.toLowerCase() === 'content-length');
  const length = spec.body === undefined || hasLength ? [] : ['Content-Length', String(spec.body.byteLength)];
  const options = {
    agent,
    method: spec.method,
    hostname: base.hostname.replace(/^\[|\]$/g, ''),
    port: base.port,
    path: base.pathname.replace(/\/$/, '') + fillKey(spec.path, keys),
    headers: ['Host', base.host, ...headers, ...length],
    ...(signal === undefined ? {} : { signal }),
  };
  return base.protocol === 'https:' ? httpsRequest(options) : httpRequest(options);
}

/** Keys may hold any character; HTTP headers carry bytes. */
function headerValue(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

class TooLarge extends Error {}

async function readBody(incoming: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > maxBytes) throw new TooLarge(`the answer is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function toAnswer(incoming: IncomingMessage, wireBody: Buffer, maxBytes: number): Answer {
  const rawHeaders = pairs(incoming.rawHeaders);
  const headers: Record<string, string> = {};
  for (const [name, value] of rawHeaders) headers[name.toLowerCase()] ??= value;
  const decoded = decodeBody(wireBody, headers['content-encoding'], maxBytes);
  return {
    status: incoming.statusCode ?? 0,
    rawHeaders,
    headers,
    wireBody,
    ...decoded,
    json: readJson(decoded.body),
  };
}

function pairs(raw: readonly string[]): Header[] {
  const list: Header[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) list.push([raw[at] ?? '', raw[at + 1] ?? '']);
  return list;
}

function decodeBody(
  wireBody: Buffer,
  encoding: string | undefined,
  maxBytes: number,
): Pick<Answer, 'body' | 'encodingProblem'> {
  const name = (encoding ?? 'identity').trim().toLowerCase();
  if (name === 'identity' || name === '' || wireBody.length === 0) return { body: wireBody };
  if (name !== 'gzip') return { body: wireBody, encodingProblem: `declares the encoding ${name}` };
  try {
    return { body: gunzipSync(wireBody, { maxOutputLength: maxBytes }) };
  } catch (error) {
    return { body: wireBody, encodingProblem: `declares gzip, but: ${messageOf(error)}` };
  }
}

function timeoutReason({ timeoutMs }: Connection, response: IncomingMessage | undefined): string {
  return `${response === undefined ? 'no answer' : 'no complete answer'} within ${timeoutMs} ms`;
}

function failureKind(error: NodeJS.ErrnoException): TransportFailure {
  const refused = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];
  const isTls = /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|UNABLE_TO|SELF_SIGNED)/.test(error.code ?? '');
  return isTls || refused.includes(error.code ?? '') ? 'refused' : 'broken';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
