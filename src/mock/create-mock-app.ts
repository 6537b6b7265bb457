import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Logger } from 'pino';
import { writeNotFound } from '../connect/not-found.ts';
import type { LoadedDocument } from '../openapi/loaded-document.ts';
import { operationsOf } from '../openapi/operations.ts';
import type { World } from '../world/world.ts';
import { type Clock, readStopwatch } from './clock.ts';
import { createControlRoutes } from './control-routes.ts';
import { createCors } from './cors.ts';
import type { ResolvedMockOptions } from './mock-options.ts';
import { createProcedureHandler } from './procedure-handler.ts';
import { createRequestLog } from './request-log.ts';
import { welcomeText } from './welcome.ts';

/** Everything the application is made of. */
export interface MockParts {
  readonly options: ResolvedMockOptions;
  readonly documents: readonly LoadedDocument[];
  readonly world: World;
  readonly clock: Clock;
  readonly logger: Logger;
  /** False once shutdown has begun. */
  readonly isReady: () => boolean;
}

/** The mock's Express application: a request's way through it, from top to bottom. */
export function createMockApp(parts: MockParts): Express {
  const { options, documents, logger, isReady } = parts;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.enable('strict routing');
  app.use(createRequestLog({ logger, stopwatch: readStopwatch, sendsRequestId: !options.strict }));
  if (options.cors) app.use(createCors());
  app.use(
    createControlRoutes({
      documentText: documents.map((document) => document.text).join('\n---\n'),
      isReady,
      welcome: options.strict ? undefined : welcomeText(documents),
    }),
  );
  for (const document of documents) mountOperations(app, document, parts);
  app.use((_, response) => writeNotFound(response));
  app.use(createLastResort(logger));
  return app;
}

function mountOperations(app: Express, document: LoadedDocument, parts: MockParts): void {
  for (const operation of operationsOf(document)) {
    // POST and GET of a procedure are one: its handler takes every method of the path.
    if (operation.procedure === undefined || operation.method !== 'POST') continue;
    const handle = createProcedureHandler(operation, operation.procedure, { ...parts, document });
    app.all(operation.path, (request, response) => handle(request, response));
  }
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
