import type { Logger } from 'pino';
import type { LoadedDocument } from '../openapi/loaded-document.ts';
import type { World } from '../world/world.ts';
import type { AnswerSource } from './answer-source.ts';
import type { Clock } from './clock.ts';
import type { ResolvedMockOptions } from './mock-options.ts';
import type { ServedDocument } from './served-documents.ts';
import type { MockTraits } from './traits.ts';

/** Everything a mock is made of. */
export interface MockParts {
  readonly options: ResolvedMockOptions;
  readonly traits: MockTraits;
  readonly served: readonly ServedDocument[];
  readonly world: World;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Makes up what the world does not know. */
  readonly answers: AnswerSource;
  /** False once shutdown has begun. */
  readonly isReady: () => boolean;
}

/** What the handler of one document's procedure works with. */
export interface ProcedureContext extends Omit<MockParts, 'served'> {
  readonly document: LoadedDocument;
}
