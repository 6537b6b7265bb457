import { create, fromBinary, type Message, toBinary, toJson } from '@bufbuild/protobuf';
import { Client, type ClientOptions, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { KEY, PATH } from '../mock/start-test-mock.ts';
import { REQUEST, RESPONSE } from './sessions-descriptor.ts';
import { CERTIFICATE, FAILURES, QUERY, useMock, walkInJson } from './use-mock.ts';

const used = useMock();

function createClient(isTls: boolean, options: ClientOptions = {}): Client {
  const channel = isTls ? credentials.createSsl(CERTIFICATE) : credentials.createInsecure();
  const client = new Client(used.host, channel, options);
  onTestFinished(() => client.close());
  return client;
}

interface Page {
  readonly sessions?: readonly unknown[];
  readonly listMetadata?: { readonly nextCursor?: string };
}

interface CallOptions {
  readonly key?: string | undefined;
  readonly deadline?: number;
}

function list(
  client: Client,
  message: Readonly<Record<string, unknown>>,
  { key = KEY, deadline = Date.now() + 20_000 }: CallOptions = {},
): Promise<Page> {
  const metadata = new Metadata();
  metadata.set('x-api-key', key);
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
        // The response message is a page.
        else resolve(toJson(RESPONSE, response) as Page);
      },
    );
  });
}

async function walk(client: Client, message: Readonly<Record<string, unknown>>): Promise<unknown[]> {
  const walked: unknown[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page: Page = await list(client, { ...message, cursor });
    walked.push(...(page.sessions ?? []));
    cursor = page.listMetadata?.nextCursor;
  }
  return walked;
}

const GZIP = { 'grpc.default_compression_algorithm': 2 };

describe.each([
  ['in clear text', false, {}],
  ['over TLS', true, {}],
  ['with gzip both ways', false, GZIP],
])('grpc-js %s', (_, isTls, options) => {
  it('walks 2 000 sessions and a filtered part of them, every field', async () => {
    const client = createClient(isTls, options);
    const { startTimestamp, sessions } = used.walk;
    expect(await walk(client, { limit: 700, startTimestamp })).toEqual(sessions);
    const filtered = { query: QUERY, startTimestamp };
    expect(await walk(client, { limit: 50, ...filtered })).toEqual(await walkInJson(used, filtered));
  });

  it('makes many calls on one connection', async () => {
    const client = createClient(isTls, options);
    const limits = Array.from({ length: 50 }, (_, index) => index + 1);
    const pages = await Promise.all(limits.map((limit) => list(client, { limit })));
    expect(pages.map(({ sessions }) => sessions)).toEqual(
      limits.map((limit) => used.walk.sessions.slice(0, limit)),
    );
  });

  it.each(FAILURES)('reads $name', async ({ request, key, number, message }) => {
    const error: ServiceError = await list(createClient(isTls, options), request, { key }).then(
      () => Promise.reject(new Error('no error')),
      (reason: ServiceError) => reason,
    );
    expect([error.code, error.details]).toEqual([number, message]);
    const [details = ''] = error.metadata.get('grpc-status-details-bin');
    expect(String(details).includes('buf.validate.Violations')).toBe(message.startsWith('validation error'));
  });

  it('reads a deadline', async () => {
    const call = list(createClient(isTls, options), { limit: 1 }, { deadline: Date.now() - 1 });
    await expect(call).rejects.toMatchObject({ code: status.DEADLINE_EXCEEDED });
  });
});
