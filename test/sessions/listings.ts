import fc from 'fast-check';
import { SESSION_FIELDS } from '../../src/query/session-fields.ts';
import type { SessionObject } from '../../src/world/session-object.ts';
import type { Listing } from './model.ts';

/** Canonical names of the fields that hold one value and can be sorted by. */
export const SCALAR_FIELDS: readonly string[] = SESSION_FIELDS.filter(({ isList }) => isList !== true).map(
  ({ path, column }) => (column === 'durationMs' ? 'duration_ms' : path),
);

const sortKey = fc
  .tuple(fc.constantFrom('', '+', '-'), fc.constantFrom(...SCALAR_FIELDS, '_score', '_doc'))
  .map(([sign, field]) => sign + field);

/** Texts of sortBy, with none, one or two keys. */
const sortText: fc.Arbitrary<string> = fc.oneof(
  { weight: 1, arbitrary: fc.constant('') },
  { weight: 3, arbitrary: sortKey },
  { weight: 2, arbitrary: fc.tuple(sortKey, sortKey).map((keys) => keys.join(',')) },
);

const VALUES: readonly (readonly [string, (session: SessionObject) => string | undefined])[] = [
  ['status', (session) => session.sessionStatus],
  ['technology', (session) => session.resource?.technology],
  ['resource.name', (session) => session.resource?.name],
  ['connector', (session) => session.connector?.name],
  ['user.username', (session) => session.user?.username],
  ['end_user.email', (session) => session.user?.formal?.endUser?.email],
  ['groups', (session) => session.user?.formal?.user?.groups?.[0]],
  ['user.sub_type', (session) => session.user?.formal?.user?.type],
  ['client_ip', (session) => session.network?.clientIpAddress],
  ['id', (session) => session.id],
  ['parent_session_id', (session) => session.parentSessionId],
  ['start_time', (session) => session.startTime],
  ['end_time', (session) => session.endTime],
  ['duration', (session) => session.duration],
];

/** Clauses that hold values which the sessions really have, and clauses that compare with them. */
function clauseOf(sessions: readonly SessionObject[]): fc.Arbitrary<string> {
  const session = fc.constantFrom(...sessions);
  const equal = fc.tuple(session, fc.constantFrom(...VALUES)).map(([object, [name, read]]) => {
    const value = read(object);
    return value === undefined ? `NOT ${name}:*` : `${name}:"${value}"`;
  });
  const compared = fc
    .tuple(session, fc.constantFrom('start_time', 'end_time'), fc.constantFrom('>=', '>', '<=', '<'))
    .map(([object, name, sign]) => `${name}:${sign}${object.startTime}`);
  const word = session.map((object) => object.resource?.name?.split(/\W/)[0] ?? 'postgres');
  const fixed = fc.constantFrom(
    'duration:>=30',
    'duration_ms:<2500',
    'start_time:[now-6h TO now-1h/h]',
    'technology:/(ssh|post.*)/',
    'user:*a*',
    'client_ip:[10.0.0.0 TO 10.255.255.255]',
    'status:IN [active idle]',
    '*',
    'nosuch:thing',
  );
  return fc.oneof({ weight: 4, arbitrary: equal }, { weight: 2, arbitrary: compared }, word, fixed);
}

/** Texts of queries over these sessions: empty, one clause, or a small tree. */
export function queryOver(sessions: readonly SessionObject[]): fc.Arbitrary<string> {
  const clause = clauseOf(sessions);
  const tree = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      clause,
      fc
        .tuple(tie('node'), fc.constantFrom(' AND ', ' OR ', ' ', ' AND NOT '), tie('node'))
        .map(([left, join, right]) => `(${left})${join}(${right})`),
      tie('node').map((inner) => `NOT (${inner})`),
    ),
  })).node;
  return fc.oneof(
    { weight: 1, arbitrary: fc.constant('') },
    { weight: 2, arbitrary: clause },
    { weight: 3, arbitrary: tree },
  );
}

/** Window bounds: none, the start of a session to the millisecond, or one next to it. */
function boundOver(sessions: readonly SessionObject[]): fc.Arbitrary<string | undefined> {
  const near = fc
    .tuple(fc.constantFrom(...sessions), fc.constantFrom(-1, 0, 0, 1))
    .map(([{ startTime = '' }, shift]) => new Date(Date.parse(startTime) + shift).toISOString());
  return fc.option(near, { nil: undefined, freq: 2 });
}

/** Listings over these sessions: query, order and window at random. */
export function listingOver(sessions: readonly SessionObject[]): fc.Arbitrary<Listing> {
  const bound = boundOver(sessions);
  return fc
    .tuple(queryOver(sessions), sortText, bound, bound)
    .map(([query, sortBy, startTimestamp, endTimestamp]) => ({
      query,
      sortBy,
      ...(startTimestamp === undefined ? {} : { startTimestamp }),
      ...(endTimestamp === undefined ? {} : { endTimestamp }),
    }));
}
