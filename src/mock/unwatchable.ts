import type { Logger } from 'pino';
import type { PathWatcher } from '../files/watch-paths.ts';

/** Tells the log of a directory that the system does not watch. */
export function logUnwatchable(logger: Logger): PathWatcher<unknown>['onUnwatchable'] {
  return (error, directory) =>
    logger.warn(
      { directory, reason: error.message },
      'cannot watch a directory; its files are looked at once a second',
    );
}
