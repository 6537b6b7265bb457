import type { Defect } from './defect.ts';
import { json, type RequestJson, type Steps } from './honest-server.ts';
import type { Matcher } from './query.ts';

const crash = json(500, { code: 'internal' });

/** Crashes on bodies that hold a text. */
function crashing(text: string): () => Partial<Steps> {
  return () => ({ intercept: ({ body }) => (body.includes(text) ? crash : undefined) });
}

/** Takes one body for the message {"limit":1}. */
function accepting(body: string): (honest: Steps) => Partial<Steps> {
  return (honest) => ({
    decode: (bytes, form) =>
      honest.decode(bytes.toString('utf8') === body ? Buffer.from('{"limit":1}') : bytes, form),
  });
}

/** Reads another query than the one that was sent. */
function misreading(change: (query: string) => string): (honest: Steps) => Partial<Steps> {
  return (honest) => ({
    matches: (session, query, options) => honest.matches(session, change(query), options),
  });
}

/** As SQL does with NULL. */
const negateKnown =
  (matches: Matcher): Matcher =>
  (session) =>
    session.connector !== undefined && !matches(session);

function serving(method: string): () => Partial<Steps> {
  return () => ({
    rewrite: (request) => (request.method === method ? { ...request, method: 'POST' } : request),
  });
}

function truncated(message: RequestJson, name: string): RequestJson {
  const text = message[name];
  if (typeof text !== 'string' || Number.isNaN(Date.parse(text))) return message;
  return { ...message, [name]: new Date(Math.floor(Date.parse(text) / 1000) * 1000).toISOString() };
}

/** Adds a part to every cursor, and takes it off again. */
function cursorWith(part: string): (honest: Steps) => Partial<Steps> {
  return (honest) => ({
    cursorOf: (last, message, next) => `${honest.cursorOf(last, message, next)}.${part}`,
    positionOf: (sorted, message) => {
      const { cursor } = message;
      const own = typeof cursor === 'string' ? { ...message, cursor: cursor.split('.')[0] } : message;
      return honest.positionOf(sorted, own);
    },
  });
}

/** Requests that are read in a way that is nearly right. */
export const REQUEST_DEFECTS: readonly Defect[] = [
  {
    name: 'bounds truncated to the second',
    fails: ['time/window-respected'],
    steps: (honest) => ({
      decode: (bytes, form) =>
        ['startTimestamp', 'endTimestamp'].reduce(truncated, honest.decode(bytes, form)),
    }),
  },
  {
    name: 'a short cursor in base64 starts again',
    fails: ['pagination/garbage-cursor'],
    steps: (honest) => ({
      positionOf: (sorted, message) =>
        /^[\w-]{1,11}$/.test(String(message['cursor'])) ? 0 : honest.positionOf(sorted, message),
    }),
  },
  {
    name: 'e-mail in a second part of the cursor, in base64url',
    fails: ['pagination/cursor-hygiene'],
    steps: cursorWith(Buffer.from('{"user":"maya@acme.test"}').toString('base64url')),
  },
  {
    name: 'e-mail in the cursor, in hex',
    fails: ['pagination/cursor-hygiene'],
    steps: cursorWith(Buffer.from('maya@acme.test').toString('hex')),
  },
  {
    name: 'a quote that is not closed gives everything',
    fails: ['query/broken'],
    steps: misreading((query) => ((query.match(/"/g) ?? []).length % 2 === 1 ? '' : query)),
  },
  {
    name: 'parentheses ignored',
    fails: ['query/group'],
    steps: misreading((query) => (/\(.*\)/.test(query) ? query.replace(/[()]/g, '') : query)),
  },
  {
    name: 'AND NOT read as AND',
    fails: ['query/group'],
    steps: misreading((query) => query.replace(/AND NOT/g, 'AND')),
  },
  {
    name: 'NOT ignored in groups',
    fails: ['query/group'],
    steps: misreading((query) => query.replace(/\(.*\)/, (group) => group.replace(/NOT /g, ''))),
  },
  {
    name: 'NOT loses sessions without the field',
    fails: ['query/complement'],
    steps: () => ({ query: { negate: negateKnown } }),
  },
  {
    name: 'sortBy as a number crashes',
    fails: ['body/wrong-types', 'errors/no-server-error'],
    steps: crashing('"sortBy":5'),
  },
  {
    name: 'endTimestamp as a number crashes',
    fails: ['body/wrong-types', 'errors/no-server-error'],
    steps: crashing('"endTimestamp":5'),
  },
  ...['[]', '""', '"abc"'].map(
    (limit): Defect => ({
      name: `limit ${limit} crashes`,
      fails: ['limits/wrong-type', 'errors/no-server-error'],
      steps: crashing(`"limit":${limit}`),
    }),
  ),
  ...['null', '"x"', '7'].map(
    (body): Defect => ({
      name: `${body} accepted as a body`,
      fails: ['body/not-an-object'],
      steps: accepting(body),
    }),
  ),
  {
    name: 'malformed endTimestamp ignored',
    fails: ['time/malformed-alike'],
    steps: (honest) => ({
      decode: (bytes, form) => {
        const message = honest.decode(bytes, form);
        const { endTimestamp: end, ...rest } = message;
        return end === 'not a time' ? rest : message;
      },
    }),
  },
  {
    name: 'malformed endTimestamp crashes',
    fails: ['time/malformed-survived', 'errors/no-server-error'],
    steps: crashing('"endTimestamp":"not'),
  },
  ...['HEAD', 'PATCH', 'OPTIONS', 'DELETE'].map(
    (method): Defect => ({
      name: `${method} runs the RPC`,
      fails: ['protocol/foreign-verb'],
      steps: serving(method),
    }),
  ),
  {
    name: 'any service is the service',
    fails: ['protocol/unknown-rpc'],
    steps: () => ({
      rewrite: (request) => ({ ...request, path: request.path.replace('NoSuchService', 'SessionsService') }),
    }),
  },
];
