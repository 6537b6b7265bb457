import { describe, expect, it } from 'vitest';
import {
  CODES,
  codeFromGrpcStatus,
  codeFromHttpStatus,
  codeToGrpcStatus,
  codeToHttpStatus,
  isCode,
} from './code.ts';

describe('codes', () => {
  it('are sixteen, numbered 1 to 16 without a gap', () => {
    const codes = Object.keys(CODES).filter(isCode);
    expect(codes.map(codeToGrpcStatus)).toEqual(Array.from({ length: 16 }, (_, index) => index + 1));
    expect(codes.map((code) => codeFromGrpcStatus(codeToGrpcStatus(code)))).toEqual(codes);
  });

  it('are none for 0, 17 and names that only look like one', () => {
    expect([codeFromGrpcStatus(0), codeFromGrpcStatus(17)]).toEqual([undefined, undefined]);
    expect([isCode('toString'), isCode('INTERNAL')]).toEqual([false, false]);
  });

  it.each([
    ['canceled', 499],
    ['deadline_exceeded', 504],
    ['failed_precondition', 400],
    ['unimplemented', 501],
    ['unauthenticated', 401],
  ] as const)('%s is HTTP %i', (code, httpStatus) => {
    expect(codeToHttpStatus(code)).toBe(httpStatus);
  });

  it('follow from an HTTP status by gRPC\u2019s table, which is not the inverse', () => {
    const codes = [400, 401, 403, 404, 429, 502, 503, 504, 418].map(codeFromHttpStatus);
    expect(codes).toEqual([
      'internal',
      'unauthenticated',
      'permission_denied',
      'unimplemented',
      'unavailable',
      'unavailable',
      'unavailable',
      'unavailable',
      'unknown',
    ]);
  });
});
