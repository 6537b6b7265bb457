import type { RequestHandler } from 'express';
import type { Logger } from 'pino';

/** How the log is kept. */
export interface RequestLogOptions {
  readonly logger: Logger;
  /** Counts ms from anywhere. */
  readonly stopwatch: () => number;
  /** True sends `X-Request-Id` with every answer. */
  readonly sendsRequestId: boolean;
}

const USABLE_ID = /^[\w.:/+=-]{1,128}$/;

/**
 * Opens the journal of a request and closes it when the answer is out: one line with id, method, path,
 * status and milliseconds. Never a header, a query text or a body, so never a key.
 */
export function createRequestLog({ logger, stopwatch, sendsRequestId }: RequestLogOptions): RequestHandler {
  let served = 0;
  const isOn = logger.isLevelEnabled('info');
  return (request, response, next) => {
    served += 1;
    const requestId = givenId(request.headers['x-request-id']) ?? `request-${served}`;
    if (sendsRequestId) response.setHeader('X-Request-Id', requestId);
    if (isOn) {
      const startedAt = stopwatch();
      const { method, path } = request;
      response.once('close', () => {
        const durationMs = stopwatch() - startedAt;
        const { statusCode: status, writableFinished: isComplete } = response;
        logger.info(
          { requestId, method, path, status, durationMs, ...(isComplete ? {} : { aborted: true }) },
          'request',
        );
      });
    }
    next();
  };
}

function givenId(given: string | string[] | undefined): string | undefined {
  return typeof given === 'string' && USABLE_ID.test(given) ? given : undefined;
}
