import { describe, expect, it } from 'vitest';
import { listSessions } from '../../src/sessions/list-sessions.ts';
import type { World } from '../../src/world/world.ts';
import { fixtureWorld, NOON } from '../determinism/fixture-world.ts';

const DAY = 86_400_000;

/** A world that counts the rows and ids it is asked for. */
function counted(world: World): { readonly world: World; readonly work: () => number } {
  let work = 0;
  const counting: World = {
    ...world,
    idAt: (index) => {
      work += 1;
      return world.idAt(index);
    },
    find: (id) => {
      work += 1;
      return world.find(id);
    },
    *scan(range) {
      for (const block of world.scan(range)) {
        work += block.length;
        yield block;
      }
    },
  };
  return { world: counting, work: () => work };
}

/** Work of a first page and of the next one, from a depth into the world. */
function workOf(source: World, endTimestamp: string, query = ''): number {
  const { world, work } = counted(source);
  const listing = { limit: 100, endTimestamp, query };
  const first = listSessions(listing, world, { now: NOON });
  expect(first.indices).toHaveLength(100);
  const { nextCursor = '' } = first.listMetadata;
  const next = listSessions({ ...listing, cursor: nextCursor }, world, { now: NOON });
  expect(next.indices).toHaveLength(100);
  return work();
}

const small = fixtureWorld({ days: 30 });
const large = fixtureWorld({ scenario: 'stress', days: 90 });

describe('a page', () => {
  it('costs the same with ten thousand sessions as with a hundred million', () => {
    const now = new Date(NOON).toISOString();
    expect(small.count(NOON)).toBeGreaterThan(1e4);
    expect(large.count(NOON)).toBeGreaterThan(0.9e8);
    expect(workOf(small, now)).toBe(workOf(large, now));
  });

  it.each([0, 1, 30, 60, 89])('costs the same %d days deep', (days) => {
    const shallow = workOf(large, new Date(NOON).toISOString());
    expect(workOf(large, new Date(NOON - days * DAY).toISOString())).toBe(shallow);
  });

  it('with a query stops soon after it has found enough', () => {
    const now = new Date(NOON).toISOString();
    expect(workOf(large, now, 'technology:postgres')).toBeLessThan(50_000);
  });

  it('of one id looks at one block, however large the world', () => {
    const { world, work } = counted(large);
    const id = large.idAt(54_321_098);
    const page = listSessions({ limit: 10, query: `id:${id}` }, world, { now: NOON });
    expect(page.indices).toEqual([54_321_098]);
    expect(work()).toBeLessThan(20);
  });

  it('of a window in the query looks at that window only', () => {
    const { world, work } = counted(large);
    const query = 'start_time:[2025-12-24T10:00:00Z TO 2025-12-24T10:00:10Z] AND status:completed';
    const page = listSessions({ limit: 100_000, query }, world, { now: NOON });
    expect(page.indices.length).toBeGreaterThan(20);
    expect(work()).toBeLessThan(2000);
  });
});
