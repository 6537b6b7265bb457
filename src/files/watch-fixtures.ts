import { watch } from 'node:fs';

/** What happens when fixtures change. */
export interface FixtureWatcher<T> {
  /** Loads everything anew. */
  load(): Promise<T>;
  /** Takes what was loaded. */
  onLoaded(loaded: T): void;
  /** Hears why loading failed; what was loaded before is still good. */
  onFailed(error: unknown): void;
}

/** How to watch. */
export interface WatchOptions {
  /** How long files have to be left alone before they are read, in ms; default 100. */
  readonly settleMs?: number;
}

/** A watch that can be ended. */
export interface FixtureWatch {
  /** Ends the watch; a load under way reports nothing any more. Safe to call twice. */
  close(): void;
}

const DEFAULT_SETTLE_MS = 100;

/**
 * Watches a directory and loads anew whenever it has changed and settled; one load at a time. Editors that write
 * in several steps cause one load. Throws what watching a missing directory throws.
 */
export function watchFixtures<T>(
  directory: string,
  { load, onLoaded, onFailed }: FixtureWatcher<T>,
  { settleMs = DEFAULT_SETTLE_MS }: WatchOptions = {},
): FixtureWatch {
  let timer: NodeJS.Timeout | undefined;
  let isLoading = false;
  let isClosed = false;
  const reload = async (): Promise<void> => {
    isLoading = true;
    try {
      const loaded = await load();
      if (!isClosed) onLoaded(loaded);
    } catch (error) {
      if (!isClosed) onFailed(error);
    } finally {
      isLoading = false;
    }
  };
  const settle = (): void => {
    clearTimeout(timer);
    if (isClosed) return;
    timer = setTimeout(() => {
      if (isLoading) settle();
      else void reload();
    }, settleMs);
  };
  const watcher = watch(directory, { persistent: false }, settle);
  watcher.on('error', onFailed);
  return {
    close: () => {
      isClosed = true;
      clearTimeout(timer);
      watcher.close();
    },
  };
}
