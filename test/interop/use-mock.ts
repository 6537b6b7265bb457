import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import { type Mock, startMock } from '../../src/mock/create-mock.ts';
import type { Listening } from '../../src/mock/listen.ts';
import type { MockOptions } from '../../src/mock/mock-options.ts';
import type { SessionObject } from '../../src/world/session-object.ts';
import { NOW, postList, walkPages } from '../mock/start-test-mock.ts';

const certificateFile = (name: string): string =>
  fileURLToPath(new URL(`../certificate/${name}`, import.meta.url));

/** The certificate of the tests, for localhost and 127.0.0.1: the file. */
export const CERTIFICATE_FILE: string = certificateFile('localhost.crt');

/** The same in PEM. */
export const CERTIFICATE: Buffer = readFileSync(CERTIFICATE_FILE);

/** What most clients walk: the newest 2 000 sessions and more. */
export interface Walk {
  /** The oldest start that is asked for. */
  readonly startTimestamp: string;
  /** What plain JSON over HTTP/1.1 gives, page after page. */
  readonly sessions: readonly SessionObject[];
}

/** A mock in a test file, in clear text and TLS, and what it must tell every client. */
export interface UsedMock {
  /** `127.0.0.1:4010` */
  host: string;
  http: string;
  https: string;
  mock: Mock & Listening;
  /** At least 2 000 sessions. */
  walk: Walk;
}

const WALKED = 2_100;
const PAGE = 1_000;

/** A mock of 10 500 sessions for the tests of a file. */
export function useMock(options: MockOptions = {}): UsedMock {
  // Filled before the first test.
  const used = {} as UsedMock;
  beforeAll(async () => {
    const tls = { tlsCert: CERTIFICATE_FILE, tlsKey: certificateFile('localhost.key') };
    used.mock = await startMock({ port: 0, now: NOW, seed: 7, count: 10_500, ...tls, ...options });
    used.host = `127.0.0.1:${used.mock.port}`;
    used.http = used.mock.url;
    used.https = used.mock.tlsUrl ?? '';
    const newest = await postList(used.mock, { limit: WALKED });
    const startTimestamp = newest.sessions.at(-1)?.startTime ?? '';
    used.walk = { startTimestamp, sessions: await walkInJson(used, { startTimestamp }) };
  });
  afterAll(() => used.mock.stop());
  return used;
}

/** Every session of a request, page by page, as plain JSON over HTTP/1.1 gives them. */
export async function walkInJson(
  { mock }: UsedMock,
  request: Readonly<Record<string, unknown>>,
): Promise<readonly SessionObject[]> {
  const pages = await walkPages(mock, { limit: PAGE, ...request });
  return pages.flatMap(({ sessions }) => sessions);
}

/** A request that fails, and what every client must read of it. */
export interface Failure {
  readonly name: string;
  /** Default: a good one. */
  readonly key?: string;
  readonly request: Readonly<Record<string, string | number>>;
  readonly code: string;
  /** The code in `grpc-status`. */
  readonly number: number;
  readonly message: string;
}

/** The failures that every client is shown. */
export const FAILURES: readonly Failure[] = [
  {
    name: 'a wrong key',
    key: 'wrong',
    request: { limit: 1 },
    code: 'unauthenticated',
    number: 16,
    message: 'invalid api key',
  },
  {
    name: 'a limit too large',
    request: { limit: 100_001 },
    code: 'invalid_argument',
    number: 3,
    message: 'validation error: limit: must be greater than 0 and less than or equal to 100000',
  },
  {
    name: 'a cursor of nobody',
    request: { limit: 1, cursor: 'garbage' },
    code: 'invalid_argument',
    number: 3,
    message: 'cursor: not one of this server; pass nextCursor unchanged',
  },
  {
    name: 'a query that cannot be read',
    request: { limit: 1, query: 'technology:(' },
    code: 'invalid_argument',
    number: 3,
    message: 'query: syntax: the query ends at character 13: expected a word, a field or a bracket',
  },
];

/** A query that selects some of the sessions. */
export const QUERY = 'resource.technology:ssh AND session_status:completed';
