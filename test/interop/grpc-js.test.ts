import { create, fromBinary, type Message, toBinary, toJson } from '@bufbuild/protobuf';
import { Client, type ClientOptions, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { API_KEY } from '../wire/stand-in.ts';
import { CERTIFICATE, useStandIn, WORLD } from './one-port-stand-in.ts';
import { REQUEST, RESPONSE } from './sessions-descriptor.ts';

const origin = useStandIn();

const PATH = '/core.v1.SessionsService/ListSessionsV2';

function createClient(isTls: boolean, options: ClientOptions = {}): Client {
  const channel = isTls ? credentials.createSsl(CERTIFICATE.cert) : credentials.createInsecure();
  const client = new Client(origin.host, channel, options);
  onTestFinished(() => client.close());
  return client;
}

function list(
  client: Client,
  message: Record<string, unknown>,
  deadline = Date.now() + 5_000,
): Promise<Message> {
  const metadata = new Metadata();
  metadata.set('x-api-key', API_KEY);
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest<Message, Message>(
      PATH,
      (request) => Buffer.from(toBinary(REQUEST, request)),
      (bytes) => fromBinary(RESPONSE, bytes),
      create(REQUEST, message),
      metadata,
      { deadline },
      (error, response) => {
        if (error !== null || response === undefined) reject(error);
        else resolve(response);
      },
    );
  });
}

const GZIP = { 'grpc.default_compression_algorithm': 2 };

describe.each([
  ['in clear text', false, {}],
  ['over TLS', true, {}],
  ['with gzip both ways', false, GZIP],
])('grpc-js %s', (_, isTls, options) => {
  it('lists every session', async () => {
    const page = toJson(RESPONSE, await list(createClient(isTls, options), { limit: 1_000 }));
    expect(page).toEqual({ sessions: WORLD, listMetadata: { count: WORLD.length } });
  });

  it('makes many calls on one connection', async () => {
    const client = createClient(isTls, options);
    const pages = await Promise.all(
      Array.from({ length: 50 }, (_, index) => list(client, { limit: 1, cursor: String(index) })),
    );
    const expected = Array.from({ length: 50 }, (_, index) => ({
      sessions: [WORLD[index]],
      listMetadata: { count: 1, nextCursor: String(index + 1) },
    }));
    expect(pages.map((page) => toJson(RESPONSE, page))).toEqual(expected);
  });

  it('reads a broken rule with its details', async () => {
    const error: ServiceError = await list(createClient(isTls, options), {}).then(
      () => Promise.reject(new Error('no error')),
      (reason: ServiceError) => reason,
    );
    expect(error.code).toBe(status.INVALID_ARGUMENT);
    expect(error.details).toContain('limit: must be greater than 0');
    expect(String(error.metadata.get('grpc-status-details-bin')[0])).toContain('buf.validate.Violations');
  });

  it('reads a deadline', async () => {
    const call = list(createClient(isTls, options), { limit: 1 }, Date.now() - 1);
    await expect(call).rejects.toMatchObject({ code: status.DEADLINE_EXCEEDED });
  });
});
