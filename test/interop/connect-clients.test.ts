import type { Transport } from '@connectrpc/connect';
import * as node from '@connectrpc/connect-node';
import * as web from '@connectrpc/connect-web';
import { describe, expect, it } from 'vitest';
import { expectFailure, expectWalks, list, walk } from './connect-client.ts';
import { CERTIFICATE, FAILURES, useMock, walkInJson } from './use-mock.ts';

const used = useMock();

const TLS = { ca: CERTIFICATE };

/** Every transport of connect-es, by what it puts on the wire. */
const TRANSPORTS: readonly (readonly [string, () => Transport])[] = [
  ...(['1.1', '2'] as const).flatMap((httpVersion) =>
    [true, false].flatMap((useBinaryFormat) => {
      const form = `${useBinaryFormat ? 'binary' : 'JSON'} over HTTP/${httpVersion}`;
      const options = (): node.ConnectTransportOptions => ({
        baseUrl: used.http,
        httpVersion,
        useBinaryFormat,
      });
      return [
        [`Connect ${form}`, () => node.createConnectTransport(options())],
        [`Connect GET ${form}`, () => node.createConnectTransport({ ...options(), useHttpGet: true })],
        [`gRPC-Web ${form}`, () => node.createGrpcWebTransport(options())],
      ] as const;
    }),
  ),
  ...[true, false].map(
    (useBinaryFormat) =>
      [
        `gRPC ${useBinaryFormat ? 'binary' : 'JSON'} over HTTP/2`,
        () => node.createGrpcTransport({ baseUrl: used.http, useBinaryFormat }),
      ] as const,
  ),
  [
    'Connect with compressed requests',
    () =>
      node.createConnectTransport({
        baseUrl: used.http,
        httpVersion: '1.1',
        sendCompression: node.compressionGzip,
        compressMinBytes: 0,
      }),
  ],
  [
    'gRPC with compressed requests',
    () =>
      node.createGrpcTransport({
        baseUrl: used.http,
        sendCompression: node.compressionGzip,
        compressMinBytes: 0,
      }),
  ],
  ['gRPC over TLS', () => node.createGrpcTransport({ baseUrl: used.https, nodeOptions: TLS })],
  [
    'Connect over TLS and HTTP/1.1',
    () => node.createConnectTransport({ baseUrl: used.https, httpVersion: '1.1', nodeOptions: TLS }),
  ],
  ['connect-web JSON', () => web.createConnectTransport({ baseUrl: used.http })],
  ['connect-web binary', () => web.createConnectTransport({ baseUrl: used.http, useBinaryFormat: true })],
  ['connect-web GET', () => web.createConnectTransport({ baseUrl: used.http, useHttpGet: true })],
  ['connect-web gRPC-Web', () => web.createGrpcWebTransport({ baseUrl: used.http })],
];

describe.each(TRANSPORTS)('%s', (_, createTransport) => {
  it('walks 2 000 sessions and a filtered part of them, every field', () =>
    expectWalks(createTransport(), used));

  it('reads an empty page', async () => {
    const request = { limit: 1, query: 'session_status:nonsense' };
    expect(await list(createTransport(), request)).toEqual({ listMetadata: {} });
  });

  it.each(FAILURES)('reads $name', (failure) => expectFailure(createTransport(), failure));
});

it('gRPC over TLS walks all of 10 500 sessions', async () => {
  const transport = node.createGrpcTransport({ baseUrl: used.https, nodeOptions: TLS });
  const walked = await walk(transport, { limit: 1_000 });
  expect(walked).toHaveLength(10_500);
  expect(walked).toEqual(await walkInJson(used, {}));
});
