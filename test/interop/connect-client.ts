import { create, toJson } from '@bufbuild/protobuf';
import { Code, ConnectError, type Transport } from '@connectrpc/connect';
import { expect } from 'vitest';
import { KEY } from '../mock/start-test-mock.ts';
import { LIST_METHOD, REQUEST, RESPONSE } from './sessions-descriptor.ts';
import { type Failure, QUERY, type UsedMock, walkInJson } from './use-mock.ts';

interface Page {
  readonly sessions?: readonly unknown[];
  readonly listMetadata?: { readonly nextCursor?: string };
}

/** One page through a transport of connect-es, in JSON form. Throws ConnectError. */
export async function list(
  transport: Transport,
  message: Readonly<Record<string, unknown>>,
  key = KEY,
): Promise<Page> {
  const headers = { 'X-API-KEY': key };
  const answer = await transport.unary(LIST_METHOD, undefined, 20_000, headers, create(REQUEST, message));
  // The response message is a page.
  return toJson(RESPONSE, answer.message) as Page;
}

/** Every session of a request, page by page. */
export async function walk(
  transport: Transport,
  message: Readonly<Record<string, unknown>>,
): Promise<unknown[]> {
  const walked: unknown[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const page: Page = await list(transport, { ...message, cursor });
    walked.push(...(page.sessions ?? []));
    cursor = page.listMetadata?.nextCursor;
  }
  return walked;
}

/** Walks 2 000 sessions and a filtered part of them; both must be what plain JSON gives. */
export async function expectWalks(transport: Transport, used: UsedMock): Promise<void> {
  const { startTimestamp, sessions } = used.walk;
  expect(sessions.length).toBeGreaterThanOrEqual(2_000);
  expect(await walk(transport, { limit: 700, startTimestamp })).toEqual(sessions);
  const filtered = { query: QUERY, startTimestamp };
  const found = await walkInJson(used, filtered);
  expect(found.length).toBeGreaterThan(0);
  expect(await walk(transport, { limit: 50, ...filtered })).toEqual(found);
}

/** The call must fail as written, rule violations with their detail. */
export async function expectFailure(transport: Transport, failure: Failure): Promise<void> {
  const { request, key, number, message } = failure;
  const error = await list(transport, request, key).catch((reason: unknown) => ConnectError.from(reason));
  expect(error).toMatchObject({ code: number, rawMessage: message });
  const isRule = number === Code.InvalidArgument && message.startsWith('validation error');
  expect(error).toMatchObject({ details: isRule ? [{ type: 'buf.validate.Violations' }] : [] });
}
