import { messageFromBinary, messageToBinary } from '../../../src/connect/proto-message.ts';
import type { StoredSession } from './data.ts';
import type { Defect } from './defect.ts';
import {
  type PageJson,
  PROCEDURE,
  type Steps,
  type WireRequest,
  type WireResponse,
} from './honest-server.ts';

type Fields = Readonly<Record<string, unknown>>;

function writing(change: (session: StoredSession) => unknown): (honest: Steps) => Partial<Steps> {
  return () => ({ writeSession: change });
}

function without(session: Fields, ...names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(session).filter(([name]) => !names.includes(name)));
}

function shifted(text: string, ms: number): string {
  return new Date(Date.parse(text) + ms).toISOString().replace('.000Z', 'Z');
}

/** Changes the pages of some requests only. */
function pageFor(
  isMeant: (request: WireRequest) => boolean,
  change: (page: PageJson) => PageJson,
): (honest: Steps) => Partial<Steps> {
  let request: WireRequest | undefined;
  return (honest) => ({
    rewrite: (received) => {
      request = received;
      return honest.rewrite(received);
    },
    writePage: (page) => (request !== undefined && isMeant(request) ? change(page) : page),
  });
}

const isGet = ({ method }: WireRequest): boolean => method === 'GET';
const isZipped = ({ headers }: WireRequest): boolean => headers['content-encoding'] === 'gzip';
const asksForZip = ({ headers }: WireRequest): boolean => (headers['accept-encoding'] ?? '').includes('gzip');
const isBinary = ({ headers }: WireRequest): boolean => headers['content-type'] === 'application/proto';

/** Other values in what has not ended, where a look at ids or at completed sessions finds nothing. */
function otherValues(page: PageJson): PageJson {
  if (!Array.isArray(page.sessions)) return page;
  const sessions = page.sessions.map((session: Fields) =>
    session['sessionStatus'] === 'completed'
      ? session
      : { ...without(session, 'user'), resource: { id: 'other', name: 'other' } },
  );
  return { ...page, sessions };
}

function withoutMetadata(page: PageJson): PageJson {
  return without(page, 'listMetadata');
}

function cutBinary(response: WireResponse): WireResponse {
  if (response.headers['content-type'] !== 'application/proto') return response;
  const page = messageFromBinary(PROCEDURE.output, Buffer.from(response.body));
  return { ...response, body: Buffer.from(messageToBinary(PROCEDURE.output, withoutMetadata(page))) };
}

const GET = ['protocol/get-equals-post'];

/** Values that are nearly right, and pages that differ with the way they are asked for. */
export const VALUE_DEFECTS: readonly Defect[] = [
  ...[1, -1].map(
    (ms): Defect => ({
      name: `ends ${ms} ms off`,
      fails: ['invariants/duration'],
      steps: writing((session) =>
        session.endTime === undefined ? session : { ...session, endTime: shifted(session.endTime, ms) },
      ),
    }),
  ),
  {
    name: 'completed without a duration',
    fails: ['invariants/duration'],
    steps: writing((session) => without({ ...session }, 'duration')),
  },
  {
    name: 'no start on any session',
    fails: ['invariants/start-and-status'],
    steps: writing((session) => without({ ...session }, 'startTime')),
  },
  {
    name: 'no status on any session',
    fails: ['invariants/start-and-status'],
    steps: writing((session) => without({ ...session }, 'sessionStatus')),
  },
  {
    name: 'idle with an end',
    fails: ['invariants/idle-is-open'],
    steps: writing((session) =>
      session.sessionStatus === 'idle' ? { ...session, endTime: shifted(session.startTime, 1000) } : session,
    ),
  },
  {
    name: 'its own parent',
    fails: ['invariants/parent'],
    steps: writing((session) => ({ ...session, parentSessionId: session.id })),
  },
  {
    name: 'a native type for formal users',
    fails: ['invariants/formal-or-native'],
    steps: writing((session) => ({
      ...session,
      user: { type: 'native', username: 'x', formal: { user: { name: 'x' } } },
    })),
  },
  {
    name: 'no sessions on any page',
    fails: ['pagination/full-pages'],
    steps: () => ({ writePage: (page) => without(page, 'sessions') }),
  },
  { name: 'other values by GET', fails: GET, steps: pageFor(isGet, otherValues) },
  { name: 'no listMetadata by GET', fails: GET, steps: pageFor(isGet, withoutMetadata) },
  {
    name: 'GET drops the start of the window',
    fails: GET,
    steps: () => ({
      rewrite: (request) => {
        const message: unknown = JSON.parse(request.query.get('message') ?? '{}');
        const query = new URLSearchParams(request.query);
        query.set('message', JSON.stringify(without(message as Fields, 'startTimestamp')));
        return request.method === 'GET' ? { ...request, query } : request;
      },
    }),
  },
  {
    name: 'other values for a gzip request',
    fails: ['protocol/gzip-request'],
    steps: pageFor(isZipped, otherValues),
  },
  {
    name: 'no listMetadata in a gzip page',
    fails: ['protocol/gzip-response'],
    steps: pageFor(asksForZip, withoutMetadata),
  },
  {
    name: 'other values in binary',
    fails: ['protocol/binary-equals-json'],
    steps: pageFor(isBinary, otherValues),
  },
  {
    name: 'no listMetadata in binary',
    fails: ['protocol/binary-equals-json'],
    steps: () => ({ finish: cutBinary }),
  },
  ...['[]', '"x"', 'null', '7', 'true'].map(
    (text): Defect => ({
      name: `${text} for an empty page`,
      fails: ['schema/page-is-object'],
      steps: () => ({
        writeText: (page) => (page.sessions === undefined ? text : JSON.stringify(page)),
      }),
    }),
  ),
  {
    name: 'pages cut at sixty sessions',
    fails: ['pagination/full-pages'],
    count: 130,
    steps: () => ({
      limitOf: (message) => {
        const limit = Number(message['limit'] ?? 100);
        return limit > 60 && limit < 100_000 ? 60 : limit;
      },
    }),
  },
  {
    name: 'sessions of the same millisecond lost on a page',
    fails: ['pagination/full-pages', 'pagination/union-equals-one-big-page'],
    steps: () => ({
      writePage: (page) => {
        if (!Array.isArray(page.sessions)) return page;
        const seen = new Set<unknown>();
        const sessions = page.sessions.filter(
          ({ startTime }: StoredSession) => !seen.has(startTime) && seen.add(startTime),
        );
        return { ...page, sessions };
      },
    }),
  },
  {
    name: 'sessions of the same millisecond lost for good',
    fails: ['sort/directions-opposite'],
    steps: (honest) => ({
      compare: (sortBy) => honest.compare(sortBy),
      cursorOf: honest.cursorOf,
      positionOf: (sorted, message) => {
        const seen = new Set<string>();
        const kept = sorted.filter(({ startTime }) => !seen.has(startTime) && seen.add(startTime));
        // The list is the server's own, sorted for this request: what is taken out here is gone.
        (sorted as StoredSession[]).splice(0, sorted.length, ...kept);
        return honest.positionOf(sorted, message);
      },
    }),
  },
];
