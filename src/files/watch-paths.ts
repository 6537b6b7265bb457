import { type FSWatcher, statSync, watch } from 'node:fs';
import { contentOf, placesOf, stampOf } from './path-stamp.ts';

/** What happens when files change. */
export interface PathWatcher<T> {
  /** Files, or directories whose entries count. */
  readonly paths: readonly string[];
  /** Loads everything anew. */
  load(): Promise<T>;
  /** Takes what was loaded. */
  onLoaded(loaded: T): void;
  /** Hears why loading failed; what was loaded before is still good. */
  onFailed(error: unknown): void;
  /** Hears once of each directory that the system cannot watch: changes are then noticed by looking. */
  onUnwatchable(error: Error, directory: string): void;
}

/** How to watch. */
export interface WatchOptions {
  /** How long files have to be left alone before they are read, in ms; default 100. */
  readonly settleMs?: number;
  /** How often files are looked at in case the system told nothing, in ms; default 1000. */
  readonly pollMs?: number;
}

/** A watch that can be ended. */
export interface PathWatch {
  /** Ends the watch; a load under way reports nothing any more. Safe to call twice. */
  close(): void;
}

const DEFAULT_SETTLE_MS = 100;
const DEFAULT_POLL_MS = 1000;

/**
 * Watches files and directories and loads anew whenever what they hold has changed and settled; one load at a time.
 * Survives editors that replace files, links that come to lead elsewhere, and directories that are removed and made
 * again: the directories on the way are watched, and every path is looked at now and then. Keeps no process alive.
 * Throws what looking at a missing path throws.
 */
export function watchPaths<T>(watcher: PathWatcher<T>, options: WatchOptions = {}): PathWatch {
  for (const path of watcher.paths) statSync(path);
  return new Watch(watcher, options);
}

class Watch<T> implements PathWatch {
  readonly #watcher: PathWatcher<T>;
  readonly #settleMs: number;
  readonly #directories: WatchedDirectories;
  readonly #poll: NodeJS.Timeout;
  #settling: NodeJS.Timeout | undefined;
  #stamp: string;
  #content: string;
  #isLoading = false;
  #isClosed = false;

  constructor(watcher: PathWatcher<T>, { settleMs, pollMs }: WatchOptions) {
    this.#watcher = watcher;
    this.#settleMs = settleMs ?? DEFAULT_SETTLE_MS;
    this.#stamp = this.#seen(stampOf);
    this.#content = this.#seen(contentOf);
    this.#directories = new WatchedDirectories(() => this.#look(), watcher.onUnwatchable);
    this.#directories.follow(watcher.paths);
    this.#poll = setInterval(() => this.#look(), pollMs ?? DEFAULT_POLL_MS).unref();
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#settling);
    clearInterval(this.#poll);
    this.#directories.close();
  }

  /** Something may have happened: in a busy directory mostly to other files. */
  #look(): void {
    if (this.#isClosed) return;
    this.#directories.follow(this.#watcher.paths);
    const stamp = this.#seen(stampOf);
    if (stamp === this.#stamp) return;
    this.#stamp = stamp;
    this.#settle();
  }

  #settle(): void {
    clearTimeout(this.#settling);
    if (this.#isClosed) return;
    this.#settling = setTimeout(() => {
      if (this.#isLoading) this.#settle();
      else this.#compare();
    }, this.#settleMs).unref();
  }

  #compare(): void {
    const content = this.#seen(contentOf);
    if (content === this.#content) return;
    this.#content = content;
    // Errors are handed on inside.
    void this.#reload();
  }

  async #reload(): Promise<void> {
    this.#isLoading = true;
    try {
      const loaded = await this.#watcher.load();
      if (!this.#isClosed) this.#watcher.onLoaded(loaded);
    } catch (error) {
      if (!this.#isClosed) this.#watcher.onFailed(error);
    } finally {
      this.#isLoading = false;
    }
  }

  #seen(look: (path: string) => string): string {
    return this.#watcher.paths.map((path) => orReason(() => look(path))).join('\n\n');
  }
}

/** What was seen, or why nothing could be: a file whose rights were taken away has changed too. */
function orReason(look: () => string): string {
  try {
    return look();
  } catch (error) {
    return String(error);
  }
}

/** The directories that are watched at the moment; one that was made anew under its old name is watched anew. */
class WatchedDirectories {
  readonly #watched = new Map<
    string,
    { readonly identity: string; readonly watcher: FSWatcher | undefined }
  >();
  readonly #onEvent: () => void;
  readonly #onUnwatchable: PathWatcher<unknown>['onUnwatchable'];

  constructor(onEvent: () => void, onUnwatchable: PathWatcher<unknown>['onUnwatchable']) {
    this.#onEvent = onEvent;
    this.#onUnwatchable = onUnwatchable;
  }

  follow(paths: readonly string[]): void {
    const wanted = new Set(paths.flatMap((path) => [...placesOr(path)]));
    for (const directory of this.#watched.keys()) if (!wanted.has(directory)) this.#drop(directory);
    for (const directory of wanted) this.#watch(directory);
  }

  close(): void {
    for (const directory of this.#watched.keys()) this.#drop(directory);
  }

  #watch(directory: string): void {
    const identity = orReason(() => {
      const { dev, ino } = statSync(directory, { bigint: true });
      return `${dev}:${ino}`;
    });
    if (this.#watched.get(directory)?.identity === identity) return;
    this.#drop(directory);
    try {
      const watcher = watch(directory, { persistent: false }, this.#onEvent);
      watcher.on('error', (error) => this.#lose(directory, identity, error));
      this.#watched.set(directory, { identity, watcher });
    } catch (error) {
      this.#lose(directory, identity, error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Remembered, so that it is said once. */
  #lose(directory: string, identity: string, error: Error): void {
    this.#drop(directory);
    this.#watched.set(directory, { identity, watcher: undefined });
    this.#onUnwatchable(error, directory);
  }

  #drop(directory: string): void {
    this.#watched.get(directory)?.watcher?.close();
    this.#watched.delete(directory);
  }
}

function placesOr(path: string): ReadonlySet<string> {
  try {
    return placesOf(path);
  } catch {
    // Links in a ring, or a directory that may not be read: looking now and then is all that is left.
    return new Set();
  }
}
