import { expect, test } from 'vitest';
import { guardPattern } from './guard-pattern.ts';

test('a pattern that would take for ever does not match', () => {
  expect(guardPattern(/^(a+)+$/).test(`${'a'.repeat(60)}!`)).toBe(false);
});

test('a pattern with a repeated group still matches long texts', () => {
  const domain = guardPattern(/^([a-z0-9-]+\.)+[a-z]{2,}$/);
  expect(domain.test('a-rather-long-name-of-a-host.in.some.domain.example')).toBe(true);
  expect(domain.test('a-rather-long-name-of-a-host.in.some.domain.example!')).toBe(false);
});

test('a pattern without a repeated group is left alone', () => {
  const plain = /^[a-z]+$/;
  expect(guardPattern(plain)).toBe(plain);
});

test('guarded patterns can be told apart by their text', () => {
  expect(String(guardPattern(/^(ab)+$/u))).toBe('/^(ab)+$/u');
});
