import { describe, expect, test } from 'vitest';
import suite from '../../fixtures/query-cases.json' with { type: 'json' };
import { parseQuery } from './parse-query.ts';
import { QueryError } from './query-error.ts';

function errorOf(run: () => unknown): QueryError {
  try {
    run();
  } catch (error) {
    if (error instanceof QueryError) return error;
    throw error;
  }
  throw new Error('no QueryError was thrown');
}

describe('the grammar of Quickwit 0.9', () => {
  const cases = suite.cases.filter(({ kind }) => kind === 'syntax');
  test.for(cases)('$query: $note', ({ query, expect: expected }) => {
    if ('error' in expected) {
      expect(errorOf(() => parseQuery(query, { dialect: 'quickwit' })).kind).toBe(expected.error);
    } else expect(parseQuery(query, { dialect: 'quickwit' })).toEqual(expected);
  });
});
