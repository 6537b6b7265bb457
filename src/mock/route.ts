import type { WireRequest, WireResponse } from '../connect/wire-message.ts';

/** Requests and responses of node:http and of node:http2 both fit. */
export interface RouteResponse extends WireResponse {
  setHeader(name: string, value: string): unknown;
  readonly statusCode: number;
}

/** Answers one request; works on HTTP/1.1 under Express and on HTTP/2 without it. */
export type RouteHandler = (request: WireRequest, response: RouteResponse) => void | Promise<void>;

/** A place where the mock answers. */
export interface Route {
  /** Exact path, without query. */
  readonly path: string;
  /** Absent: every method is the handler's business. */
  readonly method?: 'GET';
  readonly handle: RouteHandler;
}

/** The path of a request, without query. */
export function pathOf(request: WireRequest): string {
  const [path = ''] = (request.url ?? '').split('?', 1);
  return path;
}

/** Answers with a whole text. */
export function writeText(
  response: RouteResponse,
  {
    status = 200,
    mediaType,
    text,
  }: { readonly status?: number; readonly mediaType: string; readonly text: string },
): void {
  const body = Buffer.from(text);
  response.writeHead(status, { 'Content-Type': mediaType, 'Content-Length': body.length });
  response.end(body);
}
