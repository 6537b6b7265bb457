import { describe, expect, it } from 'vitest';
import { ConnectError } from './connect-error.ts';
import { errorTrailers, percentEncode, trailersToBlock } from './grpc-status.ts';

describe('grpc-message', () => {
  it.each([
    ['plain text ~', 'plain text ~'],
    ['bäd 100%\n<x>', 'b%C3%A4d 100%25%0A<x>'],
    ['', ''],
  ])('%j is sent as %j', (message, encoded) => {
    expect(percentEncode(message)).toBe(encoded);
  });

  it('is cut at 8 kB, which every client takes', () => {
    expect(percentEncode('x'.repeat(100_000))).toHaveLength(8 * 1024);
  });
});

describe('trailers', () => {
  it('have no details where there are none', () => {
    expect(errorTrailers(new ConnectError('not_found', 'gone', { headers: { 'x-a': '1' } }))).toEqual({
      'x-a': '1',
      'grpc-status': '5',
      'grpc-message': 'gone',
    });
  });

  it('are sorted lines in gRPC-Web', () => {
    const block = trailersToBlock({ 'grpc-status': '0', 'X-B': ['2', '1'], a: 'x' });
    expect(block.toString()).toBe('a: x\r\ngrpc-status: 0\r\nx-b: 2\r\nx-b: 1\r\n');
  });
});
