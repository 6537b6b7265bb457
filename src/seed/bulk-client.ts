import { KitError } from '../errors.ts';
import { elasticsearchIndex, type JsonValue, quickwitIndex } from './index-mapping.ts';
import { invalidOption } from './invalid-option.ts';
import { assertRunning } from './pump-chunks.ts';
import { retryAfterMs } from './retry-after.ts';
import { errorReason, redactUrl } from './target-error.ts';

/** Milliseconds after which a request that got no answer has failed. */
const ANSWER_TIMEOUT_MS = 120_000;

/** Where Quickwit keeps its Elasticsearch-compatible routes. Source: documented (Quickwit's REST reference). */
const QUICKWIT_PREFIX = '/api/v1/_elastic';

/** An index on a server that speaks Elasticsearch's bulk API. */
export interface BulkIndex {
  /** For messages; holds no password. */
  readonly target: string;
  /** `quickwit` gives documents no ids: what is sent twice is there twice. */
  readonly flavour: 'elasticsearch' | 'quickwit';
  /** A request below the index. Throws KitError `ERR_UNREACHABLE` when there is no answer. */
  request(method: string, path: string, body?: BulkBody): Promise<BulkAnswer>;
}

/** A body and its media type. */
export interface BulkBody {
  readonly mediaType: 'application/json' | 'application/x-ndjson';
  readonly text: string;
}

/** An answer, read whole. */
export interface BulkAnswer {
  readonly status: number;
  /** The `Retry-After` header in ms, or undefined. */
  readonly retryAfterMs: number | undefined;
  /** Parsed, or undefined when it is not JSON. */
  readonly json: unknown;
}

/**
 * Finds out what answers at `http(s)://[USER:PASSWORD@]HOST[:PORT][/PREFIX]/INDEX` and makes the index with our mapping when it is
 * missing. Throws KitError `ERR_OPTION_INVALID`, `ERR_UNREACHABLE` or `ERR_TARGET_REFUSED`.
 */
export async function openBulkIndex(url: string, signal?: AbortSignal): Promise<BulkIndex> {
  const { origin, prefix, index, headers } = parseBulkUrl(url);
  const target = redactUrl(url);
  const send = createSender({ target, headers, signal });
  const { base, flavour } = await detect(send, `${origin}${prefix}`, target);
  const request: BulkIndex['request'] = (method, path, body) => send(method, `${base}/${index}${path}`, body);
  const opened: BulkIndex = { target, flavour, request };
  await makeIndex(opened, send, { base, index });
  return opened;
}

/** Makes the error for an answer that refuses. */
export function refusal(target: string, { status, json }: BulkAnswer): KitError {
  return new KitError('ERR_TARGET_REFUSED', { target, reason: `HTTP ${status} ${bulkReason(json)}`.trim() });
}

/** What an error in a bulk answer says, in one line. */
export function bulkReason(value: unknown): string {
  if (typeof value === 'string') return value.replaceAll(/\s+/g, ' ').slice(0, 300);
  if (typeof value !== 'object' || value === null) return '';
  const { reason, type, message, error } = value as Readonly<Record<string, unknown>>; // Members are checked below.
  const found = [reason, message, error, type].find((part) => part !== undefined && part !== null);
  return found === undefined ? '' : bulkReason(found);
}

interface ParsedUrl {
  readonly origin: string;
  readonly prefix: string;
  readonly index: string;
  readonly headers: Readonly<Record<string, string>>;
}

function parseBulkUrl(url: string): ParsedUrl {
  const parsed = parseUrl(url);
  const [, prefix = '', index = ''] = /^(.*)\/([^/]+)\/?$/.exec(parsed?.pathname ?? '') ?? [];
  if (parsed === undefined || !/^[a-z0-9][a-z0-9._-]*$/i.test(index)) {
    throw invalidOption('--to', 'http://HOST:PORT/INDEX', redactUrl(url));
  }
  const secret = Buffer.from(`${parsed.username}:${parsed.password}`).toString('base64');
  const headers = parsed.username === '' ? {} : { authorization: `Basic ${secret}` };
  return { origin: parsed.origin, prefix, index, headers };
}

/** The parts of a URL, decoded; undefined when it is none. */
function parseUrl(url: string): Record<'origin' | 'pathname' | 'username' | 'password', string> | undefined {
  try {
    const { origin, pathname, username, password } = new URL(url);
    return {
      origin,
      pathname,
      username: decodeURIComponent(username),
      password: decodeURIComponent(password),
    };
  } catch {
    // No URL, or a % that escapes nothing: callers say what was expected.
    return undefined;
  }
}

type Send = (method: string, url: string, body?: BulkBody) => Promise<BulkAnswer>;

interface SenderOptions {
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
}

function createSender({ target, headers, signal }: SenderOptions): Send {
  return async (method, url, body) => {
    const timeout = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
    try {
      const response = await fetch(url, {
        method,
        headers: { ...headers, ...(body && { 'content-type': body.mediaType }) },
        body: body?.text ?? null,
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      });
      return {
        status: response.status,
        retryAfterMs: retryAfterMs(response.headers),
        json: parseJson(await response.text()),
      };
    } catch (error) {
      assertRunning(signal);
      // `fetch failed` says nothing; why it failed is in its cause.
      const cause = error instanceof Error ? (error.cause ?? error) : error;
      throw new KitError('ERR_UNREACHABLE', { target, reason: errorReason(cause) }, { cause: error });
    }
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's page or an empty body: callers treat it as an answer without content.
    return undefined;
  }
}

async function detect(
  send: Send,
  base: string,
  target: string,
): Promise<{ base: string; flavour: BulkIndex['flavour'] }> {
  const answer = await send('GET', `${base}/`);
  if (answer.status === 401 || answer.status === 403) throw refusal(target, answer);
  const distribution = distributionOf(answer);
  if (distribution !== undefined) {
    return { base, flavour: distribution === 'quickwit' ? 'quickwit' : 'elasticsearch' };
  }
  const below = await send('GET', `${base}${QUICKWIT_PREFIX}/`);
  if (distributionOf(below) === 'quickwit') return { base: `${base}${QUICKWIT_PREFIX}`, flavour: 'quickwit' };
  throw new KitError('ERR_TARGET_REFUSED', {
    target,
    reason: `no Elasticsearch-compatible API answers at ${base}/ (HTTP ${answer.status})`,
  });
}

/** `quickwit`, `opensearch`, or `elasticsearch` where none is named; undefined when the answer is something else. */
function distributionOf({ status, json }: BulkAnswer): string | undefined {
  if (status !== 200 || typeof json !== 'object' || json === null || !('version' in json)) return undefined;
  const { version } = json;
  if (typeof version !== 'object' || version === null) return undefined;
  return 'distribution' in version && typeof version.distribution === 'string'
    ? version.distribution
    : 'elasticsearch';
}

async function makeIndex(
  { target, flavour, request }: BulkIndex,
  send: Send,
  { base, index }: { readonly base: string; readonly index: string },
): Promise<void> {
  const json = (value: JsonValue): BulkBody => ({
    mediaType: 'application/json',
    text: JSON.stringify(value),
  });
  const indexes = base.replace(/\/_elastic$/, '/indexes');
  const found = flavour === 'quickwit' ? await send('GET', `${indexes}/${index}`) : await request('HEAD', '');
  if (found.status === 200) return;
  if (found.status !== 404) throw refusal(target, found);
  const made =
    flavour === 'quickwit'
      ? await send('POST', indexes, json(quickwitIndex(index)))
      : await request('PUT', '', json(elasticsearchIndex()));
  if (made.status >= 300) throw refusal(target, made);
}
