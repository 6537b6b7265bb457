import { ConnectError } from '../../../src/connect/connect-error.ts';
import type { Defect } from './defect.ts';
import { API_KEY, json, type WireResponse } from './honest-server.ts';

const refused = (status: number, code: string): WireResponse => json(status, { code, message: 'no' });

/** Keys, methods, media types and encodings. */
export const ACCESS_DEFECTS: readonly Defect[] = [
  {
    name: 'auth off',
    fails: ['auth/no-key', 'auth/empty-key', 'auth/wrong-key', 'auth/near-miss-keys', 'auth/key-in-query'],
    steps: () => ({ acceptsKey: () => true }),
  },
  {
    name: 'any key accepted',
    fails: ['auth/wrong-key', 'auth/near-miss-keys'],
    steps: () => ({ acceptsKey: (key) => (key ?? '') !== '' }),
  },
  {
    name: 'empty key accepted',
    fails: ['auth/empty-key'],
    steps: () => ({ acceptsKey: (key) => key === '' || key === API_KEY }),
  },
  {
    name: 'prefix of the key accepted',
    fails: ['auth/near-miss-keys'],
    steps: () => ({ acceptsKey: (key) => (key ?? '') !== '' && API_KEY.startsWith(key ?? '') }),
  },
  {
    name: 'key compared without case',
    fails: ['auth/near-miss-keys'],
    steps: () => ({ acceptsKey: (key) => key?.toLowerCase() === API_KEY.toLowerCase() }),
  },
  {
    name: 'key taken from the query string',
    fails: ['auth/key-in-query'],
    steps: () => ({
      readKey: ({ headers, query }) => headers['x-api-key'] ?? query.get('api_key') ?? undefined,
    }),
  },
  {
    name: '403 for 401',
    fails: ['auth/no-key', 'auth/wrong-key'],
    steps: (honest) => ({
      refuse: (error, request) =>
        error.code === 'unauthenticated' ? refused(403, 'permission_denied') : honest.refuse(error, request),
    }),
  },
  {
    name: 'another status for a key that is nearly right',
    fails: ['auth/refusals-uniform', 'auth/near-miss-keys'],
    steps: (honest) => ({
      refuse: (error, request) =>
        error.code === 'unauthenticated' && (request.headers['x-api-key'] ?? '').startsWith('test-key')
          ? refused(403, 'permission_denied')
          : honest.refuse(error, request),
    }),
  },
  {
    name: 'sessions inside a 401',
    fails: ['auth/no-key', 'auth/wrong-key'],
    steps: (honest) => ({
      refuse: (error, request) =>
        error.code === 'unauthenticated'
          ? json(401, { code: 'unauthenticated', sessions: honest.sessions.slice(0, 2) })
          : honest.refuse(error, request),
    }),
  },
  {
    name: 'key echoed in the message',
    fails: ['auth/key-never-echoed'],
    steps: (honest) => ({
      refuse: (error, request) =>
        honest.refuse(
          new ConnectError(error.code, `${error.message} for ${request.headers['x-api-key']}`),
          request,
        ),
    }),
  },
  {
    name: 'key echoed in a header, in base64',
    fails: ['auth/key-never-echoed'],
    steps: () => ({
      finish: (response) => ({
        ...response,
        headers: { ...response.headers, 'x-debug': Buffer.from(`k=${API_KEY}`).toString('base64') },
      }),
    }),
  },
  {
    name: 'key header read in one spelling only',
    fails: ['auth/header-case'],
    steps: (honest) => ({
      intercept: ({ rawHeaders }) =>
        rawHeaders.some((name) => name.toLowerCase() === 'x-api-key' && name !== 'X-API-KEY')
          ? refused(401, 'unauthenticated')
          : undefined,
      readKey: honest.readKey,
    }),
  },
  {
    name: 'bearer accepted',
    observes: ['auth/bearer'],
    steps: (honest) => ({
      readKey: (request) =>
        honest.readKey(request) ?? request.headers['authorization']?.replace('Bearer ', ''),
    }),
  },
  {
    name: 'limited key gets 401',
    fails: ['auth/limited-key'],
    limitedKey: 'limited-key-123',
    steps: () => ({}),
  },
  {
    name: 'text/plain read as JSON',
    fails: ['protocol/wrong-media-type'],
    steps: () => ({
      transport: ({ headers }) => ({
        ...headers,
        'content-type':
          headers['content-type']?.startsWith('text/') === true
            ? 'application/json'
            : (headers['content-type'] ?? ''),
      }),
    }),
  },
  {
    name: 'missing media type read as JSON',
    fails: ['protocol/missing-media-type'],
    steps: () => ({ transport: ({ headers }) => ({ 'content-type': 'application/json', ...headers }) }),
  },
];
