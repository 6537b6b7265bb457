import { describe, expect, test } from 'vitest';
import { type CompileOptions, compileQuery } from './compile-query.ts';
import { parseQuery } from './parse-query.ts';
import type { Schema } from './schema-resolver.ts';

const schema: Schema = {
  raw: 'raw',
  lower: 'lowercase',
  text: 'default',
  blank: 'whitespace',
  n: 'number',
  'a.b\\.c.d': 'raw',
};

function matches(text: string, document: object, options: CompileOptions = {}): boolean {
  return compileQuery(parseQuery(text, options), schema, { unknown: 'error', ...options }).matches(document);
}

describe('text types', () => {
  test('lowercase compares the whole value without case, except in sets', () => {
    expect(matches('lower:"Ab C"', { lower: 'aB c' })).toBe(true);
    expect(matches('lower:AB*', { lower: 'abc' })).toBe(true);
    expect(matches('lower:b', { lower: 'a b' })).toBe(false);
    expect(matches('lower:IN [ABC]', { lower: 'ABC' })).toBe(false);
    expect(matches('lower:IN [abc]', { lower: 'ABC' })).toBe(true);
  });

  test('whitespace cuts at blanks and keeps case', () => {
    expect(matches('blank:O-Neil', { blank: 'Dave O-Neil' })).toBe(true);
    expect(matches('blank:o-neil', { blank: 'Dave O-Neil' })).toBe(false);
    expect(matches('blank:"Dave O-Neil"', { blank: 'Mr Dave O-Neil' })).toBe(true);
  });

  test('raw values over 255 bytes are found by range and presence only', () => {
    const raw = 'x'.repeat(256);
    expect(matches(`raw:${raw}`, { raw })).toBe(false);
    expect(matches('raw:x*', { raw })).toBe(false);
    expect(matches('raw:/x+/', { raw })).toBe(false);
    expect(matches('raw:>x', { raw })).toBe(true);
    expect(matches('raw:*', { raw })).toBe(true);
    expect(matches('raw:x*', { raw: raw.slice(1) })).toBe(true);
  });

  test('a pattern sees one token without case, or the whole value with it', () => {
    expect(matches('text:/AL.CE/', { text: 'Bob Alice' })).toBe(true);
    expect(matches('text:/bob alice/', { text: 'bob alice' })).toBe(false);
    expect(matches('raw:/al.ce/', { raw: 'Alice' })).toBe(false);
  });

  test('a quoted prefix is a prefix of the value, or a phrase with an open end', () => {
    expect(matches('raw:"us-"*', { raw: 'us-east' })).toBe(true);
    expect(matches('text:"us ea"*', { text: 'the us-east' })).toBe(true);
    expect(matches('text:"ea us"*', { text: 'the us-east' })).toBe(false);
  });
});

describe('documents', () => {
  test('an escaped dot is part of a key', () => {
    expect(matches('a.b\\.c.d:x', { a: { 'b.c': { d: 'x' } } })).toBe(true);
    expect(matches('a:*', { a: { 'b.c': { d: 'x' } } })).toBe(true);
  });

  test('null, empty lists and inherited keys are no values; lists of lists are entered', () => {
    expect(matches('raw:*', { raw: null })).toBe(false);
    expect(matches('raw:*', { raw: [] })).toBe(false);
    expect(matches('raw:*', Object.create({ raw: 'x' }) as object)).toBe(false);
    expect(matches('raw:x', { raw: ['y', ['x']] })).toBe(true);
  });

  test('every field of an object absent means the object is absent', () => {
    expect(matches('a:*', { a: { other: 1 } })).toBe(false);
  });
});

test('no single default field is an error for a range or pattern, one is enough', () => {
  expect(() => matches('>5', {}, { defaults: ['raw', 'text'] })).toThrow(
    /no_default_field: a range stands without a field/,
  );
  expect(matches('>5', { n: 6 }, { defaults: ['n'] })).toBe(true);
  expect(matches('-x', { raw: 'y', text: 'z' }, { defaults: ['raw', 'text'] })).toBe(true);
  expect(matches('-x', { raw: 'y', text: 'a x' }, { defaults: ['raw', 'text'] })).toBe(false);
});

test.for(['1e3', '+1000', '1000.0', '1000.'])('%s is the number 1000', (text) => {
  expect(matches(`n:${text}`, { n: 1000 })).toBe(true);
});

test.for(['0x10', 'Infinity', '1_000', '""', '.'])('n:%s is no number', (text) => {
  expect(() => matches(`n:${text}`, {})).toThrow(/bad_value/);
});

test('now is an instant or a mistake of the caller', () => {
  expect(() => matches('n:1', {}, { now: 'yesterday' })).toThrow(RangeError);
  expect(matches('n:1', { n: 1 }, { now: new Date(0) })).toBe(true);
});
