import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { API_KEY } from '../wire/stand-in.ts';
import { useStandIn, WORLD } from './one-port-stand-in.ts';

const origin = useStandIn();
const run = promisify(execFile);

function curlVersion(): string {
  try {
    return execFileSync('curl', ['--version'], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

const version = curlVersion();
const hasHttp2 = /^Features:.*\bHTTP2\b/m.test(version);

async function curl(
  base: string,
  options: readonly string[],
): Promise<{ version: string; status: string; body: string }> {
  const { stdout } = await run('curl', [
    ...['--silent', '--insecure', '--compressed', '--write-out', '\n%{http_version} %{http_code}'],
    ...['-H', `X-API-KEY: ${API_KEY}`, '-H', 'Content-Type: application/json', ...options],
    `${base}/core.v1.SessionsService/ListSessionsV2`,
  ]);
  const end = stdout.lastIndexOf('\n');
  const [httpVersion = '', status = ''] = stdout.slice(end + 1).split(' ');
  return { version: httpVersion, status, body: stdout.slice(0, end) };
}

const LIMIT_3 = ['-d', '{"limit":3}'];

describe.skipIf(version === '')('curl', () => {
  it.each([
    ['over HTTP/1.1', 'http', [], '1.1'],
    ['over TLS and HTTP/1.1', 'https', ['--http1.1'], '1.1'],
  ] as const)('lists %s', async (_, scheme, options, httpVersion) => {
    const answer = await curl(origin[scheme], [...options, ...LIMIT_3]);
    expect([answer.version, answer.status]).toEqual([httpVersion, '200']);
    expect(JSON.parse(answer.body)).toMatchObject({ sessions: WORLD.slice(0, 3) });
  });

  it.skipIf(!hasHttp2).each([
    ['over h2c by prior knowledge', 'http', ['--http2-prior-knowledge'], '2'],
    ['asking to upgrade to h2c, over HTTP/1.1', 'http', ['--http2'], '1.1'],
    ['over TLS and HTTP/2', 'https', ['--http2'], '2'],
  ] as const)('lists %s', async (_, scheme, options, httpVersion) => {
    const answer = await curl(origin[scheme], [...options, ...LIMIT_3]);
    expect([answer.version, answer.status]).toEqual([httpVersion, '200']);
    expect(JSON.parse(answer.body)).toMatchObject({ sessions: WORLD.slice(0, 3) });
  });

  it('lists by GET', async () => {
    const query = ['--get', '--data', 'encoding=json', '--data-urlencode', 'message={"limit":3}'];
    const answer = await curl(origin.http, query);
    expect([answer.status, JSON.parse(answer.body).sessions.length]).toEqual(['200', 3]);
  });
});
