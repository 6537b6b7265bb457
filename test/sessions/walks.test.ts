import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listSessions } from '../../src/sessions/list-sessions.ts';
import type { World } from '../../src/world/world.ts';
import { fixtureWorld, NOON } from '../determinism/fixture-world.ts';
import { listingOver } from './listings.ts';
import { expectedIds, idsOnPages, sessionsOf, walkWorld } from './model.ts';

const HOUR = 3_600_000;

/** A day of a small organisation: gaps, parents, open and closed sessions. */
const quiet = fixtureWorld({ count: 250 });

/** A rush in which most sessions share their millisecond with another. */
const crowded = fixtureWorld({ scenario: 'stress', change: { scale: 10_000 }, count: 250 });

function tiesOf(world: World): number {
  const starts = sessionsOf(world, NOON).map(({ startTime }) => startTime);
  return starts.filter((start, index) => start === starts[index - 1]).length;
}

it('the crowded world has ties everywhere', () => {
  expect(tiesOf(crowded)).toBeGreaterThan(70);
});

const limits = fc.array(fc.oneof(fc.integer({ min: 7, max: 40 }), fc.integer({ min: 1, max: 300 })), {
  minLength: 1,
  maxLength: 3,
});

/** How far the clock moves from one page to the next. */
const stepMs = fc.constantFrom(0, 1, 250, 60_000, 5 * HOUR);

describe.each([
  ['a quiet world', quiet],
  ['a world of equal milliseconds', crowded],
])('500 walks at random through %s', (_, world) => {
  const sessions = sessionsOf(world, NOON);

  it('give what one big page gives, each session once and in order, while the clock moves on', () => {
    fc.assert(
      fc.property(listingOver(sessions), limits, stepMs, (listing, pageLimits, step) => {
        const pages = walkWorld(world, listing, {
          limits: pageLimits,
          clock: (page) => NOON + page * step,
        });
        const whole = listSessions({ ...listing, limit: 100_000 }, world, { now: NOON });
        const ids = idsOnPages(pages, world);
        expect(ids).toEqual(idsOnPages([whole], world));
        expect(ids).toEqual(expectedIds(sessions, listing, NOON));
        expect(whole.listMetadata.nextCursor).toBeUndefined();
        expect(pages.slice(1).every(({ indices }) => indices.length > 0)).toBe(true);
        expect(pages.every(({ now }) => now === NOON)).toBe(true);
      }),
      { numRuns: 500, seed: 11 },
    );
  });
});
