import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fixtureWorld, NOON } from '../../test/determinism/fixture-world.ts';
import type { SessionObject } from './session-object.ts';
import type { CODE_COLUMNS, World, WorldBlock } from './world.ts';

const world = fixtureWorld({ scenario: 'scaleup', days: 3 });
const size = world.count(NOON);

/** Session `first + row` as its block tells it. */
function sessionOf(from: World, block: WorldBlock, row: number): SessionObject {
  const part = (column: (typeof CODE_COLUMNS)[number]): SessionObject =>
    from.dictionary(column)[block.codes(column)[row] ?? 0] ?? {};
  const parent = block.parent[row] ?? -1;
  const end = block.end[row] ?? 0;
  const network = { ...part('clientIp').network, ...part('serverIp').network };
  const { user } = part('user');
  const { endUser } = part('endUser').user?.formal ?? {};
  return {
    id: from.idAt(block.first + row),
    startTime: new Date(block.start[row] ?? 0).toISOString().replace('.000Z', 'Z'),
    ...(end <= NOON && { endTime: new Date(end).toISOString().replace('.000Z', 'Z') }),
    sessionStatus: end <= NOON ? 'completed' : block.quiet[row] === 1 ? 'idle' : 'active',
    ...(Object.keys(network).length > 0 && { network }),
    ...part('sidecar'),
    ...(user && { user: { ...user, ...(endUser && { formal: { ...user.formal, endUser } }) } }),
    ...part('resource'),
    ...part('connector'),
    ...(parent !== -1 && { parentSessionId: from.idAt(parent) }),
  };
}

describe('scan', () => {
  it('tells in columns what at() tells in objects', () => {
    let rows = 0;
    for (const block of world.scan({ low: 5000, high: 17_000, descending: false })) {
      for (let row = 0; row < block.length; row += 3) {
        const { duration: _, ...session } = world.at(block.first + row, NOON);
        expect(sessionOf(world, block, row)).toEqual(session);
        rows++;
      }
    }
    expect(rows).toBeGreaterThan(3900);
  });

  it('covers any range once, in the order asked for', () => {
    const bounds = fc.tuple(fc.integer({ min: 0, max: size }), fc.integer({ min: 0, max: size }));
    fc.assert(
      fc.property(bounds, fc.boolean(), ([a, b], descending) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const blocks = [...world.scan({ low, high, descending })];
        const ascending = descending ? blocks.toReversed() : blocks;
        let next = low;
        for (const { first, length, start, end, quiet, parent } of ascending) {
          expect([first, start.length, end.length, quiet.length, parent.length]).toEqual([
            next,
            length,
            length,
            length,
            length,
          ]);
          expect(start[0]).toBe(world.startAt(first));
          next += length;
        }
        expect(next).toBe(high);
      }),
      { numRuns: 60 },
    );
  });

  it('names a parent before the lower edge as the session itself does', () => {
    const orphans = Array.from({ length: 40 }, (_, hour) =>
      orphansAt(NOON + hour * 3_600_000 + 1_800_000),
    ).flat();
    expect(orphans.length).toBeGreaterThan(0);
    for (const { named, told } of orphans) expect(named).toBe(told);
    expect(() => world.idAt(-1)).toThrow(RangeError);
    expect(() => world.idAt(-100_000)).toThrow(RangeError);
  });
});

/** The sessions whose parent lies before the lower edge of a world made at `now`. */
function orphansAt(now: number): readonly { readonly named: string; readonly told: string | undefined }[] {
  const cut = fixtureWorld({ scenario: 'scaleup', days: 0.01, now });
  return [...cut.scan({ low: 0, high: cut.count(now), descending: false })].flatMap((block) =>
    [...block.parent].flatMap((parent, row) =>
      parent < -1 ? [{ named: cut.idAt(parent), told: cut.at(block.first + row, now).parentSessionId }] : [],
    ),
  );
}
