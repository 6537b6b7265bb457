import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, createStandIn } from './stand-in.ts';

interface RecordedAnswer {
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly bodyBase64?: string;
  };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly json?: unknown;
    readonly text?: string;
    readonly bodyBase64?: string;
    readonly trailers?: Readonly<Record<string, string>>;
  };
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly trailers: IncomingMessage['trailers'];
  readonly body: Buffer;
}

const file = new URL('../../fixtures/wire/answers.json', import.meta.url);
const { answers } = JSON.parse(readFileSync(file, 'utf8')) as { answers: readonly RecordedAnswer[] };

let server: Server;
let port: number;

beforeAll(async () => {
  server = createServer(createStandIn());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function send({ method, path, headers, body, bodyBase64 }: RecordedAnswer['request']): Promise<Answer> {
  const sent = Object.entries(headers).map(
    ([name, value]) => [name, value.replace('{KEY}', API_KEY)] as const,
  );
  const bytes = bodyBase64 === undefined ? Buffer.from(body ?? '') : Buffer.from(bodyBase64, 'base64');
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, method, path, headers: Object.fromEntries(sent), agent: false });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const raw = Buffer.concat(parts);
        const isCompressed = response.headers['content-encoding'] === 'gzip';
        resolve({
          status: response.statusCode,
          headers: response.headers,
          trailers: response.trailers,
          body: isCompressed ? gunzipSync(raw) : raw,
        });
      });
    });
    if (!('expect' in headers)) outgoing.end(bytes);
    else outgoing.on('continue', () => outgoing.end(bytes));
  });
}

const UNCOMPARED = new Set(['date', 'connection', 'keep-alive', 'content-length']);

function comparable(headers: Answer['headers']): Record<string, unknown> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !UNCOMPARED.has(name)));
}

function withPlainSpaces(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll('\u00a0', ' '));
}

function expectBody({ json, text, bodyBase64 }: RecordedAnswer['response'], body: Buffer): void {
  if (json !== undefined) expect(JSON.parse(body.toString())).toEqual(withPlainSpaces(json));
  else if (bodyBase64 !== undefined) expect(body.toString('base64')).toBe(bodyBase64);
  else expect(body.toString()).toBe(text ?? '');
}

describe('answers what connect-go answers', () => {
  it('has all 78 recorded answers', () => {
    expect(answers).toHaveLength(78);
  });

  it.each(answers.map((answer) => [answer.name, answer] as const))('%s', async (_, { request, response }) => {
    const answer = await send(request);
    expect(answer.status).toBe(response.status);
    expect(comparable(answer.headers)).toEqual(response.headers);
    expectBody(response, answer.body);
    expect(answer.trailers).toEqual(response.trailers ?? {});
  });
});
