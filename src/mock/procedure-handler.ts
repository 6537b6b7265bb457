import type { Procedure } from '../connect/procedure.ts';
import { createUnaryHandler, type UnaryHandler } from '../connect/unary-handler.ts';
import type { Operation } from '../openapi/operation.ts';
import { createListSessions } from './list-sessions-implementation.ts';
import type { ProcedureContext } from './mock-parts.ts';

/** The wire handler of one procedure of the document. */
export function createProcedureHandler(
  operation: Operation,
  procedure: Procedure,
  context: ProcedureContext,
): UnaryHandler {
  const { logger } = context;
  return createUnaryHandler({
    procedure,
    implementation: createListSessions(operation, context),
    onInternalError: (error) => logger.error({ err: error, procedure: procedure.path }, 'internal error'),
  });
}
