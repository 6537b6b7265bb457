import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileSessionQuery } from '../../src/query/compile-session-query.ts';
import { listSessions } from '../../src/sessions/list-sessions.ts';
import { fixtureWorld, NOON } from '../determinism/fixture-world.ts';
import { queryText } from '../query/query-texts.ts';
import { queryOver } from './listings.ts';
import { idsOnPages, sessionsOf } from './model.ts';

const HOUR = 3_600_000;
const world = fixtureWorld({ scenario: 'scaleup', count: 2500 });
const sessions = sessionsOf(world, NOON);

function listed(query: string, now = NOON): readonly string[] {
  const page = listSessions({ limit: 100_000, query, sortBy: '-start_time' }, world, { now });
  return idsOnPages([page], world);
}

function filtered(query: string, now = NOON): readonly string[] {
  const { matches } = compileSessionQuery(query, { now });
  return sessions.filter((session) => matches(session)).map(({ id = '' }) => id);
}

describe('a query selects the sessions that match as objects', () => {
  it.each([
    ['of clauses with values of the world', queryOver(sessions), 150],
    ['of every form', queryText, 100],
  ])('%s', (_, text, numRuns) => {
    fc.assert(
      fc.property(text, (query) => {
        expect(listed(query)).toEqual(filtered(query));
      }),
      { numRuns, seed: 23 },
    );
  });

  it('also by a parent from before the first session shown', () => {
    const child = sessions.find(({ parentSessionId = '' }) => world.find(parentSessionId) !== -1);
    const { id = '', parentSessionId = '' } = child ?? {};
    const hidden = world.find(parentSessionId) + 1;
    const shorter = fixtureWorld({ scenario: 'scaleup', count: sessions.length - hidden });
    expect([shorter.find(parentSessionId), shorter.find(id)]).toEqual([-1, world.find(id) - hidden]);
    const ids = (query: string, sortBy = '') =>
      idsOnPages([listSessions({ limit: 100_000, query, sortBy }, shorter, { now: NOON })], shorter);
    expect(ids(`parent_session_id:${parentSessionId}`)).toContain(id);
    expect(ids('parent_session_id:*')).toContain(id);
    expect(ids('parent_session_id:session_*')).toContain(id);
    expect(ids('NOT parent_session_id:*')).not.toContain(id);
    expect(ids('', '-parent_session_id')[0]).toBe(id);
  });
});

describe('relative dates', () => {
  it('follow the clock from one listing to the next', () => {
    const query = 'start_time:>now-1h';
    const [early, late] = [listed(query, NOON - 2 * HOUR), listed(query, NOON)];
    expect(early.length).toBeGreaterThan(10);
    expect(late).toEqual(filtered(query));
    expect(late.filter((id) => early.includes(id))).toEqual([]);
  });

  it('stand still within one walk', () => {
    const query = 'start_time:[now-2h/h TO now-1h]';
    const first = listSessions({ limit: 5, query }, world, { now: NOON });
    const { nextCursor: cursor = '' } = first.listMetadata;
    const rest = listSessions({ limit: 100_000, query, cursor }, world, { now: NOON + 5 * HOUR });
    expect(idsOnPages([first, rest], world)).toEqual(filtered(query).toReversed());
    expect(rest.indices.length).toBeGreaterThan(5);
  });
});

describe('time bounds of a query', () => {
  it.each([
    ['start_time:>=T', 0, true],
    ['start_time:>T', 0, false],
    ['start_time:[T TO *]', 0, true],
    ['start_time:{T TO *]', 0, false],
    ['start_time:<T', -1, true],
    ['start_time:<=T', 0, true],
  ])('%s counts its bound as it is written', (pattern, offset, isIn) => {
    const { id = '', startTime = '' } = sessions[1000] ?? {};
    const at = new Date(Date.parse(startTime) - offset).toISOString();
    expect(listed(pattern.replace('T', at)).includes(id)).toBe(isIn);
  });

  it('and the window of the request both hold', () => {
    const [low, high] = [sessions[500]?.startTime, sessions[900]?.startTime];
    const page = listSessions(
      {
        limit: 1000,
        query: `start_time:>=${low}`,
        startTimestamp: '2000-01-01T00:00:00Z',
        endTimestamp: high ?? '',
      },
      world,
      { now: NOON },
    );
    expect(idsOnPages([page], world).toReversed()).toEqual(sessions.slice(500, 900).map(({ id }) => id));
  });
});
