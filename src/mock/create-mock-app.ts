import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Logger } from 'pino';
import { writeNotFound } from '../connect/not-found.ts';
import { applyCors } from './cors.ts';
import type { RequestLog } from './request-log.ts';
import type { RouteHandler } from './route.ts';

/** What a request goes through, whatever protocol it comes in. */
export interface MockSurface {
  readonly log: RequestLog;
  readonly hasCors: boolean;
  /** Hands the request to the control route or operation of its path. */
  readonly dispatch: RouteHandler;
  readonly logger: Logger;
}

/** The mock's Express application: a request's way through it, from top to bottom. */
export function createMockApp({ log, hasCors, dispatch, logger }: MockSurface): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use((request, response, next) => {
    log(request, response);
    if (!hasCors || !applyCors(request, response)) next();
  });
  app.use((request, response) => dispatch(request, response));
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
