import type { Logger } from 'pino';
import type { WireRequest } from '../connect/wire-message.ts';
import { pathOf, type RouteResponse } from './route.ts';

/** How the log is kept. */
export interface RequestLogOptions {
  readonly logger: Logger;
  /** Counts ms from anywhere. */
  readonly stopwatch: () => number;
  /** True sends `X-Request-Id` with every answer. */
  readonly sendsRequestId: boolean;
}

/** Opens the journal of a request and closes it when the answer is out. */
export type RequestLog = (request: WireRequest, response: RouteResponse) => void;

const USABLE_ID = /^[\w.:/+=-]{1,128}$/;

/**
 * A log of one line a request: id, method, path, status and milliseconds. Never a header, a query text or a
 * body, so never a key.
 */
export function createRequestLog({ logger, stopwatch, sendsRequestId }: RequestLogOptions): RequestLog {
  let served = 0;
  const isOn = logger.isLevelEnabled('info');
  return (request, response) => {
    served += 1;
    const requestId = givenId(request.headers['x-request-id']) ?? `request-${served}`;
    if (sendsRequestId) response.setHeader('X-Request-Id', requestId);
    if (!isOn) return;
    const startedAt = stopwatch();
    const { method } = request;
    const path = pathOf(request);
    response.once('close', () => {
      const { statusCode: status, writableFinished: isComplete } = response;
      const durationMs = Math.round((stopwatch() - startedAt) * 1000) / 1000;
      logger.info(
        { requestId, method, path, status, durationMs, ...(isComplete ? {} : { aborted: true }) },
        'request',
      );
    });
  };
}

function givenId(given: string | string[] | undefined): string | undefined {
  return typeof given === 'string' && USABLE_ID.test(given) ? given : undefined;
}
