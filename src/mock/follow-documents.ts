import type { Logger } from 'pino';
import { KitError } from '../errors.ts';
import { type FileWatch, watchFiles } from '../files/watch-files.ts';
import { documentFiles, loadServedDocuments } from './load-documents.ts';
import type { ServedDocument } from './served-documents.ts';

/** Who is told about changed documents. */
export interface FollowOptions {
  readonly spec: readonly string[];
  readonly logger: Logger;
  /** Takes the new documents over, all at once. */
  readonly take: (served: readonly ServedDocument[]) => void;
}

/** Reloads the documents when their files change. Broken ones are logged with the place of the mistake, and nothing changes. */
export function followDocuments({ spec, logger, take }: FollowOptions): FileWatch {
  let reloads = 0;
  const reload = async (): Promise<void> => {
    reloads += 1;
    const reload = reloads;
    try {
      const served = await loadServedDocuments(spec);
      // A later change overtook this one.
      if (reload !== reloads) return;
      take(served);
      const operations = served.reduce((sum, one) => sum + one.operations.length, 0);
      logger.info({ files: documentFiles(spec), operations }, 'documents reloaded');
    } catch (error) {
      const reason = error instanceof KitError ? error.message : String(error);
      logger.error(
        { code: error instanceof KitError ? error.code : undefined },
        `${reason} (the last good documents stay)`,
      );
    }
  };
  return watchFiles({
    files: documentFiles(spec),
    onChange: () => {
      // Errors are logged inside.
      void reload();
    },
    onError: (error) => logger.error({ err: error }, 'the documents can no longer be watched'),
  });
}
