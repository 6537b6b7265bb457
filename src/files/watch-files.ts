import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';

/** A running watch. */
export interface FileWatch {
  /** Tells about no change any more. Safe to call twice. */
  close(): void;
}

/** How files are watched. */
export interface WatchFilesOptions {
  readonly files: readonly string[];
  /** Called once after a burst of changes. */
  readonly onChange: () => void;
  /** Told when a folder cannot be watched (any more). */
  readonly onError: (error: Error) => void;
  /** Quiet time after which a burst is over, in ms. Default 100. */
  readonly quietMs?: number;
}

/**
 * Watches files by way of their folders: editors replace a file rather than write it, which a watch of the file
 * itself would lose.
 */
export function watchFiles({ files, onChange, onError, quietMs = 100 }: WatchFilesOptions): FileWatch {
  let timer: NodeJS.Timeout | undefined;
  const tell = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onChange, quietMs);
  };
  const names = new Map<string, Set<string>>();
  for (const file of files) {
    const folder = dirname(resolve(file));
    names.set(folder, (names.get(folder) ?? new Set()).add(basename(file)));
  }
  const watchers: FSWatcher[] = [];
  const close = (): void => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
  for (const [folder, wanted] of names) {
    const watcher = watch(folder, (_, name) => {
      if (name === null || wanted.has(name)) tell();
    });
    watcher.on('error', onError);
    watchers.push(watcher);
  }
  return { close };
}
