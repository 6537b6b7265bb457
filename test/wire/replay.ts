import { readFileSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { expect } from 'vitest';

/** One request and what a connect-go server answered to it. */
export interface RecordedAnswer {
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

/** Where to replay. */
export interface ReplayTarget {
  readonly port: number;
  /** Stands for `{KEY}` in the recording. */
  readonly apiKey: string;
}

const file = new URL('../../fixtures/wire/answers.json', import.meta.url);

/** Every recorded answer, as rows for `it.each`: name and recording. */
export const RECORDED_ANSWERS: readonly (readonly [string, RecordedAnswer])[] = (
  JSON.parse(readFileSync(file, 'utf8')) as { readonly answers: readonly RecordedAnswer[] }
).answers.map((answer) => [answer.name, answer] as const);

/** Sends the recorded request and expects the recorded answer: status, headers, body and trailers. */
export async function expectRecordedAnswer(recorded: RecordedAnswer, target: ReplayTarget): Promise<void> {
  const { response } = recorded;
  const answer = await send(recorded.request, target);
  expect(answer.status).toBe(response.status);
  expect(comparable(answer.headers)).toEqual(response.headers);
  expectBody(response, answer.body);
  expect(answer.trailers).toEqual(response.trailers ?? {});
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly trailers: IncomingMessage['trailers'];
  readonly body: Buffer;
}

function send(recorded: RecordedAnswer['request'], { port, apiKey }: ReplayTarget): Promise<Answer> {
  const { method, path, headers, body, bodyBase64 } = recorded;
  const sent = Object.entries(headers).map(
    ([name, value]) => [name, value.replace('{KEY}', apiKey)] as const,
  );
  const bytes = bodyBase64 === undefined ? Buffer.from(body ?? '') : Buffer.from(bodyBase64, 'base64');
  return new Promise((resolve, reject) => {
    const outgoing = request({ port, method, path, headers: Object.fromEntries(sent), agent: false });
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('error', reject);
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
