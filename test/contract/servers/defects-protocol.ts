import { gzipSync } from 'node:zlib';
import type { Defect } from './defect.ts';
import { json, type WireRequest, type WireResponse } from './honest-server.ts';

const refused = (status: number, code: string): WireResponse => json(status, { code, message: 'no' });

function redirectFor(probeHeader: string): (request: WireRequest) => WireResponse | undefined {
  return ({ headers }) =>
    headers[probeHeader] === undefined
      ? undefined
      : { status: 302, headers: { location: '/elsewhere' }, body: '' };
}

/** Keys, methods, media types and encodings. */
export const PROTOCOL_DEFECTS: readonly Defect[] = [
  {
    name: 'charset refused',
    fails: ['protocol/charset'],
    steps: () => ({
      intercept: ({ headers }) =>
        (headers['content-type'] ?? '').includes('charset')
          ? { status: 415, headers: {}, body: '' }
          : undefined,
    }),
  },
  {
    name: 'any verb accepted',
    fails: ['protocol/foreign-verb'],
    steps: () => ({
      rewrite: (request) => ({ ...request, method: request.method === 'GET' ? 'GET' : 'POST' }),
    }),
  },
  {
    name: '415 without Accept-Post',
    fails: ['protocol/accept-post'],
    steps: () => ({
      wrap: (response) => (response.status === 415 ? { ...response, headers: {} } : response),
    }),
  },
  {
    name: '405 without Allow',
    fails: ['protocol/allow-header'],
    steps: () => ({
      wrap: (response) => (response.status === 405 ? { ...response, headers: {} } : response),
    }),
  },
  {
    name: 'single-page application answers everything',
    fails: [
      'protocol/unknown-rpc',
      'protocol/foreign-verb',
      'protocol/success-is-200-json',
      'protocol/one-json-value',
    ],
    steps: () => ({
      wrap: (response) =>
        [404, 405].includes(response.status)
          ? { status: 200, headers: { 'content-type': 'text/html' }, body: '<html></html>' }
          : response,
    }),
  },
  {
    name: 'any path is the RPC',
    fails: ['protocol/unknown-rpc'],
    steps: () => ({ rewrite: (request) => ({ ...request, path: request.path.replace('NoSuchThing', '') }) }),
  },
  {
    name: '201 for 200',
    fails: ['protocol/success-is-200-json'],
    steps: () => ({
      wrap: (response) => (response.status === 200 ? { ...response, status: 201 } : response),
    }),
  },
  {
    name: 'page declared as text',
    fails: ['protocol/success-is-200-json'],
    steps: () => ({
      finish: (response) => ({ ...response, headers: { ...response.headers, 'content-type': 'text/plain' } }),
    }),
  },
  {
    name: 'GET refused',
    fails: ['protocol/get-equals-post'],
    steps: () => ({
      intercept: ({ method }) =>
        method === 'GET' ? { status: 405, headers: { allow: 'POST' }, body: '' } : undefined,
    }),
  },
  {
    name: 'GET ignores its message',
    fails: ['protocol/get-equals-post'],
    steps: () => ({
      rewrite: (request) =>
        request.method === 'GET'
          ? { ...request, query: new URLSearchParams({ encoding: 'json', message: '{"limit":2}' }) }
          : request,
    }),
  },
  {
    name: 'gzip request not understood',
    fails: ['protocol/gzip-request'],
    steps: () => ({
      rewrite: (request) => ({
        ...request,
        headers: {
          ...request.headers,
          'content-encoding':
            request.headers['content-encoding'] === 'gzip'
              ? 'identity'
              : (request.headers['content-encoding'] ?? 'identity'),
        },
      }),
    }),
  },
  {
    name: 'gzip declared but not applied',
    fails: ['protocol/encoding-declared', 'protocol/gzip-response'],
    steps: () => ({
      finish: (response) =>
        response.headers['content-encoding'] === 'gzip' ? { ...response, body: 'not gzip at all' } : response,
    }),
  },
  {
    name: 'gzip applied but not declared',
    fails: ['protocol/encoding-declared', 'protocol/one-json-value'],
    steps: () => ({
      finish: (response) => ({
        ...response,
        headers: { ...response.headers, 'content-encoding': 'identity' },
        body: response.headers['content-encoding'] === 'gzip' ? response.body : gzipSync(response.body),
      }),
    }),
  },
  {
    name: 'unknown compression ignored',
    fails: ['protocol/unknown-encoding'],
    steps: () => ({
      rewrite: (request) =>
        request.headers['content-encoding'] === 'zz-unknown'
          ? { ...request, headers: { ...request.headers, 'content-encoding': 'identity' } }
          : request,
    }),
  },
  {
    name: 'corrupt gzip crashes',
    fails: ['protocol/corrupt-gzip', 'errors/no-server-error'],
    steps: (honest) => ({
      refuse: (error, request) =>
        request.headers['content-encoding'] === 'gzip'
          ? refused(500, 'internal')
          : honest.refuse(error, request),
    }),
  },
  {
    name: 'protocol version refused',
    fails: ['protocol/version-1'],
    steps: () => ({
      intercept: ({ headers }) =>
        headers['connect-protocol-version'] === '1' ? refused(400, 'invalid_argument') : undefined,
    }),
  },
  {
    name: 'any protocol version accepted',
    fails: ['protocol/version-2'],
    steps: () => ({
      rewrite: (request) => ({
        ...request,
        headers: { ...request.headers, 'connect-protocol-version': '1' },
      }),
    }),
  },
  {
    name: 'timeout header refused',
    fails: ['protocol/timeout-accepted'],
    steps: () => ({
      intercept: ({ headers }) =>
        headers['connect-timeout-ms'] === '10000' ? refused(400, 'invalid_argument') : undefined,
    }),
  },
  {
    name: 'timeout header never read',
    fails: ['protocol/timeout-malformed'],
    steps: () => ({
      rewrite: (request) => ({ ...request, headers: { ...request.headers, 'connect-timeout-ms': '1' } }),
    }),
  },
  {
    name: 'version header of the SDK refused',
    fails: ['protocol/api-version'],
    steps: () => ({
      intercept: ({ headers }) =>
        headers['x-formal-api-version'] === undefined ? undefined : refused(400, 'invalid_argument'),
    }),
  },
  {
    name: 'redirects one request',
    fails: ['protocol/no-redirect', 'protocol/api-version'],
    steps: () => ({ intercept: redirectFor('x-formal-api-version') }),
  },
  {
    name: 'binary page with two field numbers swapped',
    fails: ['protocol/binary-equals-json'],
    steps: () => ({
      finish: (response) =>
        response.headers['content-type'] === 'application/proto'
          ? { ...response, body: Buffer.from([0x0a, 0x05, 0x12, 0x03, 0x61, 0x62, 0x63]) }
          : response,
    }),
  },
  {
    name: 'binary refused',
    fails: ['protocol/binary-equals-json'],
    steps: () => ({
      intercept: ({ headers }) =>
        headers['content-type'] === 'application/proto' ? { status: 415, headers: {}, body: '' } : undefined,
    }),
  },
  {
    name: 'binary errors are binary',
    fails: ['protocol/binary-error-is-json', 'errors/media-type'],
    steps: (honest) => ({
      refuse: (error, request) =>
        request.headers['content-type'] === 'application/proto'
          ? { status: 400, headers: { 'content-type': 'application/proto' }, body: Buffer.from([8, 3]) }
          : honest.refuse(error, request),
    }),
  },
  {
    name: 'binary errors are 500',
    fails: ['protocol/binary-error-survived', 'protocol/binary-error-is-json'],
    steps: (honest) => ({
      refuse: (error, request) =>
        request.headers['content-type'] === 'application/proto'
          ? refused(500, 'internal')
          : honest.refuse(error, request),
    }),
  },
];
