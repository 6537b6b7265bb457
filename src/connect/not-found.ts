import type { WireResponse } from './wire-message.ts';

/** Answers a path that is no procedure: 404 as plain text. Source: measured (Go's net/http). */
export function writeNotFound(response: WireResponse): void {
  const body = '404 page not found\n';
  response.writeHead(404, {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    'Content-Length': body.length,
  });
  response.end(body);
}
