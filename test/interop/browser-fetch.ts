/** Response headers that a page may read without being told. */
const SAFE_RESPONSE_HEADERS = new Set([
  'cache-control',
  'content-language',
  'content-length',
  'content-type',
  'expires',
  'last-modified',
  'pragma',
]);

const SAFE_METHODS = new Set(['GET', 'HEAD', 'POST']);
const SAFE_TYPES = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']);
const SAFE_REQUEST_HEADERS = new Set(['accept', 'accept-language', 'content-language']);

/** A `fetch` as a page of another origin has it, and what it did. */
export interface BrowserFetch {
  readonly fetch: typeof globalThis.fetch;
  /** One entry a preflight: the method and headers it asked for. */
  readonly preflights: string[];
}

/**
 * A fetch that keeps to CORS as browsers do: it says its origin, asks before requests that are not simple, refuses
 * what the server has not allowed with a TypeError, and shows only the response headers a page may read.
 */
export function createBrowserFetch(origin: string): BrowserFetch {
  const preflights: string[] = [];
  return {
    preflights,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const unsafe = unsafeHeaders(request);
      if (unsafe.length > 0 || !SAFE_METHODS.has(request.method)) {
        preflights.push(`${request.method} ${unsafe.join(',')}`);
        await preflight(request, origin, unsafe);
      }
      request.headers.set('origin', origin);
      const response = await globalThis.fetch(request);
      assertAllowedOrigin(response, origin);
      return readable(response);
    },
  };
}

function unsafeHeaders({ headers }: Request): string[] {
  return [...headers]
    .filter(([name, value]) =>
      name === 'content-type' ? !SAFE_TYPES.has(value.split(';')[0] ?? '') : !SAFE_REQUEST_HEADERS.has(name),
    )
    .map(([name]) => name)
    .sort();
}

async function preflight(request: Request, origin: string, unsafe: readonly string[]): Promise<void> {
  const response = await globalThis.fetch(request.url, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': request.method,
      ...(unsafe.length === 0 ? {} : { 'access-control-request-headers': unsafe.join(',') }),
    },
  });
  await response.arrayBuffer();
  if (!response.ok) throw new TypeError(`CORS: the preflight is answered ${response.status}`);
  assertAllowedOrigin(response, origin);
  const methods = namesOf(response, 'access-control-allow-methods', (name) => name.toUpperCase());
  if (!SAFE_METHODS.has(request.method) && !methods.has(request.method)) {
    throw new TypeError(`CORS: ${request.method} is not allowed`);
  }
  const allowed = namesOf(response, 'access-control-allow-headers', (name) => name.toLowerCase());
  const refused = unsafe.filter((name) => !allowed.has(name) && !allowed.has('*'));
  if (refused.length > 0) throw new TypeError(`CORS: ${refused.join(', ')} not allowed`);
}

function assertAllowedOrigin({ headers }: Response, origin: string): void {
  const allowed = headers.get('access-control-allow-origin');
  if (allowed !== origin && allowed !== '*') throw new TypeError(`CORS: ${origin} is not allowed`);
}

function namesOf({ headers }: Response, header: string, normal: (name: string) => string): Set<string> {
  const names = (headers.get(header) ?? '').split(',').map((name) => normal(name.trim()));
  return new Set(names.filter((name) => name !== ''));
}

function readable(response: Response): Response {
  const exposed = namesOf(response, 'access-control-expose-headers', (name) => name.toLowerCase());
  const visible = [...response.headers].filter(
    ([name]) => SAFE_RESPONSE_HEADERS.has(name) || exposed.has(name) || exposed.has('*'),
  );
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers: visible });
}
