import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { ConnectError, errorToJson } from '../../../src/connect/connect-error.ts';
import { messageFromJson } from '../../../src/connect/json-message.ts';
import type { Procedure } from '../../../src/connect/procedure.ts';
import { messageFromBinary, messageToBinary } from '../../../src/connect/proto-message.ts';
import { loadDocument } from '../../../src/openapi/load-document.ts';
import { operationsOf } from '../../../src/openapi/operations.ts';
import { createSessions, type StoredSession } from './data.ts';
import { compileQuery, type QueryOptions, QueryProblem } from './query.ts';

export interface WireRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  /** Names in the letter case they came in. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

export type RequestJson = Readonly<Record<string, unknown>>;
/** A page before it is written; `unknown` where a broken server writes something else. */
export type PageJson = {
  readonly sessions?: unknown;
  readonly listMetadata?: unknown;
  readonly [name: string]: unknown;
};

/** Each step of the server, so that a broken server is the honest one with one step replaced. */
export interface Steps {
  readonly sessions: readonly StoredSession[];
  readonly apiKey: string;
  /** Largest body that is read; larger ones are refused. */
  readonly maxBodyBytes: number;
  /** Answers before anything else is looked at. */
  readonly intercept: (request: WireRequest) => WireResponse | undefined;
  /** The request as the rest of the server sees it. */
  readonly rewrite: (request: WireRequest) => WireRequest;
  /** Headers by which method and media type are checked. */
  readonly transport: (request: WireRequest) => WireRequest['headers'];
  /** The last hand on every answer. */
  readonly wrap: (response: WireResponse, request: WireRequest) => WireResponse;
  readonly readKey: (request: WireRequest) => string | undefined;
  readonly acceptsKey: (key: string | undefined) => boolean;
  readonly decode: (bytes: Buffer, form: 'json' | 'proto') => RequestJson;
  readonly checkLimit: (limit: number) => boolean;
  /** Whether a session is in the window of a message. */
  readonly inWindow: (startMs: number, message: RequestJson) => boolean;
  readonly parseTime: (text: string) => number;
  readonly query: QueryOptions;
  readonly matches: (session: StoredSession, query: string, options: QueryOptions) => boolean;
  readonly compare: (sortBy: string) => (a: StoredSession, b: StoredSession) => number;
  readonly limitOf: (message: RequestJson) => number;
  /** Position of the first session of the page, or undefined for a cursor that is none. */
  readonly positionOf: (sorted: readonly StoredSession[], message: RequestJson) => number | undefined;
  readonly cursorOf: (last: StoredSession, message: RequestJson, position: number) => string;
  readonly hasMore: (next: number, total: number) => boolean;
  readonly writeSession: (session: StoredSession, at: number) => unknown;
  readonly writePage: (page: PageJson, message: RequestJson) => PageJson;
  readonly writeText: (page: PageJson) => string;
  readonly refuse: (error: ConnectError, request: WireRequest) => WireResponse;
  readonly finish: (response: WireResponse, request: WireRequest) => WireResponse;
}

export const PATH = '/core.v1.SessionsService/ListSessionsV2';
export const API_KEY = 'test-key-0123456789';

const document = await loadDocument('openapi.yaml');
const found = operationsOf(document).find(({ id }) => id === 'ListSessionsV2')?.procedure;
if (found === undefined) throw new Error('the document has no ListSessionsV2');
export const PROCEDURE: Procedure = found;

const JSON_HEADERS = { 'content-type': 'application/json', 'accept-encoding': 'gzip' };

export function json(status: number, value: unknown): WireResponse {
  return { status, headers: JSON_HEADERS, body: JSON.stringify(value) };
}

function scopeHash(message: RequestJson): string {
  const scope = [message['query'], message['sortBy'], message['startTimestamp'], message['endTimestamp']];
  return createHash('sha256').update(JSON.stringify(scope)).digest('hex').slice(0, 8);
}

function seal(text: string): string {
  return createHash('sha256').update(`seal ${text}`).digest('hex').slice(0, 8);
}

export function encodeCursor(id: string, message: RequestJson): string {
  const text = `${id}.${scopeHash(message)}`;
  return Buffer.from(`${text}.${seal(text)}`).toString('base64url');
}

export function decodeCursor(cursor: string, message: RequestJson): string | undefined {
  const plain = Buffer.from(cursor, 'base64url').toString('utf8');
  const [id = '', scope = '', checksum = ''] = plain.split('.');
  const isOurs = Buffer.from(plain).toString('base64url') === cursor && checksum === seal(`${id}.${scope}`);
  return isOurs && scope === scopeHash(message) ? id : undefined;
}

export const KEYS: Readonly<Record<string, (session: StoredSession) => string | number>> = {
  start_time: ({ startTime }) => Date.parse(startTime),
  session_status: ({ sessionStatus }) => sessionStatus,
  id: ({ id }) => id,
};

export function invalid(message: string): ConnectError {
  return new ConnectError('invalid_argument', message);
}

/** The steps of the honest server over so many sessions. */
export function honestSteps(count = 60, seed = 1): Steps {
  return {
    sessions: createSessions(count, seed),
    apiKey: API_KEY,
    maxBodyBytes: 4 * 1024 * 1024,
    intercept: () => undefined,
    rewrite: (request) => request,
    transport: ({ headers }) => headers,
    wrap: (response) => response,
    readKey: ({ headers }) => headers['x-api-key'],
    acceptsKey: (key) => key === API_KEY,
    decode: (bytes, form) =>
      form === 'json' ? messageFromJson(PROCEDURE.input, bytes) : messageFromBinary(PROCEDURE.input, bytes),
    checkLimit: (limit) => limit > 0 && limit <= 100_000,
    parseTime: (text) => (/^\d{4}-\d{2}-\d{2}T/.test(text) ? Date.parse(text) : Number.NaN),
    inWindow: () => true,
    query: {},
    matches: (session, query, options) => compileQuery(query, options)(session),
    compare: compareBy,
    limitOf: (message) => Number(message['limit'] ?? 100),
    positionOf: (sorted, message) => {
      const cursor = message['cursor'];
      if (cursor === undefined) return 0;
      const id = decodeCursor(String(cursor), message);
      const at = sorted.findIndex((session) => session.id === id);
      return at < 0 ? undefined : at + 1;
    },
    cursorOf: (last, message) => encodeCursor(last.id, message),
    hasMore: (next, total) => next < total,
    writeSession: (session) => session,
    writePage: (page) => page,
    writeText: (page) => JSON.stringify(page),
    refuse: (error) => json(error.httpStatus, errorToJson(error)),
    finish: (response) => response,
  };
}

function compareBy(sortBy: string): (a: StoredSession, b: StoredSession) => number {
  const direction = sortBy.startsWith('-') ? 1 : -1;
  const key = KEYS[sortBy.replace(/^[-+]/, '')];
  if (key === undefined) throw invalid(`unknown sort key ${sortBy}`);
  return (a, b) => direction * (order(key(a), key(b)) || order(a.id, b.id));
}

export function order(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The answer of a server to one request. */
export function answer(steps: Steps, received: WireRequest): WireResponse {
  const request = steps.rewrite(received);
  const headers = steps.transport(request);
  return steps.wrap(answerPlain(steps, { ...request, headers }), request);
}

function answerPlain(steps: Steps, request: WireRequest): WireResponse {
  const early = steps.intercept(request) ?? checkTransport(request);
  if (early !== undefined) return early;
  try {
    return serve(steps, request);
  } catch (error) {
    if (error instanceof ConnectError) return steps.refuse(error, request);
    throw error;
  }
}

function checkTransport({ method, path, headers, query }: WireRequest): WireResponse | undefined {
  if (path !== PATH)
    return { status: 404, headers: { 'content-type': 'text/plain' }, body: '404 page not found\n' };
  if (method !== 'POST' && method !== 'GET')
    return { status: 405, headers: { allow: 'GET, POST' }, body: '' };
  const form = method === 'GET' ? `application/${query.get('encoding')}` : (headers['content-type'] ?? '');
  if (!/^application\/(json|proto)(;\s*charset=utf-8)?$/i.test(form))
    return { status: 415, headers: { 'accept-post': 'application/json, application/proto' }, body: '' };
  return undefined;
}

function formOf({ method, headers, query }: WireRequest): 'json' | 'proto' {
  const name = method === 'GET' ? (query.get('encoding') ?? '') : (headers['content-type'] ?? '');
  return name.includes('proto') ? 'proto' : 'json';
}

function checkHeaders({ headers }: WireRequest): void {
  if ((headers['connect-protocol-version'] ?? '1') !== '1')
    throw invalid('Connect-Protocol-Version must be "1"');
  if (!/^\d{1,10}$/.test(headers['connect-timeout-ms'] ?? '1')) throw invalid('bad timeout');
}

function serve(steps: Steps, request: WireRequest): WireResponse {
  const form = formOf(request);
  const bytes =
    request.method === 'GET' ? Buffer.from(request.query.get('message') ?? '') : decompress(request);
  checkHeaders(request);
  const message = readMessage(steps, bytes, form);
  if (!steps.acceptsKey(steps.readKey(request))) throw new ConnectError('unauthenticated', 'invalid api key');
  const page = list(steps, message);
  const body =
    form === 'proto' ? messageToBinary(PROCEDURE.output, page) : Buffer.from(steps.writeText(page));
  const isZipped = (request.headers['accept-encoding'] ?? '').includes('gzip');
  const headers = { ...JSON_HEADERS, 'content-type': `application/${form}` };
  const response: WireResponse = {
    status: 200,
    headers: isZipped ? { ...headers, 'content-encoding': 'gzip' } : headers,
    body: isZipped ? gzipSync(body) : Buffer.from(body),
  };
  return steps.finish(response, request);
}

function readMessage(steps: Steps, bytes: Buffer, form: 'json' | 'proto'): RequestJson {
  try {
    return steps.decode(bytes, form);
  } catch (error) {
    throw error instanceof ConnectError ? error : invalid('cannot read the message');
  }
}

function decompress({ headers, body }: WireRequest): Buffer {
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return body;
  if (encoding !== 'gzip') throw new ConnectError('unimplemented', 'unknown compression');
  try {
    return gunzipSync(body, { maxOutputLength: 4 * 1024 * 1024 });
  } catch {
    throw invalid('bad gzip');
  }
}

/** The page of a message, or a ConnectError. */
export function list(steps: Steps, message: RequestJson): PageJson {
  const limit = steps.limitOf(message);
  if (!steps.checkLimit(limit)) throw invalid('limit must be greater than 0 and at most 100000');
  const bound = (name: string, fallback: number): number => {
    const text = message[name];
    if (text === undefined) return fallback;
    const ms = steps.parseTime(String(text));
    if (Number.isNaN(ms)) throw invalid(`${name} is no time`);
    return ms;
  };
  const from = bound('startTimestamp', -Infinity);
  const to = bound('endTimestamp', Infinity);
  const query = String(message['query'] ?? '');
  const sorted = select(steps, { from, to, query, message }).toSorted(
    steps.compare(String(message['sortBy'] ?? 'start_time')),
  );
  const position = steps.positionOf(sorted, message);
  if (position === undefined) throw invalid('bad cursor');
  const sessions = sorted.slice(position, position + limit);
  const last = sessions.at(-1);
  const next = position + sessions.length;
  const nextCursor =
    last !== undefined && steps.hasMore(next, sorted.length)
      ? steps.cursorOf(last, message, next)
      : undefined;
  return steps.writePage(
    {
      ...(sessions.length === 0 ? {} : { sessions: sessions.map(steps.writeSession) }),
      listMetadata: {
        ...(sessions.length === 0
          ? {}
          : { after: last?.id, before: sessions[0]?.id, count: sessions.length }),
        ...(nextCursor === undefined ? {} : { nextCursor }),
      },
    },
    message,
  );
}

interface Selection {
  readonly from: number;
  readonly to: number;
  readonly query: string;
  readonly message: RequestJson;
}

function select(steps: Steps, { from, to, query, message }: Selection): StoredSession[] {
  try {
    return steps.sessions.filter((session) => {
      const ms = Date.parse(session.startTime);
      return (
        ms >= from && ms < to && steps.inWindow(ms, message) && steps.matches(session, query, steps.query)
      );
    });
  } catch (error) {
    if (error instanceof QueryProblem) throw invalid(error.message);
    throw error;
  }
}
