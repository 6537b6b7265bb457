import { create, toJson } from '@bufbuild/protobuf';
import { Code, ConnectError, type Transport } from '@connectrpc/connect';
import * as node from '@connectrpc/connect-node';
import * as web from '@connectrpc/connect-web';
import { describe, expect, it } from 'vitest';
import { API_KEY } from '../wire/stand-in.ts';
import { CERTIFICATE, useStandIn, WORLD } from './one-port-stand-in.ts';
import { LIST_METHOD, REQUEST, RESPONSE } from './sessions-descriptor.ts';

const origin = useStandIn();

const TLS = { ca: CERTIFICATE.cert };

/** Every transport of connect-es, by what it puts on the wire. */
const TRANSPORTS: readonly (readonly [string, () => Transport])[] = [
  ...(['1.1', '2'] as const).flatMap((httpVersion) =>
    [true, false].flatMap((useBinaryFormat) => {
      const form = `${useBinaryFormat ? 'binary' : 'JSON'} over HTTP/${httpVersion}`;
      const options = (): node.ConnectTransportOptions => ({
        baseUrl: origin.http,
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
        () => node.createGrpcTransport({ baseUrl: origin.http, useBinaryFormat }),
      ] as const,
  ),
  [
    'Connect with compressed requests',
    () =>
      node.createConnectTransport({
        baseUrl: origin.http,
        httpVersion: '1.1',
        sendCompression: node.compressionGzip,
        compressMinBytes: 0,
      }),
  ],
  [
    'gRPC with compressed requests',
    () =>
      node.createGrpcTransport({
        baseUrl: origin.http,
        sendCompression: node.compressionGzip,
        compressMinBytes: 0,
      }),
  ],
  ['gRPC over TLS', () => node.createGrpcTransport({ baseUrl: origin.https, nodeOptions: TLS })],
  [
    'Connect over TLS and HTTP/1.1',
    () => node.createConnectTransport({ baseUrl: origin.https, httpVersion: '1.1', nodeOptions: TLS }),
  ],
  ['connect-web JSON', () => web.createConnectTransport({ baseUrl: origin.http })],
  ['connect-web binary', () => web.createConnectTransport({ baseUrl: origin.http, useBinaryFormat: true })],
  ['connect-web GET', () => web.createConnectTransport({ baseUrl: origin.http, useHttpGet: true })],
  ['connect-web gRPC-Web', () => web.createGrpcWebTransport({ baseUrl: origin.http })],
];

interface Page {
  readonly sessions?: readonly unknown[];
  readonly listMetadata?: { readonly nextCursor?: string };
}

async function list(transport: Transport, message: Record<string, unknown>, key = API_KEY): Promise<Page> {
  const headers = { 'X-API-KEY': key };
  const answer = await transport.unary(LIST_METHOD, undefined, 5_000, headers, create(REQUEST, message));
  // The response message is a page.
  return toJson(RESPONSE, answer.message) as Page;
}

async function walk(transport: Transport): Promise<unknown[]> {
  const walked: unknown[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page: Page = await list(transport, { limit: 100, cursor });
    walked.push(...(page.sessions ?? []));
    cursor = page.listMetadata?.nextCursor;
  }
  return walked;
}

describe.each(TRANSPORTS)('%s', (_, createTransport) => {
  it('walks the world, every field of it', async () => {
    expect(await walk(createTransport())).toEqual(WORLD);
  });

  it('reads an empty page', async () => {
    expect(await list(createTransport(), { limit: 1, query: 'empty' })).toEqual({ listMetadata: {} });
  });

  it('reads a broken rule with its detail', async () => {
    const error = await list(createTransport(), {}).catch((reason: unknown) => ConnectError.from(reason));
    expect(error).toMatchObject({
      code: Code.InvalidArgument,
      rawMessage: 'validation error: limit: must be greater than 0 and less than or equal to 100000',
      details: [{ type: 'buf.validate.Violations' }],
    });
  });

  it('reads a refused key', async () => {
    const error = await list(createTransport(), { limit: 1 }, 'wrong').catch((reason: unknown) =>
      ConnectError.from(reason),
    );
    expect(error).toMatchObject({ code: Code.Unauthenticated, rawMessage: 'invalid api key' });
  });
});
