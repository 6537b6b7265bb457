import { applyCors } from './cors.ts';
import type { MockSurface } from './create-mock-app.ts';
import type { RouteHandler } from './route.ts';

/** The same way through the mock for HTTP/2, whose requests Express cannot take. */
export function createHttp2Handler({ log, hasCors, dispatch }: MockSurface): RouteHandler {
  return (request, response) => {
    log(request, response);
    if (hasCors && applyCors(request, response)) return;
    return dispatch(request, response);
  };
}
