import type { LoadedDocument } from '../openapi/loaded-document.ts';
import type { Exchange, Header } from './exchange.ts';
import { judgeTraffic } from './judge-traffic.ts';
import type { Outcome } from './outcome.ts';
import { readJson } from './read-json.ts';
import { isObject } from './run-view.ts';

/** What is known of a response that a test holds, whatever library it came from. */
export interface SatisfiableResponse {
  /** HTTP status. */
  readonly status: number;
  /** A plain object as supertest gives it, or `Headers` as fetch gives it. */
  readonly headers: unknown;
  /** The body as text, as supertest gives it. */
  readonly text?: unknown;
  /** The body as bytes, as text, or already parsed; used where there is no `text`. */
  readonly body?: unknown;
}

const OPERATION = 'ListSessionsV2';

/** Cases that one answer cannot be asked for: growth is nobody's failure in a unit test of its own server. */
const ABOUT_MANY = [
  'pagination/count',
  'pagination/after-and-before',
  'invariants/no-future',
  'invariants/page-within-limit',
];

/**
 * What is wrong with one answer of ListSessionsV2, page or error: one line each, empty where nothing is. Throws
 * TypeError for a value that is no response, or whose body has not been read, and for another operation.
 */
export function contractProblems(
  response: unknown,
  { operation, document }: { readonly operation: string; readonly document: LoadedDocument },
): readonly string[] {
  if (operation !== OPERATION)
    throw new TypeError(`toSatisfyContract knows ${OPERATION} (got ${JSON.stringify(operation)})`);
  const exchange = exchangeOf(response);
  const outcomes = judgeTraffic([exchange], { document, audience: 'mock', skip: ABOUT_MANY });
  return outcomes
    .filter(({ status }) => status !== 'pass' && status !== 'skip' && status !== 'info')
    .flatMap(describe);
}

function describe({ id, findings, reason }: Outcome): string[] {
  if (findings.length === 0) return [`${id}: ${reason ?? 'not judged'}`];
  return findings.map(
    ({ expected, got, where }) =>
      `${id}: expected ${expected}, got ${got}${where === undefined ? '' : ` at ${where}`}`,
  );
}

function exchangeOf(response: unknown): Exchange {
  if (!isObject(response) || typeof response['status'] !== 'number') {
    throw new TypeError(
      'toSatisfyContract needs a response with status, headers and a body that has been read',
    );
  }
  const rawHeaders = headersOf(response['headers']);
  const headers = Object.fromEntries(rawHeaders.map(([name, value]) => [name.toLowerCase(), value]));
  // Libraries decompress before a test sees the body.
  delete headers['content-encoding'];
  const body = bodyOf(response);
  return {
    probe: 'response',
    index: 0,
    request: { method: 'POST', path: '', headers: [] },
    answer: { status: response['status'], rawHeaders, headers, wireBody: body, body, json: readJson(body) },
    elapsedMs: 0,
  };
}

function headersOf(headers: unknown): Header[] {
  if (headers instanceof Headers) return [...headers];
  if (!isObject(headers)) return [];
  return Object.entries(headers).map(([name, value]): Header => [name, String(value)]);
}

function bodyOf({ text, body }: Readonly<Record<string, unknown>>): Uint8Array {
  if (typeof text === 'string') return Buffer.from(text, 'utf8');
  if (body instanceof ReadableStream) {
    throw new TypeError(
      'toSatisfyContract cannot read a stream: give { status, headers, text: await response.text() }',
    );
  }
  if (body instanceof Uint8Array) return body;
  if (typeof body === 'string') return Buffer.from(body, 'utf8');
  return body === undefined ? new Uint8Array() : Buffer.from(JSON.stringify(body), 'utf8');
}
