import type { Logger } from 'pino';
import type { LoadedDocument } from '../openapi/loaded-document.ts';
import type { World } from '../world/world.ts';
import type { Clock } from './clock.ts';
import type { ResolvedMockOptions } from './mock-options.ts';

/** What a procedure's handler works with. */
export interface ProcedureContext {
  readonly document: LoadedDocument;
  readonly options: ResolvedMockOptions;
  readonly world: World;
  readonly clock: Clock;
  readonly logger: Logger;
}
