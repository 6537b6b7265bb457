import supertest from 'supertest';
import { onTestFinished } from 'vitest';
import { createMock, type Mock, startMock } from '../../src/mock/create-mock.ts';
import type { Listening } from '../../src/mock/listen.ts';
import type { MockOptions } from '../../src/mock/mock-options.ts';
import type { ListMetadata } from '../../src/sessions/page.ts';
import type { SessionObject } from '../../src/world/session-object.ts';

/** The instant at which the clock of every mock under test stands: a Thursday noon. */
export const NOW = '2026-01-15T12:00:00Z';

/** The key every mock accepts unless it is told another. */
export const KEY = 'formal-mock-key';

/** The procedure under test. */
export const PATH = '/core.v1.SessionsService/ListSessionsV2';

const JSON_TYPE = { 'content-type': 'application/json' };

/** A listening mock on a free port, with a clock that stands still; stopped when the test has finished. */
export async function startTestMock(options: MockOptions = {}): Promise<Mock & Listening> {
  const mock = await startMock({ port: 0, now: NOW, seed: 42, ...options });
  onTestFinished(() => mock.stop());
  return mock;
}

/** A supertest client of a mock that listens nowhere, with a clock that stands still. */
export async function testApp(options: MockOptions = {}): Promise<ReturnType<typeof supertest>> {
  const { app } = await createMock({ now: NOW, seed: 42, ...options });
  return supertest(app);
}

/** An answer of ListSessionsV2, or the error in its place. */
export interface ListAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly sessions: readonly SessionObject[];
  readonly listMetadata: ListMetadata;
  readonly code?: string;
  readonly message?: string;
}

/** Posts a JSON request message over a socket; the key is given unless `headers` name another. */
export async function postList(
  mock: Listening,
  message: unknown,
  headers: Readonly<Record<string, string>> = { 'x-api-key': KEY },
): Promise<ListAnswer> {
  const body = typeof message === 'string' ? message : JSON.stringify(message);
  const answer = await fetch(mock.url + PATH, {
    method: 'POST',
    headers: { ...JSON_TYPE, ...headers },
    body,
  });
  const text = await answer.text();
  const fields: Partial<ListAnswer> = text.startsWith('{') ? JSON.parse(text) : {};
  const { status, headers: received } = answer;
  return { sessions: [], listMetadata: {}, ...fields, status, headers: received, text };
}

/** The ids of an answer's sessions, in their order. */
export function idsOf({ sessions }: Pick<ListAnswer, 'sessions'>): readonly string[] {
  return sessions.map(({ id = '' }) => id);
}

/** Follows `nextCursor` to the end; gives the pages. Throws when the walk does not end. */
export async function walkPages(
  mock: Listening,
  message: Readonly<Record<string, unknown>>,
): Promise<readonly ListAnswer[]> {
  const pages: ListAnswer[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    if (pages.length > 500) throw new Error('the walk does not end');
    const page: ListAnswer = await postList(mock, { ...message, ...(cursor === '' ? {} : { cursor }) });
    if (page.status !== 200) throw new Error(page.text);
    pages.push(page);
    cursor = page.listMetadata.nextCursor;
  }
  return pages;
}
