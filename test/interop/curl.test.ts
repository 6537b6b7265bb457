import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { KEY, PATH } from '../mock/start-test-mock.ts';
import { FAILURES, QUERY, useMock, walkInJson } from './use-mock.ts';

const used = useMock();

function curlVersion(): string {
  try {
    return execFileSync('curl', ['--version'], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

const version = curlVersion();
const hasHttp2 = /^Features:.*\bHTTP2\b/m.test(version);

const run = promisify(execFile);

interface Answer {
  readonly httpVersion: string;
  readonly status: string;
  readonly body: {
    readonly sessions?: readonly unknown[];
    readonly listMetadata?: { readonly nextCursor?: string };
  };
}

async function curl(base: string, options: readonly string[], key = KEY): Promise<Answer> {
  const { stdout } = await run(
    'curl',
    [
      ...['--silent', '--insecure', '--compressed', '--write-out', '\n%{http_version} %{http_code}'],
      ...['-H', `X-API-KEY: ${key}`, '-H', 'Content-Type: application/json', ...options, base + PATH],
    ],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const end = stdout.lastIndexOf('\n');
  const [httpVersion = '', status = ''] = stdout.slice(end + 1).split(' ');
  return { httpVersion, status, body: JSON.parse(stdout.slice(0, end)) };
}

function data(message: unknown): string[] {
  return ['--data', JSON.stringify(message)];
}

async function walk(base: string, options: readonly string[], message: object): Promise<unknown[]> {
  const walked: unknown[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const { body }: Answer = await curl(base, [...options, ...data({ ...message, cursor })]);
    walked.push(...(body.sessions ?? []));
    cursor = body.listMetadata?.nextCursor;
  }
  return walked;
}

const WAYS = [
  ['over HTTP/1.1', 'http', ['--http1.1'], '1.1'],
  ['over TLS and HTTP/1.1', 'https', ['--http1.1'], '1.1'],
  ['over h2c by prior knowledge', 'http', ['--http2-prior-knowledge'], '2'],
  ['asking to upgrade to h2c, over HTTP/1.1', 'http', ['--http2'], '1.1'],
  ['over TLS and HTTP/2', 'https', ['--http2'], '2'],
] as const;

describe.skipIf(version === '')('curl', () => {
  describe.each(WAYS.filter(([, , [option]]) => hasHttp2 || option === '--http1.1'))(
    '%s',
    (_, scheme, options, httpVersion) => {
      it('walks 2 000 sessions and a filtered part of them', async () => {
        const { startTimestamp, sessions } = used.walk;
        expect(await walk(used[scheme], options, { limit: 700, startTimestamp })).toEqual(sessions);
        const filtered = { query: QUERY, startTimestamp };
        const found = await walkInJson(used, filtered);
        expect(await walk(used[scheme], options, { limit: 200, ...filtered })).toEqual(found);
      });

      it.each(FAILURES)('shows $name', async ({ request, key, code, message }) => {
        const answer = await curl(used[scheme], [...options, ...data(request)], key);
        expect(answer).toMatchObject({ httpVersion, body: { code, message } });
        expect(answer.status).toBe(code === 'unauthenticated' ? '401' : '400');
      });
    },
  );

  it('lists by GET', async () => {
    const query = ['--get', '--data', 'encoding=json', '--data-urlencode', 'message={"limit":3}'];
    const { status, body } = await curl(used.http, query);
    expect([status, body.sessions]).toEqual(['200', used.walk.sessions.slice(0, 3)]);
  });
});
