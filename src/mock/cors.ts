import type { WireRequest } from '../connect/wire-message.ts';
import type { RouteResponse } from './route.ts';

/** Headers a browser may read: everything the Connect and gRPC-Web protocols put there. */
const EXPOSED =
  'Content-Encoding, Grpc-Status, Grpc-Message, Grpc-Status-Details-Bin, Retry-After, X-Request-Id, X-Mock-Notes';

/**
 * Lets pages of any origin call the mock: marks answers as readable and answers preflights, allowing any
 * header, so that every client library passes. True when the request was a preflight and is answered.
 */
export function applyCors(request: WireRequest, response: RouteResponse): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return false;
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Access-Control-Expose-Headers', EXPOSED);
  response.setHeader('Vary', 'Origin');
  if (request.method !== 'OPTIONS' || !request.headers['access-control-request-method']) return false;
  const wanted = request.headers['access-control-request-headers'];
  response.writeHead(204, {
    'Access-Control-Allow-Methods': 'GET, POST',
    'Access-Control-Max-Age': '7200',
    ...(wanted === undefined ? {} : { 'Access-Control-Allow-Headers': wanted }),
  });
  response.end();
  return true;
}
