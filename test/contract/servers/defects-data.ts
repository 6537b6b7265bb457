import type { StoredSession } from './data.ts';
import type { Defect } from './defect.ts';
import type { PageJson, RequestJson, Steps } from './honest-server.ts';

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
    fails: ['pagination/limit-may-change', 'pagination/insert-during-walk'],
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
