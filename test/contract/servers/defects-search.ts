import type { Defect } from './defect.ts';
import { encodeCursor, json, type Steps } from './honest-server.ts';

function withoutBound(name: string): (honest: Steps) => Partial<Steps> {
  return (honest) => ({
    decode: (bytes, form) => {
      const { [name]: _, ...message } = honest.decode(bytes, form);
      return message;
    },
  });
}

/** What is in the pages, and which. */
export const SEARCH_DEFECTS: readonly Defect[] = [
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
  {
    name: 'a second colon is swallowed',
    observes: ['query/discovery'],
    deep: true,
    steps: (honest) => ({
      matches: (session, query, options) => query === 'a:b:c' || honest.matches(session, query, options),
    }),
  },
];
