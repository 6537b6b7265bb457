import type { Procedure, UnaryImplementation } from '../connect/procedure.ts';
import { createUnaryHandler, type UnaryHandler } from '../connect/unary-handler.ts';
import type { Operation } from '../openapi/operation.ts';
import { createGeneratedProcedure } from './generated-procedure.ts';
import { createListSessions } from './list-sessions-implementation.ts';
import type { ProcedureContext } from './mock-parts.ts';

/** The one procedure that the world answers; all others are made up from their document. */
export const LIST_SESSIONS_PATH = '/core.v1.SessionsService/ListSessionsV2';

/** The wire handler of one procedure of the document. Its implementation is made at the first call. */
export function createProcedureHandler(
  operation: Operation,
  procedure: Procedure,
  context: ProcedureContext,
): UnaryHandler {
  const { logger } = context;
  let implementation: UnaryImplementation | undefined;
  return createUnaryHandler({
    procedure,
    implementation: (call) => {
      implementation ??=
        procedure.path === LIST_SESSIONS_PATH
          ? createListSessions(operation, context)
          : createGeneratedProcedure(operation, procedure, context);
      return implementation(call);
    },
    onInternalError: (error) => logger.error({ err: error, procedure: procedure.path }, 'internal error'),
  });
}
