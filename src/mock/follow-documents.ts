import type { Logger } from 'pino';
import { KitError } from '../errors.ts';
import { type PathWatch, watchPaths } from '../files/watch-paths.ts';
import { documentFiles, loadServedDocuments } from './load-documents.ts';
import type { ServedDocument } from './served-documents.ts';
import { logUnwatchable } from './unwatchable.ts';

/** Who is told about changed documents. */
export interface FollowOptions {
  readonly spec: readonly string[];
  readonly logger: Logger;
  /** Takes the new documents over, all at once. */
  readonly take: (served: readonly ServedDocument[]) => void;
}

/** Reloads the documents when their files change. Broken ones are logged with the place of the mistake, and nothing changes. */
export function followDocuments({ spec, logger, take }: FollowOptions): PathWatch {
  return watchPaths<readonly ServedDocument[]>({
    paths: documentFiles(spec),
    load: () => loadServedDocuments(spec),
    onLoaded: (served) => {
      take(served);
      const operations = served.reduce((sum, one) => sum + one.operations.length, 0);
      logger.info({ files: documentFiles(spec), operations }, 'documents reloaded');
    },
    onFailed: (error) => {
      const isKnown = error instanceof KitError;
      const reason = isKnown ? error.message : String(error);
      logger.error({ code: isKnown ? error.code : undefined }, `${reason} (the last good documents stay)`);
    },
    onUnwatchable: logUnwatchable(logger),
  });
}
