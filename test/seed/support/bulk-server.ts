import { createServer, type ServerResponse } from 'node:http';

/** One bulk request as it arrived. */
export interface BulkRequest {
  readonly bytes: number;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly items: readonly {
    readonly action: Record<string, { _id?: string }>;
    readonly document: { id: string };
  }[];
}

/** What the double does with a request or an item; undefined lets it pass. */
export interface BulkBehaviour {
  /** Status of a whole bulk request, by its number from 0. */
  readonly requestStatus?: (number: number, request: BulkRequest) => number | undefined;
  /** Status of one item, by its document's id and how often it was sent before. */
  readonly itemStatus?: (id: string, sentBefore: number) => number | undefined;
  /** `Retry-After` of answers with 429; default 3. */
  readonly retryAfter?: string;
  readonly distribution?: 'elasticsearch' | 'opensearch' | 'quickwit';
}

/** A double of an Elasticsearch-compatible server. */
export interface BulkServer {
  readonly url: string;
  /** Documents it holds, in order of arrival; with ids, a later one replaces an earlier one. */
  readonly documents: () => readonly { readonly id: string }[];
  readonly requests: BulkRequest[];
  /** Bodies that made indexes. */
  readonly made: unknown[];
  /** Method and path of every request but the bulk ones. */
  readonly other: string[];
  stop(): Promise<void>;
}

/** Starts the double on a free loopback port. */
export async function startBulkServer(behaviour: BulkBehaviour = {}): Promise<BulkServer> {
  const distribution = behaviour.distribution ?? 'elasticsearch';
  const isQuickwit = distribution === 'quickwit';
  const documents: { id: string }[] = [];
  const sent = new Map<string, number>();
  const requests: BulkRequest[] = [];
  const made: unknown[] = [];
  const other: string[] = [];

  const places = new Map<string, number>();
  const keep = (document: { id: string }): void => {
    const known = isQuickwit ? undefined : places.get(document.id);
    places.set(document.id, known ?? documents.length);
    documents[known ?? documents.length] = document;
  };
  const answerItem = (item: BulkRequest['items'][number]): object => {
    const before = sent.get(item.document.id) ?? 0;
    sent.set(item.document.id, before + 1);
    const status = behaviour.itemStatus?.(item.document.id, before) ?? 201;
    const [action = 'index'] = Object.keys(item.action);
    const id = isQuickwit ? {} : { _id: item.document.id };
    if (status < 300) {
      keep(item.document);
      return { [action]: { ...id, status } };
    }
    return { [action]: { ...id, status, error: { type: 'refused', reason: `status ${status}` } } };
  };
  const bulk = (request: BulkRequest, response: ServerResponse): void => {
    requests.push(request);
    const status = behaviour.requestStatus?.(requests.length - 1, request);
    if (status !== undefined) {
      response
        .writeHead(status, status === 429 ? { 'retry-after': behaviour.retryAfter ?? '3' } : {})
        .end('{"error":"no"}');
      return;
    }
    const items = request.items.map(answerItem);
    const errors = items.some((item) => Object.values(item).some((verdict) => 'error' in verdict));
    send(response, 200, { took: 1, errors, items });
  };
  const base = isQuickwit ? '/api/v1/_elastic' : '';
  const number = distribution === 'elasticsearch' ? { number: '8.0.0' } : { number: '7.17.0', distribution };
  const isThere = (): Reply => [made.length > 0 ? 200 : 404, {}];
  const make = (body: string): Reply => {
    made.push(JSON.parse(body));
    return [200, {}];
  };
  const routes: Readonly<Record<string, (body: string) => Reply>> = {
    [`GET ${base}/`]: () => [200, { version: number, tagline: 'You Know, for Search' }],
    [`POST ${base}/sessions/_search`]: (body) => [200, countHits(documents, body)],
    ...(isQuickwit
      ? { 'GET /api/v1/indexes/sessions': isThere, 'POST /api/v1/indexes': make }
      : { 'HEAD /sessions': isThere, 'PUT /sessions': make, 'POST /sessions/_refresh': () => [200, {}] }),
  };
  const reply = ({ method, path, body }: Arrived): Reply => {
    const name = `${method} ${path}`;
    other.push(name);
    return routes[name]?.(body) ?? [404, { error: 'no such route' }];
  };
  const route = (arrived: Arrived, response: ServerResponse): void => {
    const { path, body, authorization } = arrived;
    if (path === `${base}/sessions/_bulk`) bulk({ ...parseBody(body), path, authorization }, response);
    else send(response, ...reply(arrived));
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const body = Buffer.concat(chunks).toString();
      route({ method, path, body, authorization: headers.authorization }, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/sessions`,
    documents: () => documents,
    requests,
    made,
    other,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

type Reply = readonly [status: number, body: object];

interface Arrived {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly authorization: string | undefined;
}

function countHits(documents: readonly { id: string }[], body: string): object {
  const ids: string[] = JSON.parse(body).query.terms.id;
  const value = documents.filter(({ id }) => ids.includes(id)).length;
  return { hits: { total: { value, relation: 'eq' }, hits: [] } };
}

function parseBody(body: string): Pick<BulkRequest, 'bytes' | 'items'> {
  const lines = body.split('\n');
  // A bulk body ends with a newline.
  if (lines.pop() !== '') throw new Error('the bulk body does not end with a newline');
  const items = Array.from({ length: lines.length / 2 }, (_, row) => ({
    action: JSON.parse(lines[row * 2] ?? ''),
    document: JSON.parse(lines[row * 2 + 1] ?? ''),
  }));
  return { bytes: Buffer.byteLength(body), items };
}

function send(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
