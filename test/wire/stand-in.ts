import { ConnectError } from '../../src/connect/connect-error.ts';
import type { MessageShape } from '../../src/connect/message-shape.ts';
import { writeNotFound } from '../../src/connect/not-found.ts';
import type { MessageJson, Procedure, UnaryAnswer, UnaryCall } from '../../src/connect/procedure.ts';
import { messageToBinary } from '../../src/connect/proto-message.ts';
import { createUnaryHandler, type UnaryHandler } from '../../src/connect/unary-handler.ts';
import { integerRangeViolation, violationsError } from '../../src/connect/violations.ts';
import { LIST_SESSIONS_REQUEST, LIST_SESSIONS_RESPONSE } from './shapes.ts';

export const API_KEY = 'wire-test-key';

export const LIST_SESSIONS: Procedure = {
  path: '/core.v1.SessionsService/ListSessionsV2',
  allowsGet: true,
  input: LIST_SESSIONS_REQUEST,
  output: LIST_SESSIONS_RESPONSE,
};

const LIMIT = { fieldName: 'limit', fieldNumber: 1, fieldType: 'TYPE_INT32' } as const;

/** Encodes a message as the call wants it. */
export function encodeAnswer(shape: MessageShape, call: UnaryCall, message: MessageJson): UnaryAnswer {
  const body = call.form === 'json' ? Buffer.from(JSON.stringify(message)) : messageToBinary(shape, message);
  return { body };
}

/** Sessions `from`, `from + 1`, ... as a small world of 250. */
export function standInSession(index: number): MessageJson {
  return {
    id: `session_${String(index).padStart(26, '0')}`,
    startTime: '2026-01-02T03:04:05.123Z',
    duration: '4.262s',
    sessionStatus: 'completed',
    user: {
      type: 'formal',
      formal: { user: { id: 'user_1', email: 'zoë@example.com', groups: ['a', 'b'] } },
    },
  };
}

const WORLD_SIZE = 250;

/** The recorded server's handler: auth, then the limit rule, then `query: empty` gives an empty page. */
export function listStandIn(call: UnaryCall): UnaryAnswer {
  const key = call.headers['x-api-key'];
  if (key === undefined) throw new ConnectError('unauthenticated', 'missing api key');
  if (key !== API_KEY) throw new ConnectError('unauthenticated', 'invalid api key');
  const { limit: asked = 0 } = call.message;
  const limit = Number(asked);
  if (limit <= 0 || limit > 100_000) {
    throw violationsError([integerRangeViolation(LIMIT, { greaterThan: 0, atMost: 100_000 })]);
  }
  return encodeAnswer(LIST_SESSIONS.output, call, page(call.message, limit));
}

function page(message: MessageJson, limit: number): MessageJson {
  const { query, cursor = 0 } = message;
  if (query === 'empty') return { listMetadata: {} };
  const from = Number(cursor);
  const end = Math.min(from + limit, WORLD_SIZE);
  const sessions = Array.from({ length: end - from }, (_, offset) => standInSession(from + offset));
  const next = end < WORLD_SIZE ? { nextCursor: String(end) } : {};
  return { sessions, listMetadata: { count: sessions.length, ...next } };
}

/** Routes like Go's mux: the exact path or 404. */
export function createStandIn(handler: UnaryHandler = createUnaryHandler(standInOptions())): UnaryHandler {
  return async (request, response) => {
    const path = request.url?.split('?')[0];
    if (path === LIST_SESSIONS.path) await handler(request, response);
    else writeNotFound(response);
  };
}

function standInOptions(): Parameters<typeof createUnaryHandler>[0] {
  return { procedure: LIST_SESSIONS, implementation: listStandIn };
}
