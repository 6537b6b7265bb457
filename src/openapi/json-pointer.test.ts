import { describe, expect, it } from 'vitest';
import { canonicalPointer, joinPointer, parsePointer, valueAt } from './json-pointer.ts';

describe('JSON pointers', () => {
  it('escape and unescape slashes and tildes', () => {
    const pointer = joinPointer('#/paths', '/a~b');
    expect(pointer).toBe('#/paths/~1a~0b');
    expect(parsePointer(pointer)).toEqual(['paths', '/a~b']);
  });

  it('may be percent-escaped behind a hash, and are made equal', () => {
    expect(parsePointer('#/a%20b')).toEqual(['a b']);
    expect(canonicalPointer('#/paths/~1users~1%7Bid%7D')).toBe('#/paths/~1users~1{id}');
  });

  it('take a stray percent sign as it is', () => {
    expect(parsePointer('#/100%')).toEqual(['100%']);
  });

  it('find values of objects and lists, and nothing inherited', () => {
    const root = { a: [{ b: 1 }] };
    expect(valueAt(root, '#/a/0/b')).toBe(1);
    expect(valueAt(root, '#')).toBe(root);
    expect(valueAt(root, '#/a/01')).toBeUndefined();
    expect(valueAt(root, '#/toString')).toBeUndefined();
    expect(valueAt(root, '#/a/length')).toBeUndefined();
  });

  it('throw for a text that is none', () => {
    expect(() => parsePointer('a/b')).toThrow(RangeError);
  });
});
