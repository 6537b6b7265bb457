import type { Logger } from 'pino';
import type { Procedure } from '../connect/procedure.ts';
import { createUnaryHandler, type UnaryHandler } from '../connect/unary-handler.ts';
import type { LoadedDocument } from '../openapi/loaded-document.ts';
import type { Operation } from '../openapi/operation.ts';
import type { World } from '../world/world.ts';
import type { Clock } from './clock.ts';
import { createListSessions } from './list-sessions-implementation.ts';
import type { ResolvedMockOptions } from './mock-options.ts';

/** What a procedure's handler works with. */
export interface ProcedureContext {
  readonly document: LoadedDocument;
  readonly options: ResolvedMockOptions;
  readonly world: World;
  readonly clock: Clock;
  readonly logger: Logger;
}

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
