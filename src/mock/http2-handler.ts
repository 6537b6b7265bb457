import { writeNotFound } from '../connect/not-found.ts';
import { applyCors } from './cors.ts';
import type { MockSurface } from './create-mock-app.ts';
import { pathOf, type Route, type RouteHandler } from './route.ts';

/** The same way through the mock for HTTP/2, whose requests Express cannot take. */
export function createHttp2Handler({ routes, log, hasCors, logger }: MockSurface): RouteHandler {
  const byPath = new Map(routes.map((route) => [route.path, route]));
  return async (request, response) => {
    log(request, response);
    if (hasCors && applyCors(request, response)) return;
    const route = byPath.get(pathOf(request));
    if (route === undefined || !takes(route, request.method)) return writeNotFound(response);
    try {
      await route.handle(request, response);
    } catch (error) {
      logger.error({ err: error, path: route.path }, 'request failed');
      response.destroy();
    }
  };
}

function takes({ method }: Route, given: string | undefined): boolean {
  return method === undefined || given === method || given === 'HEAD';
}
