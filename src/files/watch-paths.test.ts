import { mkdir, mkdtemp, readFile, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { watchPaths } from './watch-paths.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watch-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** A watch whose loads answer what `load` says, and the events in order. */
function watching(load: () => Promise<string>, paths: readonly string[] = [folder]) {
  const events: string[] = [];
  let heard = (): void => undefined;
  const watch = watchPaths(
    {
      paths,
      load,
      onLoaded: (loaded) => {
        events.push(loaded);
        heard();
      },
      onFailed: (error) => {
        events.push(`failed: ${error instanceof Error ? error.message : ''}`);
        heard();
      },
      onUnwatchable: (error) => events.push(`unwatchable: ${error.message}`),
    },
    { settleMs: 20, pollMs: 50 },
  );
  const next = (): Promise<void> =>
    new Promise((resolve) => {
      heard = resolve;
    });
  return { events, watch, next };
}

it('loads once after a burst of changes, then again after the next', async () => {
  let loads = 0;
  const { events, watch, next } = watching(async () => `load ${++loads}`);
  let loaded = next();
  await Promise.all(['a', 'b', 'c'].map((name) => writeFile(join(folder, `${name}.sessions.json`), '[]')));
  await loaded;
  expect(events).toEqual(['load 1']);
  loaded = next();
  await writeFile(join(folder, 'a.sessions.json'), '[ ]');
  await loaded;
  watch.close();
  expect(events).toEqual(['load 1', 'load 2']);
});

it('says why a load failed, and loads again when the files change again', async () => {
  let isBroken = true;
  const { events, watch, next } = watching(async () => {
    if (isBroken) throw new Error('broken');
    return 'good';
  });
  let heard = next();
  await writeFile(join(folder, 'a.sessions.json'), '[');
  await heard;
  isBroken = false;
  heard = next();
  await writeFile(join(folder, 'a.sessions.json'), '[]');
  await heard;
  watch.close();
  expect(events).toEqual(['failed: broken', 'good']);
});

it('reports nothing once it is closed, not even a load under way', async () => {
  let finish = (_: string): void => undefined;
  let isAsked = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    isAsked = resolve;
  });
  const pending = new Promise<string>((resolve) => {
    finish = resolve;
  });
  const { events, watch } = watching(() => {
    isAsked();
    return pending;
  });
  await writeFile(join(folder, 'a.sessions.json'), '[]');
  await asked;
  watch.close();
  finish('late');
  await pending;
  await new Promise((resolve) => setImmediate(resolve));
  expect(events).toEqual([]);
});

it('throws for a directory that does not exist', () => {
  const watcher = {
    paths: [join(folder, 'missing')],
    load: async () => '',
    onLoaded: () => undefined,
    onFailed: () => undefined,
    onUnwatchable: () => undefined,
  };
  expect(() => watchPaths(watcher)).toThrow('ENOENT');
});

/** A watch of one file that tells its text at each load. */
function following(file: string) {
  const watched = watching(() => readFile(file, 'utf8'), [file]);
  /** Does something to the file, and gives the text that was loaded then. */
  const after = async (change: () => Promise<unknown>): Promise<string | undefined> => {
    const heard = watched.next();
    await change();
    await heard;
    return watched.events.at(-1);
  };
  return { ...watched, after };
}

it('follows a link whose target is edited in place, in another directory', async () => {
  await mkdir(join(folder, 'far'));
  await writeFile(join(folder, 'far/real.yaml'), 'one');
  await symlink('far/real.yaml', join(folder, 'api.yaml'));
  const { watch, after } = following(join(folder, 'api.yaml'));
  expect(await after(() => writeFile(join(folder, 'far/real.yaml'), 'two'))).toBe('two');
  expect(await after(() => writeFile(join(folder, 'far/real.yaml'), 'three'))).toBe('three');
  watch.close();
});

it('follows a directory link that is swapped, as mounted configuration is', async () => {
  for (const version of ['v1', 'v2']) {
    await mkdir(join(folder, version));
    await writeFile(join(folder, version, 'api.yaml'), version);
  }
  await symlink('v1', join(folder, 'data'));
  await symlink('data/api.yaml', join(folder, 'api.yaml'));
  const { watch, after } = following(join(folder, 'api.yaml'));
  const swap = async (): Promise<void> => {
    await symlink('v2', join(folder, 'data.new'));
    await rename(join(folder, 'data.new'), join(folder, 'data'));
  };
  expect(await after(swap)).toBe('v2');
  expect(await after(() => writeFile(join(folder, 'v2/api.yaml'), 'v2 edited'))).toBe('v2 edited');
  watch.close();
});

it('follows a file whose directory is removed and made again', async () => {
  const inner = join(folder, 'inner');
  const file = join(inner, 'api.yaml');
  await mkdir(inner);
  await writeFile(file, 'one');
  const { watch, after } = following(file);
  expect(await after(() => rm(inner, { recursive: true }))).toMatch(/^failed: ENOENT/);
  const again = async (): Promise<void> => {
    await mkdir(inner);
    await writeFile(file, 'two');
  };
  expect(await after(again)).toBe('two');
  expect(await after(() => writeFile(file, 'three'))).toBe('three');
  watch.close();
});

it('does not load what has only been touched, nor for other files beside it', async () => {
  const file = join(folder, 'api.yaml');
  await writeFile(file, 'one');
  const { watch, after, events } = following(file);
  await writeFile(join(folder, 'other.yaml'), 'other');
  await utimes(file, 1, 1);
  await after(() => writeFile(file, 'two'));
  watch.close();
  expect(events).toEqual(['two']);
});
