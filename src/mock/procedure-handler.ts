import type { Procedure, UnaryImplementation } from '../connect/procedure.ts';
import { createUnaryHandler, type UnaryHandler, type UnaryHandlerOptions } from '../connect/unary-handler.ts';
import type { Operation } from '../openapi/operation.ts';
import { createGeneratedProcedure } from './generated-procedure.ts';
import { createListSessions } from './list-sessions-implementation.ts';
import type { ProcedureContext } from './mock-parts.ts';
import { withWireTraits } from './wire-traits.ts';

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
  const isListSessions = procedure.path === LIST_SESSIONS_PATH;
  const handlerOf = (served: Procedure, decode?: UnaryHandlerOptions['decode']): UnaryHandler =>
    createUnaryHandler({
      procedure: served,
      implementation: (call) => {
        implementation ??= isListSessions
          ? createListSessions(operation, context)
          : createGeneratedProcedure(operation, procedure, context);
        return implementation(call);
      },
      onInternalError: (error) => logger.error({ err: error, procedure: procedure.path }, 'internal error'),
      ...(decode === undefined ? {} : { decode }),
    });
  // A profile is that of ListSessionsV2 alone.
  return isListSessions ? withWireTraits(context.traits.wire, procedure, handlerOf) : handlerOf(procedure);
}
