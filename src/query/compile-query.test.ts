import { describe, expect, test } from 'vitest';
import suite from '../../fixtures/query-cases.json' with { type: 'json' };
import { type CompileOptions, compileQuery } from './compile-query.ts';
import { parseQuery } from './parse-query.ts';
import { QueryError } from './query-error.ts';
import type { Schema } from './schema-resolver.ts';

// The file is a fixture whose schema names only types of Schema; each is exercised by the cases.
const schema = suite.schema as Schema;

function run(
  query: string,
  given: CompileOptions,
): { readonly ids: readonly string[] } | { readonly error: string } {
  const options: CompileOptions = { dialect: 'quickwit', unknown: 'error', defaults: [], ...given };
  try {
    const compiled = compileQuery(parseQuery(query, options), schema, options);
    return { ids: suite.docs.filter((document) => compiled.matches(document)).map(({ id }) => id) };
  } catch (error) {
    if (error instanceof QueryError) return { error: error.kind };
    throw error;
  }
}

describe('what matches, field type by field type', () => {
  const cases = suite.cases.filter(({ kind }) => kind !== 'syntax');
  test.for(cases)('$query: $note', ({ query, options, expect: expected }) => {
    expect(run(query, (options ?? {}) as CompileOptions)).toEqual(expected);
  });
});
