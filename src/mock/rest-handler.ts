import { ConnectError } from '../connect/connect-error.ts';
import { RequestAborted } from '../connect/read-body.ts';
import { isGone, type WireRequest } from '../connect/wire-message.ts';
import type { Operation } from '../openapi/operation.ts';
import type { ProcedureContext } from './mock-parts.ts';
import { createOperationAnswers } from './operation-answer.ts';
import { createBodyReader } from './request-body.ts';
import { createParameterReader } from './request-parameters.ts';
import { RequestProblemsError } from './request-problem.ts';
import {
  chooseAnswer,
  errorAnswer,
  type RestAnswer,
  type RestContext,
  successAnswer,
} from './rest-answer.ts';
import type { RouteResponse } from './route.ts';
import { assertAuthorized, challengeOf, securityRuleOf } from './security.ts';

/** Answers a request whose path has been taken apart. */
export type RestHandler = (
  request: WireRequest,
  response: RouteResponse,
  pathParameters: Readonly<Record<string, string>>,
) => Promise<void>;

/**
 * Serves one operation that is no procedure: key, wanted media type, body, parameters, a made-up answer, in this
 * order. Errors speak the dialect of the document. Never rejects.
 */
export function createRestHandler(operation: Operation, context: ProcedureContext): RestHandler {
  const { document, options, answers, logger } = context;
  const rule = securityRuleOf(operation, options);
  const rest: RestContext = {
    operation,
    document,
    answers: createOperationAnswers(operation, document, answers),
    prefersExamples: options.preferExamples,
  };
  const readBody = createBodyReader(operation, document);
  // Prepared at the first request: a document may have hundreds of operations.
  let readParameters: ReturnType<typeof createParameterReader> | undefined;
  const answer = async (
    request: WireRequest,
    pathParameters: Readonly<Record<string, string>>,
  ): Promise<RestAnswer> => {
    const { headers, url = '' } = request;
    assertAuthorized({ headers, url }, rule);
    const chosen = chooseAnswer(operation, headers.accept);
    const body = await readBody(request);
    readParameters ??= createParameterReader(operation, document);
    const parameters = readParameters({ path: pathParameters, url, headers });
    const problems = [...parameters.problems, ...body.problems];
    if (problems.length > 0) throw new RequestProblemsError(problems);
    const { path, query } = parameters;
    return successAnswer(rest, chosen, { path, query, body: body.value });
  };
  return async (request, response, pathParameters) => {
    try {
      writeAnswer(request, response, await answer(request, pathParameters));
    } catch (error) {
      if (error instanceof RequestAborted || isGone(response)) return;
      if (!(error instanceof ConnectError))
        logger.error({ err: error, path: operation.path }, 'internal error');
      request.resume();
      writeAnswer(
        request,
        response,
        safely(() => errorAnswer(rest, visible(error, operation))),
      );
    }
  };
}

function visible(error: unknown, operation: Operation): ConnectError {
  if (!(error instanceof ConnectError))
    return new ConnectError('internal', 'internal error', { cause: error });
  if (error.httpStatus !== 401) return error;
  const headers = { ...error.headers, ...challengeOf(operation) };
  return new ConnectError(error.code, error.message, { headers, cause: error });
}

/** The document's own form of an error, or Connect's where even that cannot be made. */
function safely(make: () => RestAnswer): RestAnswer {
  try {
    return make();
  } catch {
    // The schema of the error is beyond reach; the caller still has to learn that something went wrong.
    const body = '{"code":"internal","message":"internal error"}';
    return { httpStatus: 500, headers: { 'Content-Type': 'application/json' }, body };
  }
}

function writeAnswer(request: WireRequest, response: RouteResponse, answer: RestAnswer): void {
  const body = Buffer.from(answer.body);
  const hasLength = body.length > 0 || answer.httpStatus !== 204;
  response.writeHead(answer.httpStatus, {
    ...answer.headers,
    ...(hasLength ? { 'Content-Length': body.length } : {}),
  });
  if (request.method === 'HEAD' || body.length === 0) response.end();
  else response.end(body);
}
