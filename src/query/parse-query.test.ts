import { describe, expect, test } from 'vitest';
import suite from '../../fixtures/query-cases.json' with { type: 'json' };
import { parseQuery, parseQueryWithPositions } from './parse-query.ts';
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

describe('errors', () => {
  test.for([
    [
      'user:idp:formal:x',
      9,
      /unexpected ":" at character 9: expected a blank or the end of the query; a value with a colon must be quoted/,
    ],
    ['user:', 6, /the query ends at character 6: expected a value for "user"/],
    ['a AND', 3, /AND stands where a value belongs at character 3: .*plain space/],
    ['(a b', 5, /the bracket at character 1 is not closed/],
    ['n:[1 to 5]', 6, /expected TO between the ends of a range; write \[1 TO 5\]/],
    ['name:["a" TO b]', 7, /hold no blank, quote or bracket/],
    ['s:IN [x ]', 9, /no blank before the closing bracket/],
    ["don't", 4, /apostrophe must stand in double quotes/],
    ['say "hi', 5, /a " is not closed/],
    ['a^', 2, /expected a number after \^/],
    ['a\u00a0b', 2, /U\+00A0 is a no-break space, often left by copy and paste/],
    ['*\u00a0', 2, /no-break space/],
    ['a\u3000b', 2, /U\+3000 is not a plain space/],
  ] as const)(
    '%j is refused at character %d with what was expected and what to write',
    ([text, character, message]) => {
      const error = errorOf(() => parseQuery(text));
      expect(error).toMatchObject({ name: 'QueryError', kind: 'syntax', position: character - 1 });
      expect(error.message).toMatch(message);
    },
  );

  test('a long offending text is cut in the message', () => {
    const error = errorOf(() => parseQuery(`n:[1 to ${'x'.repeat(1000)}]`));
    expect(error.message.length).toBeLessThan(200);
  });
});

test('every node has its place in the text', () => {
  const { tree, positions } = parseQueryWithPositions('a:1 OR (b:2 AND NOT c:3)');
  const places = [...positions].map(([node, at]) => [JSON.stringify(node).slice(2, 6), at]);
  expect(positions.get(tree)).toBe(0);
  expect(places).toContainEqual(['term', 8]);
  expect(places).toContainEqual(['term', 20]);
});

test('a value followed by NOT and a colon is the field NOT', () => {
  const field = (text: string): unknown => parseQuery(text);
  expect(field('NOT :x')).toEqual({ term: { field: 'NOT', text: 'x', quote: 'none' } });
  expect(field('NOT\n-a:x')).toEqual({ term: { field: 'NOT\n-a', text: 'x', quote: 'none' } });
});
