import { beforeAll, describe, expect, it } from 'vitest';
import { fixtureWorld, NOON, readDirectory } from '../../test/determinism/fixture-world.ts';
import type { SessionObject } from './session-object.ts';

const DAYS = 10;
const world = fixtureWorld({ scenario: 'scaleup', days: DAYS });
const directory = readDirectory('scaleup');
const spaceOfResource = new Map(directory.resources.map(({ id, space }) => [id, space]));
const spaceOfConnector = new Map(directory.connectors.map(({ id, space }) => [id, space]));
let sessions: readonly SessionObject[] = [];

beforeAll(() => {
  sessions = Array.from({ length: world.count(NOON) }, (_, i) => world.at(i, NOON));
});

/** The sessions a law does not hold for; a law must concern at least `least` sessions to mean anything. */
function breaking(
  concerns: (session: SessionObject) => boolean,
  law: (session: SessionObject) => boolean,
  least = 100,
): readonly SessionObject[] {
  const concerned = sessions.filter(concerns);
  expect(concerned.length).toBeGreaterThanOrEqual(least);
  return concerned.filter((session) => !law(session)).slice(0, 3);
}

function share(
  of: (session: SessionObject) => boolean,
  among: (session: SessionObject) => boolean = () => true,
): number {
  const whole = sessions.filter(among);
  return whole.filter(of).length / whole.length;
}

const startOf = ({ startTime }: SessionObject): number => Date.parse(startTime ?? '');
const endOf = ({ endTime }: SessionObject): number =>
  endTime === undefined ? Number.POSITIVE_INFINITY : Date.parse(endTime);
const technologyOf = ({ resource }: SessionObject): string => resource?.technology ?? '';
const isDesktop = (session: SessionObject): boolean => ['llm', 'mcp'].includes(technologyOf(session));
const userOf = ({ user }: SessionObject) => user?.formal?.user;
const isBi = (session: SessionObject): boolean =>
  ['metabase', 'looker'].includes(userOf(session)?.name ?? '');
const msOf = (duration: string): number => Math.round(Number(duration.slice(0, -1)) * 1000);

describe('relations of 100 000 sessions', () => {
  it('concern enough sessions', () => {
    expect(sessions.length).toBeGreaterThan(100_000);
    expect(new Set(sessions.map(({ id }) => id)).size).toBe(sessions.length);
  });

  it('instants have 0 or 3 fraction digits, none on a whole second; durations too', () => {
    const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.(?!000)\d{3})?Z$/;
    expect(
      breaking(
        () => true,
        ({ startTime }) => instant.test(startTime ?? ''),
      ),
    ).toEqual([]);
    expect(
      breaking(
        ({ endTime }) => endTime !== undefined,
        ({ endTime, duration }) =>
          instant.test(endTime ?? '') && /^\d+(\.(?!000)\d{3})?s$/.test(duration ?? ''),
      ),
    ).toEqual([]);
  });

  it('the end is the start plus the duration', () => {
    expect(
      breaking(
        ({ endTime }) => endTime !== undefined,
        (session) => endOf(session) === startOf(session) + msOf(session.duration ?? ''),
      ),
    ).toEqual([]);
  });

  it('only completed sessions have an end and a duration, and only those', () => {
    const isClosed = ({ endTime, duration }: SessionObject): boolean =>
      endTime !== undefined && duration !== undefined;
    const isOpen = ({ endTime, duration }: SessionObject): boolean =>
      endTime === undefined && duration === undefined;
    expect(breaking(({ sessionStatus }) => sessionStatus === 'completed', isClosed)).toEqual([]);
    expect(breaking(({ sessionStatus }) => sessionStatus === 'active', isOpen, 20)).toEqual([]);
    expect(breaking(({ sessionStatus }) => sessionStatus === 'idle', isOpen, 5)).toEqual([]);
    expect(new Set(sessions.map(({ sessionStatus }) => sessionStatus)).size).toBe(3);
  });

  it('there are fewer idle than active sessions, and some actives are days old', () => {
    const active = sessions.filter(({ sessionStatus }) => sessionStatus === 'active');
    expect(sessions.filter(({ sessionStatus }) => sessionStatus === 'idle').length).toBeLessThan(
      active.length,
    );
    expect(active.length).toBeLessThan(sessions.length / 100);
    expect(active.some((session) => startOf(session) < NOON - 3 * 86_400_000)).toBe(true);
  });

  it('the user name says who the user is', () => {
    expect(
      breaking(
        ({ user }) => user?.type === 'formal',
        (session) => {
          const info = userOf(session);
          return session.user?.username === `idp:formal:${info?.type}:${info?.email ?? info?.name}`;
        },
      ),
    ).toEqual([]);
    expect(
      breaking(
        ({ user }) => user?.type === 'native',
        ({ user }) => user?.formal === undefined && user?.native?.username === user?.username,
      ),
    ).toEqual([]);
  });

  it('machines have no email and humans have one', () => {
    const isMachine = (session: SessionObject): boolean => userOf(session)?.type === 'machine';
    expect(breaking(isMachine, (session) => userOf(session)?.email === undefined)).toEqual([]);
    const isHuman = (session: SessionObject): boolean => userOf(session)?.type === 'human';
    expect(
      breaking(isHuman, (session) => /^[a-z]+\.[a-z]+@fernway\.example$/.test(userOf(session)?.email ?? '')),
    ).toEqual([]);
  });

  it('the end user equals the user unless a machine passed a person on', () => {
    const isOwn = ({ user }: SessionObject): boolean => user?.formal?.endUser?.id === user?.formal?.user?.id;
    const isPassedOn = ({ user }: SessionObject): boolean =>
      user?.formal?.user?.type === 'machine' && user.formal.endUser?.type === 'human';
    expect(
      breaking(
        ({ user }) => user?.type === 'formal',
        (session) => isOwn(session) || isPassedOn(session),
      ),
    ).toEqual([]);
    expect(share(isPassedOn, isBi)).toBeGreaterThan(0.83);
    expect(share(isPassedOn, isBi)).toBeLessThan(0.87);
  });

  it('a connector reaches the space of the resource; only desktop sessions have none', () => {
    const isReached = ({ resource, connector }: SessionObject): boolean =>
      spaceOfResource.get(resource?.id ?? '') === spaceOfConnector.get(connector?.id ?? 'none');
    expect(breaking((session) => session.resource !== undefined && !isDesktop(session), isReached)).toEqual(
      [],
    );
    expect(
      breaking(isDesktop, ({ connector, network }) => connector === undefined && network === undefined),
    ).toEqual([]);
    expect(
      breaking(
        (session) => !isDesktop(session),
        ({ connector }) => connector !== undefined,
      ),
    ).toEqual([]);
  });

  it('a resource always has the same server address', () => {
    const addresses = new Map<string, Set<string>>();
    for (const { resource, network } of sessions) {
      if (resource?.id === undefined) continue;
      const known = addresses.get(resource.id) ?? new Set();
      addresses.set(resource.id, known.add(network?.serverIpAddress ?? ''));
    }
    expect([...addresses.values()].filter(({ size }) => size !== 1)).toEqual([]);
  });

  it('a person has one client address a day, out of few', () => {
    const perPerson = new Map<string, Set<string>>();
    for (const session of sessions) {
      const { email } = userOf(session) ?? {};
      const address = session.network?.clientIpAddress;
      if (email === undefined || address === undefined) continue;
      const known = perPerson.get(email) ?? new Set();
      perPerson.set(email, known.add(address));
    }
    const sizes = [...perPerson.values()].map(({ size }) => size);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(3);
    expect(Math.max(...sizes)).toBeGreaterThan(1);
  });

  it('client addresses are IPv4 for most and IPv6 for some', () => {
    const isV6 = ({ network }: SessionObject): boolean => network?.clientIpAddress?.includes(':') ?? false;
    expect(share(isV6)).toBeGreaterThan(0.005);
    expect(share(isV6)).toBeLessThan(0.2);
  });

  it('a parent starts earlier, has the same user and contains the child', () => {
    const hasParent = ({ parentSessionId }: SessionObject): boolean => parentSessionId !== undefined;
    const isContained = (child: SessionObject): boolean => {
      const parent = world.at(world.find(child.parentSessionId ?? ''), NOON);
      return (
        startOf(parent) < startOf(child) &&
        endOf(parent) >= endOf(child) &&
        parent.user?.username === child.user?.username &&
        parent.user?.formal?.endUser?.id === child.user?.formal?.endUser?.id &&
        ['kubernetes', 'mcp', 'multi'].includes(technologyOf(parent)) &&
        parent.parentSessionId === undefined
      );
    };
    const isWithin = (session: SessionObject): boolean =>
      hasParent(session) && world.find(session.parentSessionId ?? '') >= 0;
    expect(breaking(isWithin, isContained, 1000)).toEqual([]);
    expect(sessions.filter((session) => hasParent(session) && !isWithin(session)).length).toBeLessThan(5);
    expect(share(hasParent)).toBeGreaterThan(0.01);
    expect(share(hasParent)).toBeLessThan(0.02);
  });

  it('about 1 % are native users and 0.4 % pass a sidecar of the technology', () => {
    expect(share(({ user }) => user?.type === 'native')).toBeGreaterThan(0.008);
    expect(share(({ user }) => user?.type === 'native')).toBeLessThan(0.012);
    expect(share(({ sidecar }) => sidecar !== undefined)).toBeGreaterThan(0.003);
    expect(share(({ sidecar }) => sidecar !== undefined)).toBeLessThan(0.005);
    expect(
      breaking(
        ({ sidecar }) => sidecar !== undefined,
        (session) => session.sidecar?.technology === technologyOf(session),
      ),
    ).toEqual([]);
  });

  it('sessions without a user are probes or log-ins that went nowhere, and short', () => {
    const hasNoUser = ({ user }: SessionObject): boolean => user === undefined;
    expect(share(hasNoUser)).toBeGreaterThan(0.002);
    expect(share(hasNoUser)).toBeLessThan(0.02);
    expect(breaking((session) => session.resource === undefined, hasNoUser)).toEqual([]);
    expect(breaking(hasNoUser, ({ duration }) => duration === undefined || msOf(duration) <= 60_000)).toEqual(
      [],
    );
  });

  it('99 % of sessions last less than a working day, 1 % for hours', () => {
    const durations = sessions
      .flatMap(({ duration }) => duration ?? [])
      .map(msOf)
      .sort((a, b) => a - b);
    const p99 = durations[Math.floor(durations.length * 0.99)] ?? 0;
    expect(p99).toBeGreaterThan(2 * 3_600_000);
    expect(p99).toBeLessThan(9 * 3_600_000);
  });

  it('every technology of the directory is used', () => {
    const used = new Set(sessions.map(technologyOf));
    for (const { technology } of directory.resources) expect(used).toContain(technology);
  });
});
