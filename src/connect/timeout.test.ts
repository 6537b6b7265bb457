import { describe, expect, it } from 'vitest';
import { parseConnectTimeout, parseGrpcTimeout } from './timeout.ts';

describe('parseConnectTimeout', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['5000', 5000],
    ['+5', 5],
    ['-1', -1],
    ['9999999999', 9999999999],
  ])('reads %s as %s ms', (header, timeoutMs) => {
    expect(parseConnectTimeout(header)).toBe(timeoutMs);
  });

  it.each([
    ['1.5', 'parse timeout: strconv.ParseInt: parsing "1.5": invalid syntax'],
    ['a"b', 'parse timeout: strconv.ParseInt: parsing "a\\"b": invalid syntax'],
    ['99999999999', 'parse timeout: "99999999999" has >10 digits'],
  ])('refuses %s', (header, message) => {
    expect(() => parseConnectTimeout(header)).toThrow(message);
  });
});

describe('parseGrpcTimeout', () => {
  it.each([
    [undefined, undefined],
    ['1S', 1_000],
    ['12345678m', 12_345_678],
    ['2M', 120_000],
    ['500u', 0.5],
    ['0n', 0],
    ['-0S', 0],
    ['2562047H', 2_562_047 * 3_600_000],
    ['2562048H', undefined],
  ])('reads %s as %s ms', (header, timeoutMs) => {
    expect(parseGrpcTimeout(header)).toBe(timeoutMs);
  });

  it.each([
    ['1x', "protocol error: timeout has invalid unit 'x'"],
    ['S', 'protocol error: invalid timeout "S"'],
    ['-1S', 'protocol error: invalid timeout "-1S"'],
    ['99999999999999999999S', 'protocol error: invalid timeout "99999999999999999999S"'],
    ['123456789m', 'protocol error: timeout "123456789m" is too long'],
  ])('refuses %s', (header, message) => {
    expect(() => parseGrpcTimeout(header)).toThrow(message);
  });
});
