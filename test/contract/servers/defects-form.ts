import type { ConnectError } from '../../../src/connect/connect-error.ts';
import type { StoredSession } from './data.ts';
import type { Defect } from './defect.ts';
import { json, type PageJson, type Steps, type WireRequest, type WireResponse } from './honest-server.ts';

type Change = (session: StoredSession, at: number) => unknown;

function writing(change: Change): (honest: Steps) => Partial<Steps> {
  return () => ({ writeSession: change });
}

function paging(change: (page: PageJson) => PageJson): (honest: Steps) => Partial<Steps> {
  return () => ({ writePage: change });
}

function refusing(
  change: (error: ConnectError, request: WireRequest, plain: WireResponse) => WireResponse,
): (honest: Steps) => Partial<Steps> {
  return (honest) => ({ refuse: (error, request) => change(error, request, honest.refuse(error, request)) });
}

function rename(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rename);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      rename(item),
    ]),
  );
}

const metadataOf = (page: PageJson): Record<string, unknown> => ({ ...(page.listMetadata as object) });

/** How pages and errors are written. */
export const FORM_DEFECTS: readonly Defect[] = [
  {
    name: 'times with +00:00',
    fails: ['schema/timestamp-form', 'schema/page-matches-document'],
    steps: writing((session) => ({ ...session, startTime: session.startTime.replace('Z', '+00:00') })),
  },
  {
    name: 'times as epoch numbers',
    fails: ['schema/timestamp-form', 'schema/page-matches-document'],
    steps: writing((session) => ({ ...session, startTime: Date.parse(session.startTime) / 1000 })),
  },
  {
    name: 'times with seven digits',
    fails: ['schema/timestamp-form'],
    steps: writing((session) => ({
      ...session,
      startTime: session.startTime.replace(/\.(\d{3})Z|Z$/, '.1230000Z'),
    })),
  },
  {
    name: 'ISO 8601 durations',
    fails: ['schema/duration-form', 'schema/page-matches-document'],
    steps: writing((session) => ({
      ...session,
      ...(session.duration === undefined ? {} : { duration: `PT${session.duration.toUpperCase()}` }),
    })),
  },
  {
    name: 'durations as numbers',
    fails: ['schema/duration-form'],
    steps: writing((session) => ({
      ...session,
      ...(session.duration === undefined ? {} : { duration: 3.5 }),
    })),
  },
  {
    name: 'snake_case names',
    fails: ['schema/lower-camel-case'],
    steps: writing((session) => rename(session)),
  },
  {
    name: 'null for absent',
    fails: ['schema/no-null'],
    steps: writing((session) => ({ endTime: null, ...session })),
  },
  {
    name: 'empty texts written',
    fails: ['schema/defaults-omitted'],
    steps: writing((session) => ({ parentSessionId: '', ...session })),
  },
  {
    name: 'sessions: null on an empty page',
    fails: ['schema/no-null', 'pagination/empty-result'],
    steps: paging((page) => ({ sessions: null, ...page })),
  },
  {
    name: 'sessions: [] on an empty page',
    fails: ['schema/defaults-omitted', 'pagination/empty-result'],
    steps: paging((page) => ({ sessions: [], ...page })),
  },
  {
    name: 'count as a text',
    fails: ['schema/int32-range', 'schema/page-matches-document'],
    steps: paging((page) => ({ ...page, listMetadata: { ...metadataOf(page), count: '7' } })),
  },
  {
    name: 'status in capitals',
    fails: ['schema/status-enum'],
    steps: writing((session) => ({ ...session, sessionStatus: session.sessionStatus.toUpperCase() })),
  },
  {
    name: 'new enumeration value',
    fails: ['drift/enum-value'],
    steps: writing((session, at) => (at === 2 ? { ...session, sessionStatus: 'paused' } : session)),
  },
  {
    name: 'undocumented field',
    fails: ['drift/undocumented-field'],
    steps: writing((session) => ({ ...session, riskScore: 3 })),
  },
  {
    name: 'address with a port',
    fails: ['schema/addresses-parse', 'schema/page-matches-document'],
    steps: writing((session) => ({ ...session, network: { clientIpAddress: '10.0.0.1:22' } })),
  },
  {
    name: 'e-mail without a domain',
    fails: ['schema/emails-plausible'],
    steps: writing((session) => ({
      ...session,
      user: { type: 'formal', formal: { user: { email: 'maya' } } },
    })),
  },
  {
    name: 'a key twice',
    fails: ['protocol/one-json-value'],
    steps: () => ({ writeText: (page) => JSON.stringify(page).replace('{"id":', '{"id":"x","id":') }),
  },
  {
    name: 'byte order mark',
    fails: ['protocol/one-json-value'],
    steps: () => ({ writeText: (page) => `\uFEFF${JSON.stringify(page)}` }),
  },
  {
    name: 'body cut off',
    fails: ['protocol/one-json-value'],
    steps: () => ({ writeText: (page) => JSON.stringify(page).slice(0, -1) }),
  },
  {
    name: 'deprecated',
    observes: ['drift/deprecation-headers'],
    steps: () => ({
      finish: (response) => ({ ...response, headers: { ...response.headers, deprecation: '@1767225600' } }),
    }),
  },
  {
    name: 'a field gone',
    observes: ['drift/never-seen', 'drift/presence'],
    steps: writing(({ connector: _, ...session }) => session),
  },
  {
    name: 'a status of its own',
    fails: ['drift/status'],
    steps: refusing((error, _, plain) =>
      error.code === 'unauthenticated' ? plain : { ...plain, status: 418 },
    ),
  },
  {
    name: 'codes of the published OpenAPI file',
    fails: ['drift/code', 'errors/code'],
    steps: refusing((error, _, plain) =>
      error.code === 'invalid_argument' ? json(400, { code: 'invalid_request' }) : plain,
    ),
  },
  {
    name: 'errors with 200',
    fails: ['limits/negative', 'auth/no-key'],
    steps: refusing((_, __, plain) => ({ ...plain, status: 200 })),
  },
  {
    name: 'errors in HTML',
    fails: ['errors/envelope', 'errors/media-type'],
    steps: refusing((_, __, plain) => ({
      ...plain,
      headers: { 'content-type': 'text/html' },
      body: '<h1>Bad Request</h1>',
    })),
  },
  {
    name: 'errors in another envelope',
    fails: ['errors/envelope'],
    steps: refusing((error, _, plain) =>
      error.code === 'unauthenticated'
        ? plain
        : { ...plain, body: JSON.stringify({ error: { code: error.code } }) },
    ),
  },
  {
    name: 'invalid_argument with 422',
    fails: ['errors/status-fits-code'],
    steps: refusing((error, _, plain) =>
      error.code === 'invalid_argument' ? { ...plain, status: 422 } : plain,
    ),
  },
  {
    name: 'details as an object',
    fails: ['errors/details'],
    steps: refusing((error, _, plain) => ({
      ...plain,
      body: JSON.stringify({ code: error.code, details: { a: 1 } }),
    })),
  },
  {
    name: 'stack in the message',
    fails: ['errors/no-internals'],
    steps: refusing((error, _, plain) => ({
      ...plain,
      body: JSON.stringify({
        code: error.code,
        message: 'TypeError: x\n    at handler (/srv/app/src/list.js:10:5)',
      }),
    })),
  },
  {
    name: 'SQL in the message',
    fails: ['errors/no-internals'],
    steps: refusing((error, _, plain) => ({
      ...plain,
      body: JSON.stringify({ code: error.code, message: 'near "(": SELECT id FROM sessions WHERE' }),
    })),
  },
  {
    name: 'another error every time',
    fails: ['errors/stable'],
    steps: (honest) => {
      let calls = 0;
      return {
        refuse: (error, request) =>
          error.code === 'invalid_argument' && calls++ % 2 === 1
            ? json(409, { code: 'aborted' })
            : honest.refuse(error, request),
      };
    },
  },
  {
    name: 'cuts the connection',
    fails: ['errors/always-an-answer', 'body/wrong-types'],
    steps: () => ({
      intercept: ({ body }) =>
        body.includes('"query":5') ? { status: 0, headers: {}, body: '' } : undefined,
    }),
  },
  {
    name: '429 without Retry-After',
    fails: ['performance/rate-limit-manners'],
    steps: () => {
      let calls = 0;
      return { intercept: () => (calls++ === 5 ? json(429, { code: 'resource_exhausted' }) : undefined) };
    },
  },
  { name: 'slower than the bar', fails: ['performance/p95'], maxP95Ms: 0.001, steps: () => ({}) },
];
