import type { Logger } from 'pino';
import type { LoadedDocument } from '../openapi/loaded-document.ts';
import type { World } from '../world/world.ts';
import type { Clock } from './clock.ts';
import type { ResolvedMockOptions } from './mock-options.ts';

/** Everything a mock is made of. */
export interface MockParts {
  readonly options: ResolvedMockOptions;
  readonly documents: readonly LoadedDocument[];
  readonly world: World;
  readonly clock: Clock;
  readonly logger: Logger;
  /** False once shutdown has begun. */
  readonly isReady: () => boolean;
}

/** What the handler of one document's procedure works with. */
export interface ProcedureContext extends Omit<MockParts, 'documents'> {
  readonly document: LoadedDocument;
}
