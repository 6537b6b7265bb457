import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { dirname, join, parse, resolve, sep } from 'node:path';

/** What stands where nothing does, or nothing that may be looked at. */
export const MISSING = 'missing';

/**
 * What a file, or a directory with its entries, looks like from outside: changes whenever it is written, replaced,
 * or reached through another link. {@link MISSING} where nothing is there.
 */
export function stampOf(path: string): string {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (stats === undefined) return MISSING;
  const own = `${stats.dev}:${stats.ino}:${stats.size}:${stats.mtimeNs}:${stats.ctimeNs}`;
  if (!stats.isDirectory()) return own;
  const entries = readdirSync(path)
    .sort()
    .map((name) => `${name} ${entryStamp(join(path, name))}`);
  return [own, ...entries].join('\n');
}

function entryStamp(path: string): string {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  if (stats === undefined) return MISSING;
  return stats.isDirectory() ? 'directory' : `${stats.ino}:${stats.size}:${stats.mtimeNs}:${stats.ctimeNs}`;
}

/** What a file says, as a digest; for a directory its stamp. */
export function contentOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return MISSING;
  if (stats.isDirectory()) return stampOf(path);
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** How many links are followed, as the system itself does. */
const MAX_LINKS = 40;

/**
 * The directories in which something has to happen for a path to lead to something else: that of the path, that of
 * every link on the way and what it leads to, the path itself where it is a directory, and the closest that is there
 * where one is missing.
 */
export function placesOf(path: string): ReadonlySet<string> {
  const places = new Set<string>();
  let rest = resolve(path);
  for (let links = 0; links <= MAX_LINKS; links++) {
    const { at, target } = firstLink(rest);
    places.add(closestDirectory(dirname(at)));
    if (target === undefined) break;
    rest = target;
  }
  if (statSync(rest, { throwIfNoEntry: false })?.isDirectory()) places.add(rest);
  return places;
}

/** The first link on the way of a path and the path it makes of it; the path itself where there is none. */
function firstLink(path: string): { readonly at: string; readonly target?: string } {
  const { root } = parse(path);
  const steps = path.slice(root.length).split(sep);
  for (let count = 1; count <= steps.length; count++) {
    const at = join(root, ...steps.slice(0, count));
    if (!lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink()) continue;
    return { at, target: resolve(dirname(at), readlinkSync(at), ...steps.slice(count)) };
  }
  return { at: path };
}

function closestDirectory(path: string): string {
  let at = path;
  while (!statSync(at, { throwIfNoEntry: false })?.isDirectory() && dirname(at) !== at) at = dirname(at);
  return at;
}
