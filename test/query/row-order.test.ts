import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPlanBinder } from '../../src/query/bound-plan.ts';
import { createSessionComparator } from '../../src/query/compare-sessions.ts';
import { compileSessionQuery } from '../../src/query/compile-session-query.ts';
import type { OrderedRow } from '../../src/query/ordered-row.ts';
import { parseSort } from '../../src/query/parse-sort.ts';
import { createQueryCache } from '../../src/query/query-cache.ts';
import { bindOrder } from '../../src/query/row-order.ts';
import { SESSION_FIELDS } from '../../src/query/session-fields.ts';
import { createSyntheticWorld } from './synthetic-world.ts';

const world = createSyntheticWorld(900);
const binder = createPlanBinder(world);
const sortable = SESSION_FIELDS.filter(({ isList }) => isList !== true).map(({ path }) => path);
const sortText = fc
  .array(
    fc.tuple(fc.constantFrom('', '-', '+'), fc.constantFrom(...sortable)).map((parts) => parts.join('')),
    { minLength: 1, maxLength: 2 },
  )
  .map((items) => items.join(','));

test('pages over columns, one after the other, are the sessions in the order of the comparator', () => {
  fc.assert(
    fc.property(
      sortText,
      fc.constantFrom('', 'technology:postgres', 'duration:>1', 'nosuch:1'),
      (sort, query) => {
        const keys = parseSort(sort);
        const compiled = compileSessionQuery(query);
        const plan = binder.bind(compiled.plan);
        const order = bindOrder(keys, world);
        const expected = world.documents.filter(compiled.matches).toSorted(createSessionComparator(keys));
        const rows: number[] = [];
        const mask = new Uint8Array(350);
        let after: OrderedRow | undefined;
        do {
          const top = order.createTop(after === undefined ? { limit: 97 } : { limit: 97, after });
          for (const block of world.blocks) {
            plan.select(block, mask, world.now);
            top.add(block, mask, world.now);
          }
          const page = top.rows();
          rows.push(...page.map(({ index }) => index));
          after = page.at(-1);
        } while (after !== undefined && rows.length <= world.length);
        expect(rows.map((row) => world.idAt(row))).toEqual(expected.map(({ id }) => id));
      },
    ),
    { numRuns: 60, seed: 8 },
  );
});

test('orders by start or id are those of the world itself', () => {
  const natural = (sort: string): string | undefined => bindOrder(parseSort(sort), world).natural;
  expect([natural(''), natural('start_time'), natural('id'), natural('-start_time')]).toEqual([
    'reverse',
    'reverse',
    'reverse',
    'world',
  ]);
  expect([natural('email'), natural('start_time,-id')]).toEqual([undefined, undefined]);
});

test('a query is compiled once for its text, settings and data; one with relative dates at every call', () => {
  const cache = createQueryCache();
  const get = (text: string, now: number, dataVersion = 'v1') =>
    cache.get({ text, options: { now }, binder, dataVersion });
  expect(get('technology:ssh', 1e12)).toBe(get('technology:ssh', 2e12));
  expect(get('technology:ssh', 1e12, 'v2')).not.toBe(get('technology:ssh', 1e12));
  const [early, late] = [get('start_time:>now-1h', 1e12), get('start_time:>now-1h', 2e12)];
  expect([early.plan.timeRange.from, late.plan.timeRange.from]).toEqual(
    [1e12 - 3_600_000, 2e12 - 3_600_000].map((ms) => expect.closeTo(ms, 1)),
  );
  expect(early.query.tree).toBe(late.query.tree);
});

test('the query used longest ago leaves the cache after 256 others', () => {
  const cache = createQueryCache();
  const get = (text: string) => cache.get({ text, options: {}, binder, dataVersion: 'v1' });
  const [first, second] = [get('id:a'), get('id:b')];
  for (let number = 0; number < 255; number += 1) {
    get(`id:${number}`);
    get('id:a');
  }
  expect(get('id:a')).toBe(first);
  expect(get('id:b')).not.toBe(second);
});

test('a query that no entry of a dictionary can match is empty before any row is looked at', () => {
  expect(binder.bind(compileSessionQuery('technology:cobol duration:>1').plan).isEmpty).toBe(true);
  expect(binder.bind(compileSessionQuery('technology:cobol OR duration:>1').plan).isEmpty).toBe(false);
  expect(binder.bind(compileSessionQuery('id:session_nosuch').plan).isEmpty).toBe(true);
});

test('a wildcard that no id can fit does not look at ids, and too many that can are refused', () => {
  const shaped = createPlanBinder({
    ...world,
    idShape: [...'session_', ...new Array<string>(6).fill('0123456789')],
    idAt: () => {
      throw new Error('an id was looked at');
    },
  });
  const mask = new Uint8Array(350);
  for (const text of ['prod*', '*z*', '/.*x.*/', 'id:"session-"*']) {
    for (const block of world.blocks)
      shaped.bind(compileSessionQuery(`id:${text.replace('id:', '')}`).plan).select(block, mask, world.now);
  }
  const plan = shaped.bind(compileSessionQuery('id:*7*').plan);
  expect(() => world.blocks.map((block) => plan.select(block, mask, world.now))).toThrow(
    'an id was looked at',
  );
  expect(() => binder.bind(compileSessionQuery('id:*1* OR id:*2* OR id:*3*').plan)).toThrow(
    /unsupported: more than 2 wildcards/,
  );
});
