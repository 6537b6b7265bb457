import type { Logger } from 'pino';
import { writeNotFound } from '../connect/not-found.ts';
import { pathOf, type RouteHandler } from './route.ts';
import type { RouteTable } from './route-table.ts';

/** What a dispatcher works with. */
export interface DispatchParts {
  /** The table of the moment: it is exchanged as a whole when documents change. */
  readonly table: () => RouteTable;
  readonly logger: Logger;
}

/** Hands each request to whoever answers its path; the same for HTTP/1.1 and HTTP/2. Never rejects. */
export function createDispatcher({ table, logger }: DispatchParts): RouteHandler {
  return async (request, response) => {
    const path = pathOf(request);
    const handle = table().find(request.method ?? '', path);
    if (handle === undefined) return writeNotFound(response);
    try {
      await handle(request, response);
    } catch (error) {
      logger.error({ err: error, path }, 'request failed');
      if (response.headersSent) response.destroy();
      else writeInternal(response);
    }
  };
}

function writeInternal(response: Parameters<RouteHandler>[1]): void {
  const body = '{"code":"internal","message":"internal error"}';
  response.writeHead(500, { 'Content-Type': 'application/json', 'Content-Length': body.length });
  response.end(body);
}
