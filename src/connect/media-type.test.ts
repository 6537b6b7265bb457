import { describe, expect, it } from 'vitest';
import { ACCEPT_POST, parseMediaType } from './media-type.ts';

describe('parseMediaType', () => {
  it.each([
    ['application/json', 'application/json'],
    ['APPLICATION/JSON', 'application/json'],
    [' application/json ', 'application/json'],
    ['application/json; ', 'application/json'],
    ['application/json;charset="UTF-8"', 'application/json; charset=utf-8'],
    ['application/json; charset =utf-8', 'application/json; charset=utf-8'],
    ['application/json; charset=utf-8; charset=utf-8', 'application/json; charset=utf-8'],
    ['Application/GRPC-Web+Proto', 'application/grpc-web+proto'],
  ])('reads %s', (contentType, name) => {
    expect(parseMediaType(contentType)?.name).toBe(name);
  });

  it.each([
    undefined,
    '',
    'text/json',
    'application//json',
    'application/json; charset=latin1',
    'application/json; foo=bar',
    'application/json; charset',
    'application/json;;charset=utf-8',
    'application/json, application/json',
    'application/proto; charset=utf-8',
    'application/grpc-web-text',
  ])('does not serve %s', (contentType) => {
    expect(parseMediaType(contentType)).toBeUndefined();
  });

  it('lists eleven types in Accept-Post, sorted', () => {
    const types = ACCEPT_POST.split(', ');
    expect(types).toHaveLength(11);
    expect(types).toEqual(types.toSorted());
  });
});
