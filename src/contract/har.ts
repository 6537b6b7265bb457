import { gunzipSync } from 'node:zlib';
import { KitError } from '../errors.ts';
import type { Answer, Exchange, Header } from './exchange.ts';
import { readJson } from './read-json.ts';
import { isObject, type JsonObject } from './run-view.ts';

/** Which requests of a recording to look at. */
export interface HarFilter {
  /** End of the path. */
  readonly path: string;
  /** Header that carries the key. */
  readonly keyHeader: string;
}

/** What a recording holds. */
export interface Recording {
  readonly exchanges: readonly Exchange[];
  /** Keys, tokens and cookies of its requests: what no report may show. */
  readonly secrets: readonly string[];
  /** Where the first of its requests went. */
  readonly baseUrl: string;
}

/** The exchanges of a HAR file and the secrets in it. Throws KitError ERR_OPTION_INVALID for text that is no HAR. */
export function readRecording(text: string, filter: HarFilter): Recording {
  const requests = readEntries(text).flatMap(({ request }) => (isObject(request) ? [request] : []));
  const urls = requests.flatMap(({ url }) => (URL.canParse(String(url)) ? [new URL(String(url))] : []));
  return {
    exchanges: exchangesFromHar(text, filter),
    secrets: [...new Set(requests.flatMap((request) => secretsOfRequest(request, filter)))],
    baseUrl: urls.find(({ pathname }) => pathname.endsWith(filter.path))?.origin ?? '',
  };
}

const SECRET_HEADERS = ['authorization', 'proxy-authorization', 'cookie'];
const SHORTEST_SECRET = 8;

function secretsOfRequest(request: JsonObject, { keyHeader }: HarFilter): readonly string[] {
  const names = [keyHeader.toLowerCase(), 'api_key'];
  const headers = readHeaders(request).map(([name, value]): Header => [name.toLowerCase(), value]);
  const keys = headers.filter(([name]) => names.includes(name)).map(([, value]) => value);
  const tokens = headers
    .filter(([name]) => SECRET_HEADERS.includes(name))
    .flatMap(([, value]) => value.split(/[\s;]+/).map((part) => part.replace(/^[\w-]+=/, '')));
  const url = String(request['url']);
  const query = URL.canParse(url) ? [...new URL(url).searchParams] : [];
  const inQuery = query.filter(([name]) => names.includes(name.toLowerCase())).map(([, value]) => value);
  return [...keys, ...inQuery, ...tokens.filter(({ length }) => length >= SHORTEST_SECRET)];
}

/**
 * The exchanges of a HAR file (version 1.2) whose path ends with the given one. The key header is replaced by its
 * placeholder. Throws KitError ERR_OPTION_INVALID for text that is no HAR.
 */
export function exchangesFromHar(text: string, { path, keyHeader }: HarFilter): Exchange[] {
  const entries = readEntries(text);
  return entries.flatMap((entry, index): Exchange[] => {
    const { request, response, time } = entry;
    if (!isObject(request) || !isObject(response)) return [];
    const url = URL.canParse(String(request['url'])) ? new URL(String(request['url'])) : undefined;
    if (url === undefined || !url.pathname.endsWith(path)) return [];
    return [
      {
        probe: 'traffic',
        index,
        request: {
          method: String(request['method']),
          path: url.pathname + url.search,
          headers: readHeaders(request).map(([name, value]) =>
            name.toLowerCase() === keyHeader.toLowerCase() ? [name, '{KEY}'] : [name, value],
          ),
          ...readPostData(request['postData']),
        },
        ...readAnswer(response),
        elapsedMs: typeof time === 'number' ? time : 0,
      },
    ];
  });
}

function readEntries(text: string): readonly JsonObject[] {
  const value = parseJson(text);
  const log = isObject(value) ? value['log'] : undefined;
  const entries = isObject(log) ? log['entries'] : undefined;
  if (!Array.isArray(entries)) {
    throw new KitError('ERR_OPTION_INVALID', {
      option: 'verify',
      expected: 'a HAR file',
      value: 'another text',
    });
  }
  return entries.filter(isObject);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is no JSON is no HAR either, and is refused as such.
    return undefined;
  }
}

function readHeaders(message: JsonObject): Header[] {
  const headers = message['headers'];
  const list = Array.isArray(headers) ? headers.filter(isObject) : [];
  return list.map(({ name, value }): Header => [String(name), String(value)]);
}

function readPostData(postData: unknown): { readonly body?: Uint8Array } {
  return isObject(postData) && typeof postData['text'] === 'string'
    ? { body: Buffer.from(postData['text'], 'utf8') }
    : {};
}

function readAnswer(response: JsonObject): Pick<Exchange, 'answer' | 'failure'> {
  const status = Number(response['status']);
  if (!(status > 0)) return { failure: { kind: 'broken', reason: 'the recording has no answer' } };
  const rawHeaders = readHeaders(response);
  const headers: Record<string, string> = {};
  for (const [name, value] of rawHeaders) headers[name.toLowerCase()] ??= value;
  const body = readContent(response['content']);
  const decoded = unzipped(body);
  // Recordings hold bodies after decompression, so the declared encoding no longer applies.
  delete headers['content-encoding'];
  return {
    answer: { status, rawHeaders, headers, wireBody: body, ...decoded, json: readJson(decoded.body) },
  };
}

function readContent(content: unknown): Buffer {
  if (!isObject(content) || typeof content['text'] !== 'string') return Buffer.alloc(0);
  return Buffer.from(content['text'], content['encoding'] === 'base64' ? 'base64' : 'utf8');
}

const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** Some recorders keep bodies as they came; one that cannot be unpacked is judged as it is. */
function unzipped(body: Buffer): Pick<Answer, 'body' | 'encodingProblem'> {
  if (body[0] !== 0x1f || body[1] !== 0x8b) return { body };
  try {
    return { body: gunzipSync(body, { maxOutputLength: MAX_BODY_BYTES }) };
  } catch (error) {
    return {
      body,
      encodingProblem: `is gzip, but: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}
