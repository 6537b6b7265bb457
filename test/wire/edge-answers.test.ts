import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConnectError } from '../../src/connect/connect-error.ts';
import type { MessageJson, UnaryAnswer, UnaryCall } from '../../src/connect/procedure.ts';
import { createUnaryHandler } from '../../src/connect/unary-handler.ts';
import { type Answer, close, listen, send } from './exchange.ts';
import { EVERY_TYPE } from './shapes.ts';
import { encodeAnswer, LIST_SESSIONS } from './stand-in.ts';

/**
 * Requests at the edges of the wire and what a server built with connect-go v1.20.0 and google.golang.org/protobuf
 * v1.36.11 answered; its messages may have 1 000 bytes. Bodies and frames are shown decompressed, an empty
 * grpc-encoding header is left out.
 */
interface EdgeAnswer {
  readonly name: string;
  /** Why ours is another; it must stay another, or the row has to change. */
  readonly differs?: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly bodyBase64?: string;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly json?: unknown;
    readonly bodyBase64?: string;
    readonly frames?: readonly unknown[];
    readonly trailers?: Readonly<Record<string, string>>;
  };
}

const answers = readFileSync(new URL('./edge-answers.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  // The rows are checked in beside this test.
  .map((line) => JSON.parse(line) as EdgeAnswer);

const EVERY = { path: '/wire.test.v1.Every/Type', allowsGet: true, input: EVERY_TYPE, output: EVERY_TYPE };

/** The recorded server's handlers: one session whose id tells the request, and an echo. */
function tellRequest(call: UnaryCall): UnaryAnswer {
  const {
    limit = 0,
    query = '',
    sortBy = '',
    startTimestamp = '',
    endTimestamp = '',
    cursor = '',
  } = call.message;
  if (query === 'err') throw new ConnectError('aborted', 'bäd 100%\n<x>', { headers: { 'X-Meta': 'm' } });
  const id = [limit, query, sortBy, startTimestamp, endTimestamp, cursor].join('|');
  return encodeAnswer(LIST_SESSIONS.output, call, { sessions: [{ id }] });
}

function echo(call: UnaryCall): UnaryAnswer {
  return encodeAnswer(EVERY_TYPE, call, call.message);
}

let server: Server;
let port: number;

beforeAll(async () => {
  const list = createUnaryHandler({
    procedure: LIST_SESSIONS,
    implementation: tellRequest,
    maxMessageBytes: 1_000,
  });
  const every = createUnaryHandler({ procedure: EVERY, implementation: echo, maxMessageBytes: 1_000 });
  const started = await listen((request, response) =>
    request.url?.startsWith(EVERY.path) === true ? every(request, response) : list(request, response),
  );
  ({ server, port } = started);
});

afterAll(() => close(server));

const UNCOMPARED = new Set(['date', 'connection', 'keep-alive', 'content-length']);

function framesOf(body: Buffer, isJson: boolean): MessageJson[] {
  const frames: MessageJson[] = [];
  for (let at = 0; at < body.length; ) {
    const flags = body[at] ?? 0;
    const end = at + 5 + body.readUInt32BE(at + 1);
    const raw = body.subarray(at + 5, end);
    const data = (flags & 1) === 1 ? gunzipSync(raw) : raw;
    frames.push({ flags, ...frameContent(data, { isJson, isTrailers: (flags & 0x80) !== 0 }) });
    at = end;
  }
  return frames;
}

function frameContent(
  data: Buffer,
  kind: { readonly isJson: boolean; readonly isTrailers: boolean },
): MessageJson {
  if (kind.isTrailers) return { text: data.toString() };
  return kind.isJson ? { json: JSON.parse(data.toString()) } : { base64: data.toString('base64') };
}

/** The answer in the form of the recorded ones. */
function describeAnswer({ status, headers, trailers, body }: Answer): unknown {
  const type = headers['content-type'] ?? '';
  const raw = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
  const compared = Object.entries(headers).filter(([name]) => !UNCOMPARED.has(name));
  return {
    status,
    headers: Object.fromEntries(compared),
    ...describeBody(raw, type),
    ...(Object.keys(trailers).length === 0 ? {} : { trailers }),
  };
}

function describeBody(raw: Buffer, type: string): MessageJson {
  if (raw.length === 0) return {};
  if (type.includes('grpc')) return { frames: framesOf(raw, type.includes('json')) };
  return type.startsWith('application/json')
    ? { json: JSON.parse(raw.toString()) }
    : { bodyBase64: raw.toString('base64') };
}

async function replay({ request }: EdgeAnswer): Promise<unknown> {
  const { method, path, headers, body = '', bodyBase64 } = request;
  const bytes = bodyBase64 === undefined ? Buffer.from(body) : Buffer.from(bodyBase64, 'base64');
  return describeAnswer(await send({ port, method, path, headers, body: bytes }));
}

describe('at its edges the wire answers what connect-go answers', () => {
  it('in more than a thousand recorded cases', () => {
    expect(answers.length).toBeGreaterThan(1_000);
  });

  it.each(
    answers.filter((answer) => answer.differs === undefined).map((answer) => [answer.name, answer] as const),
  )('%s', async (_, answer) => {
    expect(await replay(answer)).toEqual(answer.response);
  });

  it.each(
    answers
      .filter((answer) => answer.differs !== undefined)
      .map((answer) => [answer.differs, answer] as const),
  )('except that %s', async (_, answer) => {
    expect(await replay(answer)).not.toEqual(answer.response);
  });
});
