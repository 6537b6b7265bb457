import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Logger } from 'pino';
import { writeNotFound } from '../connect/not-found.ts';
import { applyCors } from './cors.ts';
import type { RequestLog } from './request-log.ts';
import type { Route } from './route.ts';

/** What stands around the routes, whatever protocol a request comes in. */
export interface MockSurface {
  readonly routes: readonly Route[];
  readonly log: RequestLog;
  readonly hasCors: boolean;
  readonly logger: Logger;
}

/** The mock's Express application: a request's way through it, from top to bottom. */
export function createMockApp({ routes, log, hasCors, logger }: MockSurface): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.enable('strict routing');
  app.use((request, response, next) => {
    log(request, response);
    if (!hasCors || !applyCors(request, response)) next();
  });
  for (const { path, method, handle } of routes) {
    if (method === 'GET') app.get(path, (request, response) => handle(request, response));
    else app.all(path, (request, response) => handle(request, response));
  }
  app.use((_, response) => writeNotFound(response));
  app.use(createLastResort(logger));
  return app;
}

/** What Express itself refuses, such as a path with a broken escape, is a path nobody knows. */
function createLastResort(logger: Logger): ErrorRequestHandler {
  return (error, request, response, next) => {
    if (response.headersSent) return next(error);
    const isRefused = error instanceof URIError || ('status' in error && error.status < 500);
    if (!isRefused) logger.error({ err: error, path: request.path }, 'request failed');
    writeNotFound(response);
  };
}
