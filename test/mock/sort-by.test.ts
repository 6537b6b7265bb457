import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Mock, startMock } from '../../src/mock/create-mock.ts';
import type { Listening } from '../../src/mock/listen.ts';
import type { SessionObject } from '../../src/world/session-object.ts';
import { idsOf, NOW, postList } from './start-test-mock.ts';

const COUNT = 700;
let mock: Mock & Listening;
let sessions: readonly SessionObject[];

beforeAll(async () => {
  mock = await startMock({ port: 0, now: NOW, seed: 42, scenario: 'scaleup', count: COUNT });
  sessions = (await postList(mock, { limit: COUNT })).sessions;
});
afterAll(() => mock.stop());

type Read = (session: SessionObject) => string | number | undefined;

const seconds = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number(text.replace('s', ''));
const millis = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Date.parse(text);

/** Every field of a session that holds one value; addresses are left to their own test. */
const SCALARS: readonly (readonly [string, Read])[] = [
  ['id', ({ id }) => id],
  ['start_time', ({ startTime }) => millis(startTime)],
  ['end_time', ({ endTime }) => millis(endTime)],
  ['duration', ({ duration }) => seconds(duration)],
  ['duration_ms', ({ duration }) => seconds(duration)],
  ['session_status', ({ sessionStatus }) => sessionStatus],
  ['sidecar.id', ({ sidecar }) => sidecar?.id],
  ['sidecar.name', ({ sidecar }) => sidecar?.name],
  ['sidecar.technology', ({ sidecar }) => sidecar?.technology],
  ['user.type', ({ user }) => user?.type],
  ['user.username', ({ user }) => user?.username],
  ['user.formal.user.id', ({ user }) => user?.formal?.user?.id],
  ['user.formal.user.name', ({ user }) => user?.formal?.user?.name],
  ['user.formal.user.email', ({ user }) => user?.formal?.user?.email],
  ['user.formal.user.type', ({ user }) => user?.formal?.user?.type],
  ['user.formal.end_user.id', ({ user }) => user?.formal?.endUser?.id],
  ['user.formal.end_user.name', ({ user }) => user?.formal?.endUser?.name],
  ['user.formal.end_user.email', ({ user }) => user?.formal?.endUser?.email],
  ['user.formal.end_user.type', ({ user }) => user?.formal?.endUser?.type],
  ['user.native.username', ({ user }) => user?.native?.username],
  ['resource.id', ({ resource }) => resource?.id],
  ['resource.name', ({ resource }) => resource?.name],
  ['resource.type', ({ resource }) => resource?.type],
  ['resource.technology', ({ resource }) => resource?.technology],
  ['connector.id', ({ connector }) => connector?.id],
  ['connector.name', ({ connector }) => connector?.name],
  ['parent_session_id', ({ parentSessionId }) => parentSessionId],
];

/** Orders as the wire promises: absent last, then the value, then the id in the same direction. */
function sorted(read: Read, direction: 1 | -1): readonly SessionObject[] {
  const compare = <T extends string | number>(left: T, right: T): number =>
    left === right ? 0 : (left < right ? -1 : 1) * direction;
  const byId = sessions.toSorted((left, right) => compare(left.id ?? '', right.id ?? ''));
  const present = byId.filter((session) => read(session) !== undefined);
  const absent = byId.filter((session) => read(session) === undefined);
  return [...present.sort((left, right) => compare(read(left) ?? '', read(right) ?? '')), ...absent];
}

describe('sortBy', () => {
  it.each(SCALARS)('orders by %s in both directions, absent values last', async (field, read) => {
    const answers = await Promise.all(
      ['', '+', '-'].map((sign) => postList(mock, { limit: COUNT, sortBy: sign + field })),
    );
    const [down, up] = [sorted(read, -1), sorted(read, 1)].map((expected) => idsOf({ sessions: expected }));
    expect(answers.map(idsOf)).toEqual([down, down, up]);
  });

  it.each(['network.client_ip_address', 'network.server_ip_address'])(
    'orders %s by number, not by text',
    async (sortBy) => {
      const answer = await postList(mock, { limit: COUNT, sortBy });
      const values = answer.sessions
        .map(({ network }) =>
          sortBy.includes('client') ? network?.clientIpAddress : network?.serverIpAddress,
        )
        .filter((address) => address?.includes('.'))
        .map((address = '') => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0));
      expect(values.length).toBeGreaterThan(100);
      expect(values).toEqual(values.toSorted((a, b) => b - a));
    },
  );

  it('takes two keys', async () => {
    const answer = await postList(mock, { limit: COUNT, sortBy: 'resource.technology,-start_time' });
    const keys = answer.sessions.map(({ resource, startTime = '' }) => ({
      technology: resource?.technology ?? '',
      start: Date.parse(startTime),
    }));
    const expected = keys.toSorted((a, b) =>
      a.technology === b.technology ? a.start - b.start : a.technology < b.technology ? 1 : -1,
    );
    expect(keys).toEqual(expected);
  });

  it.each([
    ['startTime', 'start_time'],
    ['timestamp', 'start_time'],
    ['resource.technology:asc', '-resource.technology'],
    ['resource.technology desc', 'resource.technology'],
    ['', '+start_time,id'],
    ['_doc', 'id'],
  ])('%j is another way to say %j', async (one, other) => {
    const [left, right] = await Promise.all(
      [one, other].map((sortBy) => postList(mock, { limit: 100, sortBy })),
    );
    expect(left?.sessions).toHaveLength(100);
    expect(right?.sessions).toEqual(left?.sessions);
  });

  it.each([
    ['nosuch', 'there is no field'],
    ['start_tim', 'did you mean start_time?'],
    ['id,start_time,duration', 'at most 2'],
    ['user', 'several fields'],
    ['user.formal.user.groups', 'is a list'],
    ['--start_time', 'sign'],
    ['duration, -start_time', 'sign'],
    [',', 'there is no field'],
    ['x'.repeat(400), 'there is no field'],
    ['__proto__', 'there is no field'],
  ])('%j is refused', async (sortBy, reason) => {
    const { status, code, message } = await postList(mock, { limit: 5, sortBy });
    expect([status, code]).toEqual([400, 'invalid_argument']);
    expect(message).toContain('sortBy: ');
    expect(message).toContain(reason);
    expect(message?.length).toBeLessThan(300);
  });
});
