import type { Logger } from 'pino';
import { KitError } from '../errors.ts';
import { watchPaths } from '../files/watch-paths.ts';
import type { World } from '../world/world.ts';
import { followDocuments } from './follow-documents.ts';
import type { LiveRoutes } from './live-routes.ts';
import type { ResolvedMockOptions } from './mock-options.ts';
import { logUnwatchable } from './unwatchable.ts';

/** Whose files are followed, and how what they hold is loaded. */
export interface FollowChangesOptions {
  readonly options: ResolvedMockOptions;
  readonly logger: Logger;
  readonly live: LiveRoutes;
  /** Loads the world with its fixtures anew. */
  readonly loadWorld: () => Promise<World>;
}

/** Follows the mock's documents and fixtures; what is broken is logged and changes nothing. */
export function followChanges({
  options,
  logger,
  live,
  loadWorld,
}: FollowChangesOptions): { close(): void }[] {
  const documents = followDocuments({
    spec: options.spec,
    logger,
    take: (served) => live.take({ served }),
  });
  if (options.fixtures === undefined) return [documents];
  const fixtures = watchPaths<World>({
    paths: [options.fixtures],
    load: loadWorld,
    onLoaded: (world) => {
      live.take({ world });
      logger.info({ directory: options.fixtures }, 'fixtures reloaded');
    },
    onFailed: (error) => {
      const reason = error instanceof KitError ? error.message : String(error);
      logger.error(`${reason} (the last good fixtures stay)`);
    },
    onUnwatchable: logUnwatchable(logger),
  });
  return [documents, fixtures];
}
