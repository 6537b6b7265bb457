import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { watchFixtures } from './watch-fixtures.ts';

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watch-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** A watch whose loads answer what `load` says, and the events in order. */
function watching(load: () => Promise<string>) {
  const events: string[] = [];
  let heard = (): void => undefined;
  const watch = watchFixtures(
    folder,
    {
      load,
      onLoaded: (loaded) => {
        events.push(loaded);
        heard();
      },
      onFailed: (error) => {
        events.push(`failed: ${error instanceof Error ? error.message : ''}`);
        heard();
      },
    },
    { settleMs: 20 },
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
  const watcher = { load: async () => '', onLoaded: () => undefined, onFailed: () => undefined };
  expect(() => watchFixtures(join(folder, 'missing'), watcher)).toThrow('ENOENT');
});
