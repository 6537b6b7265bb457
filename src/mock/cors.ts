import type { RequestHandler } from 'express';

/** Headers a browser may read: everything the Connect and gRPC-Web protocols put there. */
const EXPOSED =
  'Content-Encoding, Grpc-Status, Grpc-Message, Grpc-Status-Details-Bin, Retry-After, X-Request-Id, Preference-Applied';

/**
 * Lets pages of any origin call the mock: answers preflights and marks answers as readable.
 * Any request header is allowed, so that every client library passes.
 */
export function createCors(): RequestHandler {
  return (request, response, next) => {
    const origin = request.headers.origin;
    if (origin === undefined) return next();
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Expose-Headers', EXPOSED);
    response.appendHeader('Vary', 'Origin');
    if (request.method !== 'OPTIONS' || !request.headers['access-control-request-method']) return next();
    const wanted = request.headers['access-control-request-headers'];
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
    if (wanted !== undefined) response.setHeader('Access-Control-Allow-Headers', wanted);
    response.setHeader('Access-Control-Max-Age', '7200');
    response.writeHead(204).end();
  };
}
