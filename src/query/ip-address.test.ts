import { expect, test } from 'vitest';
import { addressKey } from './ip-address.ts';

test('a v4 address equals its v6-mapped form', () => {
  expect(addressKey('10.0.0.5')).toBe(addressKey('::ffff:10.0.0.5'));
  expect(addressKey('::ffff:a00:5')).toBe(addressKey('10.0.0.5'));
});

test('text order of keys is numeric order', () => {
  const keys = ['9.255.255.255', '10.0.0.2', '10.0.0.10', '2001:db8::1', '2001:db8::ff', 'ff00::'].map(
    addressKey,
  );
  expect(keys.toSorted()).toEqual(keys);
});

test.for(['::', '::1', '1::', '2001:db8:0:0:0:0:0:7', '1:2:3:4:5:6:7:8', '1:2:3:4:5:6:1.2.3.4'])(
  '%s is an address',
  (text) => {
    expect(addressKey(text)).toMatch(/^[0-9a-f]{32}$/);
  },
);

test.for([
  '',
  '10.0.0',
  '10.0.0.256',
  '10.0.0.05',
  '10.0.0.0/24',
  '1:2:3:4:5:6:7',
  '1:2:3:4:5:6:7:8:9',
  '1::2::3',
  ':::',
  '12345::',
  '1:2:3:4:5:6:7::8',
  'g::',
  '1.2.3.4::',
])('%j is no address', (text) => {
  expect(addressKey(text)).toBeUndefined();
});
