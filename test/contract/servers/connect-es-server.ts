import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  createFileRegistry,
  type DescMethodUnary,
  fromBinary,
  fromJson,
  type JsonObject,
  toJson,
} from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError, type Interceptor } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { fileDescriptorSet } from '../../../src/connect/proto-descriptor.ts';
import { createSessions, type StoredSession } from './data.ts';
import { PROCEDURE } from './honest-server.ts';
import { compileQuery, type FieldTable, QueryProblem } from './query.ts';

/** Keys, names and habits of its own: nothing here follows the mock's choices. */
export const OTHER_KEY = 'another"key/with+odd=characters%';

const FIELDS: FieldTable = {
  session_id: ({ id }) => id,
  status: ({ sessionStatus }) => sessionStatus,
  technology: ({ resource }) => resource.technology,
};

const authenticate: Interceptor = (next) => (request) => {
  if (request.header.get('x-api-key') !== OTHER_KEY)
    throw new ConnectError('who are you', Code.Unauthenticated);
  return next(request);
};

interface Request {
  readonly limit: number;
  readonly query: string;
  readonly sortBy: string;
  readonly startTimestamp: string;
  readonly endTimestamp: string;
  readonly cursor: string;
}

function refuse(message: string): ConnectError {
  return new ConnectError(message, Code.InvalidArgument);
}

function timeOf(text: string, fallback: number): number {
  if (text === '') return fallback;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw refuse(`not a time: ${text}`);
  return ms;
}

/** Sorts by `field:asc` and `field desc` only. */
function sortBy(sessions: readonly StoredSession[], text: string): StoredSession[] {
  const match = /^(start_time|session_status)[: ](asc|desc)$/.exec(text === '' ? 'start_time:desc' : text);
  if (match === null) throw refuse(`cannot sort by ${text}`);
  const key =
    match[1] === 'start_time'
      ? (session: StoredSession) => Date.parse(session.startTime)
      : (session: StoredSession) => session.sessionStatus;
  const sign = match[2] === 'asc' ? 1 : -1;
  return sessions.toSorted((a, b) =>
    key(a) < key(b) ? -sign : key(a) > key(b) ? sign : a.id < b.id ? -1 : 1,
  );
}

/** Windows exclude their start and include their end; cursors are plain offsets; count is the total. */
function listSessions(sessions: readonly StoredSession[], request: Request): JsonObject {
  if (request.limit < 0 || request.limit > 100_000) throw refuse('bad limit');
  const limit = request.limit === 0 ? 25 : request.limit;
  const from = timeOf(request.startTimestamp, -Infinity);
  const to = timeOf(request.endTimestamp, Infinity);
  if (from > to) throw refuse('the window is inverted');
  const offset = /^(?:o(\d+))?$/.exec(request.cursor);
  if (offset === null) throw refuse('bad cursor');
  const matches = compileChecked(request.query);
  const found = sortBy(
    sessions.filter(
      (session) =>
        Date.parse(session.startTime) > from && Date.parse(session.startTime) <= to && matches(session),
    ),
    request.sortBy,
  );
  const at = Number(offset[1] ?? 0);
  const page = found.slice(at, at + limit);
  return {
    // Plain JSON values, as the wire has them.
    sessions: page as unknown as JsonObject[],
    listMetadata: {
      count: found.length,
      ...(at + page.length < found.length ? { nextCursor: `o${at + page.length}` } : {}),
    },
  };
}

function compileChecked(query: string): (session: StoredSession) => boolean {
  try {
    const unknown = (): boolean => {
      throw refuse('unknown field');
    };
    return compileQuery(query, { fields: FIELDS, unknown });
  } catch (error) {
    if (error instanceof QueryProblem) throw refuse(error.message);
    throw error;
  }
}

/** A server on connect-es, with data, names, bounds, sort and cursors of its own. */
export async function startConnectEsServer(
  count: number,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const files = createFileRegistry(fromBinary(FileDescriptorSetSchema, fileDescriptorSet([PROCEDURE])));
  const service = files.getService('core.v1.SessionsService');
  // Its only method is unary.
  const method = service?.methods[0] as DescMethodUnary | undefined;
  if (service === undefined || method === undefined) throw new Error('the descriptor has no such service');
  const sessions = createSessions(count, 99);
  const handler = connectNodeAdapter({
    interceptors: [authenticate],
    readMaxBytes: 4 * 1024 * 1024,
    routes: (router) => {
      router.rpc(method, (message) => {
        const request = toJson(method.input, message, { alwaysEmitImplicit: true });
        // Every field of the message is written, so the request has them all.
        return fromJson(method.output, listSessions(sessions, request as unknown as Request));
      });
    },
  });
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
