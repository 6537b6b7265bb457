import { describe, expect, it } from 'vitest';
import { decodeQueryBase64, parseQuery } from './query-parameters.ts';

describe('parseQuery', () => {
  it.each([
    ['/a', undefined],
    ['/a?message=1+2%2B', '1 2+'],
    ['/a?message=1&message=2', '1'],
    ['/a?m%65ssage=1', '1'],
    ['/a?message', ''],
    ['/a?message=1;x=2', undefined],
    ['/a?message=%zz', undefined],
    ['/a?&&message=1&', '1'],
  ])('reads message from %s', (url, message) => {
    expect(parseQuery(url).get('message')?.toString()).toBe(message);
  });

  it('keeps bytes that are no text', () => {
    expect(parseQuery('/a?message=%ff%00').get('message')).toEqual(Buffer.from([0xff, 0]));
  });
});

describe('decodeQueryBase64', () => {
  it.each(['CAE', 'CAE=', 'C\nAE\n'])('decodes %j', (text) => {
    expect(decodeQueryBase64(Buffer.from(text))).toEqual(Buffer.from([8, 1]));
  });

  it('takes a length that is a multiple of four, line breaks counted, for padded', () => {
    expect(() => decodeQueryBase64(Buffer.from('CA\nE'))).toThrow('read message: unexpected EOF');
  });

  it.each([
    ['C', 0],
    ['CA==CAE=', 4],
    ['CA=E', 2],
    ['CA*E', 2],
    ['CAESA', 0],
    ['+/+/', 0],
  ])('refuses %s', (text, at) => {
    expect(() => decodeQueryBase64(Buffer.from(text))).toThrow(
      `read message: illegal base64 data at input byte ${at}`,
    );
  });
});
