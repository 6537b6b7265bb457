import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ClosedInterval, createPlanBinder } from '../../src/query/bound-plan.ts';
import { compileSessionQuery } from '../../src/query/compile-session-query.ts';
import { QueryError } from '../../src/query/query-error.ts';
import { queryText } from './query-texts.ts';
import { createSyntheticWorld, selectedRows } from './synthetic-world.ts';

const world = createSyntheticWorld(900);
const binder = createPlanBinder(world);

const starts = world.blocks.flatMap(({ start }) => [...start]);

function startOf(row: number): number {
  return starts[row] ?? Number.NaN;
}

function isWithin(value: number, { from, to }: ClosedInterval): boolean {
  return value >= from && value <= to;
}

test('the plan over columns selects the sessions that match as documents, and its limits leave none out', () => {
  let telling = 0;
  fc.assert(
    fc.property(queryText, fc.constantFrom('AND' as const, 'OR' as const), (text, defaultOperator) => {
      const query = compileSessionQuery(text, { now: world.now, defaultOperator });
      const plan = binder.bind(query.plan);
      const expected = world.documents.flatMap((document, row) => (query.matches(document) ? [row] : []));
      expect(selectedRows(world, plan.select)).toEqual(expected);
      telling += expected.length > 0 && expected.length < world.length ? 1 : 0;
      expect(plan.isEmpty && expected.length > 0).toBe(false);
      expect(expected.every((row) => isWithin(startOf(row), plan.timeRange))).toBe(true);
      expect(expected.every((row) => isWithin(row, plan.rowRange))).toBe(true);
    }),
    { numRuns: 500, seed: 4 },
  );
  expect(telling).toBeGreaterThan(200);
});

function rowsOf(text: string): readonly number[] {
  return selectedRows(world, binder.bind(compileSessionQuery(text, { now: world.now }).plan).select);
}

function without(rows: readonly number[]): readonly number[] {
  const taken = new Set(rows);
  return world.documents.map((_, row) => row).filter((row) => !taken.has(row));
}

test('OR is union, AND is intersection, NOT is complement, and De Morgan holds', () => {
  fc.assert(
    fc.property(queryText, queryText, (left, right) => {
      const [a, b] = [rowsOf(left), rowsOf(right)];
      const union = [...new Set([...a, ...b])].sort((x, y) => x - y);
      expect(rowsOf(`(${left}) OR (${right})`)).toEqual(union);
      expect(rowsOf(`(${left}) AND (${right})`)).toEqual(a.filter((row) => b.includes(row)));
      expect(rowsOf(`NOT (${left})`)).toEqual(without(a));
      expect(rowsOf(`NOT ((${left}) OR (${right}))`)).toEqual(rowsOf(`(NOT (${left})) AND (NOT (${right}))`));
    }),
    { numRuns: 150, seed: 5 },
  );
});

test('any text at all gives a tree of rows or a QueryError', () => {
  const alphabet = fc.constantFrom(
    ...'ab:"\'()[]{}*?~^+-\\/<>= \n\t\u00a0\u0000\ud800\u202e1.,|&!',
    'AND ',
    'OR ',
    'NOT ',
    'IN ',
    ' TO ',
  );
  fc.assert(
    fc.property(fc.array(alphabet, { maxLength: 24 }), (parts) => {
      try {
        rowsOf(parts.join(''));
      } catch (error) {
        if (!(error instanceof QueryError)) throw error;
        expect(error.message).not.toContain('\n');
      }
    }),
    { numRuns: 3000, seed: 6 },
  );
});
