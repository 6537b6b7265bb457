import { describe, expect, it } from 'vitest';
import { arrayText, SQL_DIALECTS, sortableTime } from './sql-dialect.ts';

const { postgres, mysql, sqlite } = SQL_DIALECTS;

describe('literals', () => {
  it('are NULL where a value is absent', () => {
    for (const { literal } of [postgres, mysql, sqlite]) expect(literal(undefined, 'text')).toBe('NULL');
  });

  it('double quotes, and backslashes where MySQL would read them', () => {
    expect(postgres.literal("it's \\", 'text')).toBe("'it''s \\'");
    expect(sqlite.literal("it's \\", 'text')).toBe("'it''s \\'");
    expect(mysql.literal("it's \\", 'text')).toBe("'it\\'s \\\\'");
  });

  it('write numbers bare', () => {
    for (const { literal } of [postgres, mysql, sqlite]) expect(literal('4.262', 'decimal')).toBe('4.262');
  });

  it('write instants as each database reads them', () => {
    expect(postgres.literal('2026-01-15T12:00:00Z', 'timestamp')).toBe("'2026-01-15T12:00:00Z'");
    expect(mysql.literal('2026-01-15T12:00:00.5Z', 'timestamp')).toBe("'2026-01-15 12:00:00.5'");
    expect(sqlite.literal('2026-01-15T12:00:00Z', 'timestamp')).toBe("'2026-01-15T12:00:00.000000Z'");
  });

  it('write lists as arrays or as JSON', () => {
    expect(postgres.literal(['a"b', 'c\\d', "e'f"], 'list')).toBe(`'{"a\\"b","c\\\\d","e''f"}'`);
    expect(sqlite.literal(['a"b'], 'list')).toBe(`'["a\\"b"]'`);
    expect(mysql.literal(['a"b'], 'list')).toBe(`'["a\\\\"b"]'`);
    expect(arrayText([])).toBe('{}');
  });

  it('replace NUL where a text cannot hold it', () => {
    expect(postgres.literal('a\0b', 'text')).toBe("'a\ufffdb'");
    expect(mysql.literal('a\0b', 'text')).toBe("'a\\0b'");
  });
});

it('names are quoted, quotes in them doubled', () => {
  expect(postgres.identifier('a"b')).toBe('"a""b"');
  expect(mysql.identifier('a`b')).toBe('`a``b`');
});

it('instants as text sort as they do in time', () => {
  const inTime = ['12:00:00Z', '12:00:00.001Z', '12:00:00.001002Z', '12:00:00.1Z', '12:00:01Z'];
  const texts = inTime.map((time) => sortableTime(`2026-01-15T${time}`));
  expect([...texts].sort()).toEqual(texts);
});
