import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MessageShape } from '../connect/message-shape.ts';
import { createMessageNumbers, exactInt64, roundedInt64 } from './message-numbers.ts';

test.each([
  ['0', 0],
  ['-9007199254740991', -9_007_199_254_740_991],
  ['9007199254740992', 2 ** 53],
  ['9007199254740993', '9007199254740993'],
  ['9223372036854775807', '9223372036854775807'],
  ['-9223372036854775808', -(2 ** 63)],
])('%s is read as %j', (text, value) => {
  expect(exactInt64(text)).toBe(value);
});

test('rounding gives the doubles next to an int64 on both sides', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (integer) => {
      const below = roundedInt64(String(integer), 'below');
      const above = roundedInt64(String(integer), 'above');
      expect(BigInt(below) <= integer && integer <= BigInt(above)).toBe(true);
      // Nothing lies between: the nearest double is one of them.
      expect([below, above]).toContain(Number(integer));
      expect(below === above).toBe(BigInt(below) === integer);
    }),
    { seed: 7 },
  );
});

test('numbers stand for texts wherever the document takes numbers, also in lists and messages', () => {
  const fields: MessageShape['fields'] = [
    { name: 'a', jsonName: 'a', repeated: false, type: 'int64', jsonNumbers: 'only' },
    { name: 'b', jsonName: 'b', repeated: true, type: 'int64', jsonNumbers: 'also' },
    { name: 'c', jsonName: 'c', repeated: false, type: 'int64' },
    {
      name: 'd',
      jsonName: 'd',
      repeated: false,
      get type(): MessageShape {
        return shape;
      },
    },
  ];
  const shape: MessageShape = { typeName: 'a.A', fields };
  const message = { a: '1', b: ['2', '3'], c: '4', d: { a: '9007199254740993', c: '5' } };
  expect(createMessageNumbers(shape)(message)).toEqual({
    a: 1,
    b: [2, 3],
    c: '4',
    d: { a: '9007199254740993', c: '5' },
  });
});
