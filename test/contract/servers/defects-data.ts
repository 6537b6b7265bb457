import type { StoredSession } from './data.ts';
import type { Defect } from './defect.ts';
import { encodeCursor, json, type PageJson, type RequestJson, type Steps } from './honest-server.ts';

function changing(
  change: (session: StoredSession, at: number, all: readonly StoredSession[]) => StoredSession,
): (honest: Steps) => Partial<Steps> {
  return ({ sessions }) => ({ sessions: sessions.map((session, at) => change(session, at, sessions)) });
}

function shift(text: string, ms: number): string {
  return new Date(Date.parse(text) + ms).toISOString().replace('.000Z', 'Z');
}

function positionShifted(by: number): (honest: Steps) => Partial<Steps> {
  return (honest) => ({
    positionOf: (sorted, message) => {
      const at = honest.positionOf(sorted, message);
      return at === undefined || at === 0 ? at : Math.max(0, at + by);
    },
  });
}

function withoutBound(name: string): (honest: Steps) => Partial<Steps> {
  return (honest) => ({
    decode: (bytes, form) => {
      const { [name]: _, ...message } = honest.decode(bytes, form);
      return message;
    },
  });
}

const metadataOf = (page: PageJson): Record<string, unknown> => ({ ...(page.listMetadata as object) });
const withMetadata = (
  change: (metadata: Record<string, unknown>, page: PageJson) => object,
): Partial<Steps> => ({
  writePage: (page) => ({ ...page, listMetadata: change(metadataOf(page), page) }),
});

/** What is in the pages, and which. */
export const DATA_DEFECTS: readonly Defect[] = [
  {
    name: 'end before start',
    fails: ['invariants/end-after-start'],
    steps: changing((session) =>
      session.endTime === undefined ? session : { ...session, endTime: shift(session.startTime, -5000) },
    ),
  },
  {
    name: 'wrong durations',
    fails: ['invariants/duration'],
    steps: changing((session) =>
      session.duration === undefined ? session : { ...session, duration: '1.500s' },
    ),
  },
  {
    name: 'active with an end',
    fails: ['invariants/status'],
    steps: changing((session) =>
      session.endTime === undefined ? session : { ...session, sessionStatus: 'active' },
    ),
  },
  {
    name: 'ids made later than the start',
    fails: ['invariants/id-time'],
    steps: changing((session) => ({ ...session, startTime: shift(session.startTime, 7) })),
  },
  {
    name: 'starts in the future',
    fails: ['invariants/no-future'],
    steps: changing((session, at) =>
      at === 0 ? { ...session, startTime: '2990-01-01T00:00:00Z' } : session,
    ),
  },
  {
    name: 'formal and native at once',
    fails: ['invariants/formal-or-native'],
    steps: changing((session) => ({
      ...session,
      user: { type: 'formal', formal: {}, native: { username: 'x' } },
    })),
  },
  {
    name: 'parents start later',
    fails: ['invariants/parent'],
    steps: changing((session, at, all) =>
      at > 0 ? { ...session, parentSessionId: all[Math.max(0, at - 10)]?.id ?? '' } : session,
    ),
  },
  {
    name: 'ids twice',
    fails: ['invariants/ids'],
    steps: () => ({
      writeSession: (session, at) =>
        at === 1
          ? { ...session, id: 'session_same' }
          : at === 2
            ? { ...session, id: 'session_same' }
            : session,
    }),
  },
  {
    name: 'values made up per request',
    fails: ['invariants/same-request-twice', 'invariants/one-value'],
    steps: () => {
      let calls = 0;
      return {
        writePage: (page) => {
          calls += 1;
          return page;
        },
        writeSession: (session) => ({ ...session, network: { clientIpAddress: `10.1.0.${calls % 200}` } }),
      };
    },
  },
  { name: 'cursor inclusive', fails: ['pagination/no-duplicates'], steps: positionShifted(-1) },
  {
    name: 'cursor skips one',
    fails: [
      'pagination/union-equals-one-big-page',
      'pagination/size-invariance',
      'pagination/limit-one-chain',
    ],
    steps: positionShifted(1),
  },
  {
    name: 'cursor ignored',
    fails: [
      'pagination/walk-ends',
      'pagination/no-cursor-repeats',
      'pagination/no-duplicates',
      'pagination/broken-cursor-never-restarts',
    ],
    steps: () => ({ positionOf: () => 0 }),
  },
  {
    name: 'cursor restarts on garbage',
    fails: [
      'pagination/garbage-cursor',
      'pagination/tampered-cursor',
      'pagination/cursor-with-other-query',
      'pagination/broken-cursor-never-restarts',
    ],
    steps: (honest) => ({ positionOf: (sorted, message) => honest.positionOf(sorted, message) ?? 0 }),
  },
  {
    name: 'cursor loses ties',
    fails: ['pagination/union-with-ties'],
    steps: () => ({
      cursorOf: (last, message) =>
        Buffer.from(
          JSON.stringify(message['sortBy'] === undefined ? last.startTime : last.sessionStatus),
        ).toString('base64url'),
      positionOf: (sorted, message) => positionAfterValue(sorted, message),
    }),
  },
  {
    name: 'unstable ties',
    fails: ['pagination/union-with-ties'],
    steps: (honest) => {
      let calls = 0;
      return {
        compare: (sortBy) => {
          calls += 1;
          if (!sortBy.includes('session_status')) return honest.compare(sortBy);
          const salt = calls;
          const spread = (session: StoredSession): number =>
            (session.id.charCodeAt(session.id.length - 1 - (salt % 7)) * 31 * salt) % 97;
          return (a, b) =>
            a.sessionStatus < b.sessionStatus
              ? 1
              : a.sessionStatus > b.sessionStatus
                ? -1
                : spread(a) - spread(b);
        },
      };
    },
  },
  {
    name: 'position counts pages',
    fails: ['pagination/limit-may-change'],
    steps: () => ({
      cursorOf: (_, message, next) => `p${next / Number(message['limit'] ?? 1)}`,
      positionOf: (_, message) => {
        const cursor = String(message['cursor'] ?? 'p0');
        return /^p[\d.]+$/.test(cursor)
          ? Math.round(Number(cursor.slice(1)) * Number(message['limit'] ?? 1))
          : undefined;
      },
    }),
  },
  {
    name: 'cursor used up after one use',
    fails: ['pagination/cursor-replay'],
    steps: (honest) => {
      const used = new Set<string>();
      return {
        positionOf: (sorted, message) => {
          const cursor = `${message['cursor']} ${message['limit']}`;
          if (message['cursor'] !== undefined && used.has(cursor)) return undefined;
          used.add(cursor);
          return honest.positionOf(sorted, message);
        },
      };
    },
  },
  {
    name: 'empty cursor refused',
    fails: ['pagination/empty-cursor'],
    steps: (honest) => ({
      decode: (bytes, form) => (bytes.includes('"cursor":""') ? { cursor: 'x' } : honest.decode(bytes, form)),
    }),
  },
  {
    name: 'e-mail in the cursor',
    fails: ['pagination/cursor-hygiene'],
    steps: (honest) => ({
      cursorOf: (last, message, next) => `${honest.cursorOf(last, message, next)}.maya@acme.test`,
      positionOf: (sorted, message) => honest.positionOf(sorted, trimCursor(message)),
    }),
  },
  {
    name: 'key in the cursor',
    fails: ['pagination/cursor-hygiene'],
    steps: (honest) => ({
      cursorOf: (last, message, next) => `${honest.cursorOf(last, message, next)}.test-key-0123456789`,
      positionOf: (sorted, message) => honest.positionOf(sorted, trimCursor(message)),
    }),
  },
  {
    name: 'cursor on the last page',
    fails: ['pagination/no-cursor-on-last-page', 'pagination/no-phantom-page'],
    steps: () => ({ hasMore: () => true }),
  },
  {
    name: 'count is the total',
    fails: ['pagination/count'],
    steps: ({ sessions }) =>
      withMetadata((metadata) => ({
        ...metadata,
        ...(metadata['count'] === undefined ? {} : { count: sessions.length }),
      })),
  },
  {
    name: 'after and before swapped',
    fails: ['pagination/after-and-before'],
    steps: () =>
      withMetadata((metadata) => ({
        ...metadata,
        ...(metadata['after'] === undefined ? {} : { after: metadata['before'], before: metadata['after'] }),
      })),
  },
  {
    name: 'start bound ignored',
    fails: ['time/window-respected', 'time/each-bound-acts'],
    steps: withoutBound('startTimestamp'),
  },
  {
    name: 'end bound ignored',
    fails: ['time/each-bound-acts', 'time/split-partitions'],
    steps: withoutBound('endTimestamp'),
  },
  {
    name: 'bounds rounded to whole hours, inwards',
    fails: ['time/split-partitions'],
    steps: () => ({
      inWindow: (ms, message) => {
        const hour = 3_600_000;
        const from = Date.parse(String(message['startTimestamp'] ?? '2001-01-01T00:00:00Z'));
        const to = Date.parse(String(message['endTimestamp'] ?? '2099-01-01T00:00:00Z'));
        return ms >= Math.ceil(from / hour) * hour && ms < Math.floor(to / hour) * hour;
      },
    }),
  },
  {
    name: 'bounds swapped when inverted',
    fails: ['time/inverted-window', 'time/inverted-window-choice'],
    steps: (honest) => ({
      decode: (bytes, form) => {
        const message = honest.decode(bytes, form);
        const { startTimestamp: from, endTimestamp: to } = message;
        return typeof from === 'string' && typeof to === 'string' && Date.parse(from) > Date.parse(to)
          ? { ...message, startTimestamp: to, endTimestamp: from }
          : message;
      },
    }),
  },
  {
    name: 'offsets cut off',
    fails: ['time/offset-equals-z'],
    steps: () => ({
      parseTime: (text) => (/^\d{4}-/.test(text) ? Date.parse(`${text.slice(0, 19)}Z`) : Number.NaN),
    }),
  },
  {
    name: 'start bound exclusive',
    fails: ['time/start-inclusive'],
    steps: () => ({
      inWindow: (ms, message) =>
        message['startTimestamp'] === undefined || ms > Date.parse(String(message['startTimestamp'])),
    }),
  },
  {
    name: 'end bound inclusive',
    fails: ['time/end-exclusive'],
    steps: (honest) => ({
      decode: (bytes, form) => {
        const message = honest.decode(bytes, form);
        const to = message['endTimestamp'];
        return typeof to === 'string' && /^\d{4}-/.test(to)
          ? { ...message, endTimestamp: new Date(Date.parse(to) + 1).toISOString() }
          : message;
      },
    }),
  },
  {
    name: 'no order without sortBy',
    fails: ['sort/default-monotone', 'sort/newest-first'],
    steps: (honest) => ({
      decode: (bytes, form) => {
        const message = honest.decode(bytes, form);
        return message['sortBy'] === undefined ? { ...message, sortBy: 'session_status' } : message;
      },
    }),
  },
  {
    name: 'oldest first without sortBy',
    fails: ['sort/newest-first'],
    steps: (honest) => ({
      decode: (bytes, form) => {
        const message = honest.decode(bytes, form);
        return message['sortBy'] === undefined ? { ...message, sortBy: '-start_time' } : message;
      },
    }),
  },
  {
    name: 'sort ignored',
    fails: ['sort/directions-opposite', 'sort/spelling'],
    steps: (honest) => ({ compare: () => honest.compare('start_time') }),
  },
  {
    name: 'minus means descending',
    fails: ['sort/spelling'],
    steps: (honest) => ({
      compare: (sortBy) =>
        honest.compare(
          sortBy.startsWith('-') ? sortBy.slice(1) : sortBy === 'start_time' ? '-start_time' : sortBy,
        ),
    }),
  },
  {
    name: 'query ignored',
    fails: ['query/by-id', 'query/equality', 'query/unknown-field', 'query/broken'],
    steps: () => ({ matches: () => true }),
  },
  {
    name: 'NOT ignored',
    fails: ['query/complement'],
    steps: () => ({ query: { negate: (matches) => matches } }),
  },
  {
    name: 'AND as OR',
    fails: ['query/and', 'query/default-operator'],
    steps: () => ({ query: { and: (a, b) => (session) => a(session) || b(session) } }),
  },
  {
    name: 'OR as AND',
    fails: ['query/or'],
    steps: () => ({ query: { or: (a, b) => (session) => a(session) && b(session) } }),
  },
  {
    name: 'broken query returns all',
    fails: ['query/broken'],
    steps: (honest) => ({
      matches: (session, query, options) =>
        query.includes('(') ? true : honest.matches(session, query, options),
    }),
  },
  {
    name: 'unknown field matches everything',
    fails: ['query/unknown-field'],
    steps: () => ({ query: { unknown: () => true } }),
  },
  {
    name: 'a star matches nothing',
    fails: ['query/star-equals-absent'],
    steps: (honest) => ({
      matches: (session, query, options) => query !== '*' && honest.matches(session, query, options),
    }),
  },
  {
    name: 'the empty query matches nothing',
    fails: ['query/empty-equals-absent'],
    steps: (honest) => ({
      decode: (bytes, form) =>
        bytes.includes('"query":""')
          ? { ...honest.decode(bytes, form), query: 'id:none' }
          : honest.decode(bytes, form),
    }),
  },
  {
    name: 'sort dropped when there is a query',
    fails: ['query/all-four'],
    steps: (honest) => ({
      decode: (bytes, form) => {
        const message = honest.decode(bytes, form);
        return message['query'] === undefined ? message : { ...message, sortBy: 'start_time' };
      },
    }),
  },
  {
    name: 'query dropped on the second page',
    fails: ['query/all-four'],
    steps: (honest) => ({
      cursorOf: (last) => encodeCursor(last.id, {}),
      positionOf: (sorted, message) =>
        honest.positionOf(sorted, message['cursor'] === undefined ? message : { cursor: message['cursor'] }),
      matches: honest.matches,
      decode: (bytes, form) => {
        const message = honest.decode(bytes, form);
        const { query: _, ...rest } = message;
        return message['cursor'] === undefined ? message : rest;
      },
    }),
  },
  {
    name: 'page one again in the middle of a walk',
    fails: ['pagination/union-equals-one-big-page'],
    steps: (honest) => ({
      positionOf: (sorted, message) => {
        const at = honest.positionOf(sorted, message);
        return at !== undefined && at > 20 ? at - 20 : at;
      },
    }),
  },
  {
    name: 'a 503 on the second page',
    fails: ['errors/no-server-error', 'pagination/union-equals-one-big-page'],
    steps: () => ({
      intercept: ({ body }) =>
        body.includes('"cursor":"c') ? json(503, { code: 'unavailable' }) : undefined,
    }),
  },
];

function trimCursor(message: RequestJson): RequestJson {
  const cursor = message['cursor'];
  return typeof cursor === 'string' ? { ...message, cursor: cursor.split('.')[0] } : message;
}

function positionAfterValue(sorted: readonly StoredSession[], message: RequestJson): number | undefined {
  if (message['cursor'] === undefined) return 0;
  const value = Buffer.from(String(message['cursor']), 'base64url').toString('utf8');
  const last = sorted.findLastIndex(
    (session) =>
      JSON.stringify(message['sortBy'] === undefined ? session.startTime : session.sessionStatus) === value,
  );
  return last < 0 ? undefined : last + 1;
}
