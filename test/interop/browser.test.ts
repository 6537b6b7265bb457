import { createConnectTransport, createGrpcWebTransport } from '@connectrpc/connect-web';
import { describe, expect, it } from 'vitest';
import { createBrowserFetch } from './browser-fetch.ts';
import { expectFailure, expectWalks, list } from './connect-client.ts';
import { FAILURES, useMock } from './use-mock.ts';

const PAGE_ORIGIN = 'https://app.example';

const used = useMock({ cors: true });

const TRANSPORTS = [
  ['Connect JSON', createConnectTransport, {}],
  ['Connect binary', createConnectTransport, { useBinaryFormat: true }],
  ['Connect GET', createConnectTransport, { useHttpGet: true }],
  ['gRPC-Web', createGrpcWebTransport, {}],
] as const;

describe.each(TRANSPORTS)('a page of another origin, in %s', (_, createTransport, options) => {
  it('asks before it calls, walks 2 000 sessions and filters', async () => {
    const { fetch, preflights } = createBrowserFetch(PAGE_ORIGIN);
    await expectWalks(createTransport({ baseUrl: used.http, fetch, ...options }), used);
    expect(preflights[0]).toContain('x-api-key');
  });

  it.each(FAILURES)('reads $name', async (failure) => {
    const { fetch } = createBrowserFetch(PAGE_ORIGIN);
    await expectFailure(createTransport({ baseUrl: used.http, fetch, ...options }), failure);
  });
});

describe('without cors', () => {
  const closed = useMock({ cors: false });

  it('the browser keeps the answer from the page', async () => {
    const { fetch } = createBrowserFetch(PAGE_ORIGIN);
    const transport = createConnectTransport({ baseUrl: closed.http, fetch });
    await expect(list(transport, { limit: 1 })).rejects.toThrow(/CORS: the preflight is answered 405/);
  });
});
