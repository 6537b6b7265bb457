import { createHash } from 'node:crypto';
import type { SessionObject } from '../world/session-object.ts';
import type { World } from '../world/world.ts';
import { applyFixtures, type Overlay } from './apply-fixtures.ts';
import { createRowReader } from './fixture-row.ts';
import type { Fixtures } from './fixtures.ts';
import { createLayerDictionary } from './layer-dictionary.ts';
import { createLayerIndex, type LayerIndex } from './layer-index.ts';
import { createLayerScan } from './layer-scan.ts';

/** Parents that are not shown have numbers from here down; {@link World.idAt} understands them. */
const REMOVED_PARENTS = -(2 ** 50);
const UNKNOWN_PARENTS = -(2 ** 51);

/**
 * A world with fixtures laid over it: a whole {@link World} again, which can be laid over in turn. Costs as many
 * binary searches as there are fixtures, and one scan for each query in them; afterwards every access costs a
 * binary search more than before. Rows are ordered by start, then id; they are shown even before the lower edge.
 * Throws KitError `ERR_FIXTURE_INVALID`, naming file, line and pointer.
 */
export function layerFixtures(world: World, fixtures: Fixtures): World {
  const overlay = applyFixtures(world, fixtures);
  if (overlay.rows.length === 0 && overlay.removed.length === 0) return world;
  const { rows } = overlay;
  const index = createLayerIndex(world, overlay);
  const dictionary = createLayerDictionary(world, rows);
  const rowOfId = new Map(rows.map(({ id }, row) => [id, row]));
  const toSession = createRowReader();
  const sessionAt = (row: number, now: number): SessionObject => {
    const found = rows[row];
    if (found === undefined) throw new RangeError(`no fixture has number ${row}`);
    return toSession(found, now);
  };
  const find = (id: string): number => {
    const row = rowOfId.get(id);
    if (row !== undefined) return index.indexOfRow(row);
    const base = world.find(id);
    return base < 0 || index.removedRank(base) >= 0 ? -1 : index.indexOfBase(base);
  };
  const parents = createParents({ world, overlay, index, rowOfId, find });
  const layered: World = {
    identity: `${world.identity}+${hashOf(overlay)}`,
    from: Math.min(world.from, rows[0]?.start ?? world.from),
    count: (until) => index.sizeOf(world.count(until), index.rowsBefore(Math.floor(until) + 1)),
    indexAt: (time) => index.sizeOf(world.indexAt(time), index.rowsBefore(time)),
    at: (at, now) => {
      const place = placeAt(index, at);
      return 'row' in place ? sessionAt(place.row, now) : world.at(place.base, now);
    },
    json: (at, now) => {
      const place = placeAt(index, at);
      return 'row' in place ? JSON.stringify(sessionAt(place.row, now)) : world.json(place.base, now);
    },
    idAt: (at) => {
      if (at < 0) return parents.idOf(at);
      const place = index.placeOf(at);
      return 'row' in place ? (rows[place.row]?.id ?? '') : world.idAt(place.base);
    },
    startAt: (at) => {
      const place = placeAt(index, at);
      return 'row' in place ? (rows[place.row]?.start ?? 0) : world.startAt(place.base);
    },
    find,
    scan: createLayerScan({ world, rows, index, dictionary, ...parents }),
    dictionary: (column) => dictionary.entries(column),
  };
  return Object.freeze(layered);
}

function placeAt(index: LayerIndex, at: number): ReturnType<LayerIndex['placeOf']> {
  if (!(at >= 0)) throw new RangeError(`index must be >= 0 (got ${at})`);
  return index.placeOf(at);
}

interface ParentSource {
  readonly world: World;
  readonly overlay: Overlay;
  readonly index: LayerIndex;
  readonly rowOfId: ReadonlyMap<string, number>;
  readonly find: (id: string) => number;
}

interface Parents {
  readonly parentOfBase: (parent: number) => number;
  readonly parentOfRow: (row: number) => number;
  /** The id of a parent that is not shown. */
  readonly idOf: (parent: number) => string;
}

function createParents({ world, overlay, index, rowOfId, find }: ParentSource): Parents {
  const { removed, rows } = overlay;
  const parentOfBase = (parent: number): number => {
    if (parent < 0) return parent;
    const rank = index.removedRank(parent);
    if (rank < 0) return index.indexOfBase(parent);
    const row = rowOfId.get(world.idAt(parent));
    return row === undefined ? REMOVED_PARENTS - rank : index.indexOfRow(row);
  };
  const parentOfRow = (row: number): number => {
    const id = rows[row]?.parentId;
    if (id === undefined) return -1;
    const found = find(id);
    return found >= 0 ? found : UNKNOWN_PARENTS - row;
  };
  const idOf = (parent: number): string => {
    if (parent <= UNKNOWN_PARENTS) return rows[UNKNOWN_PARENTS - parent]?.parentId ?? '';
    if (parent <= REMOVED_PARENTS) return world.idAt(removed[REMOVED_PARENTS - parent] ?? -1);
    return world.idAt(parent);
  };
  return { parentOfBase, parentOfRow, idOf };
}

/** Names what the fixtures made of the world, whatever files it came from. */
function hashOf({ removed, rows }: Overlay): string {
  const hash = createHash('sha256').update(removed.join());
  for (const { id, start, end, isQuiet, parts, parentId } of rows) {
    hash.update(`\n${JSON.stringify([id, start, String(end), isQuiet, parts, parentId])}`);
  }
  return hash.digest('hex').slice(0, 16);
}
