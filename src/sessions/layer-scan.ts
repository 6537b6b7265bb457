import type { World, WorldBlock } from '../world/world.ts';
import type { FixtureRow } from './fixture-row.ts';
import type { LayerDictionary } from './layer-dictionary.ts';
import type { LayerIndex } from './layer-index.ts';

/** What a layered scan reads from. */
export interface LayerScanSource {
  readonly world: World;
  readonly rows: readonly FixtureRow[];
  readonly index: LayerIndex;
  readonly dictionary: LayerDictionary;
  /** The layered number of a parent as the world below gives it. */
  readonly parentOfBase: (parent: number) => number;
  /** The layered number of an overlay row's parent. */
  readonly parentOfRow: (row: number) => number;
}

/** Makes the scan of a layered world: blocks of the world below and of the overlay, merged in time order. */
export function createLayerScan(source: LayerScanSource): World['scan'] {
  const columns = createRowColumns(source);
  return (range) => scan(range, source, columns);
}

function* scan(
  { low, high, descending }: Parameters<World['scan']>[0],
  source: LayerScanSource,
  columns: RowColumns,
): Generator<WorldBlock> {
  if (!(low >= 0)) throw new RangeError(`low must be >= 0 (got ${low})`);
  const { index } = source;
  for (let [from, until] = [low, high]; from < until; ) {
    const at = descending ? until - 1 : from;
    const length = Math.min(index.runAt(at, descending), until - from);
    const first = descending ? until - length : from;
    const place = index.placeOf(first);
    if ('row' in place) yield rowBlock(columns, place.row, { first, length });
    else yield* baseBlocks(source, place.base, { first, length, descending });
    if (descending) until -= length;
    else from += length;
  }
}

interface Run {
  readonly first: number;
  readonly length: number;
}

function* baseBlocks(
  { world, parentOfBase }: LayerScanSource,
  base: number,
  { first, length, descending }: Run & { readonly descending: boolean },
): Generator<WorldBlock> {
  for (const block of world.scan({ low: base, high: base + length, descending })) {
    yield {
      first: block.first - base + first,
      length: block.length,
      start: block.start,
      end: block.end,
      quiet: block.quiet,
      get parent() {
        return block.parent.map(parentOfBase);
      },
      codes: (column) => block.codes(column),
    };
  }
}

interface RowColumns extends Pick<WorldBlock, 'start' | 'end' | 'quiet' | 'codes'> {
  readonly parent: () => Float64Array;
}

function createRowColumns({ rows, dictionary, parentOfRow }: LayerScanSource): RowColumns {
  let parent: Float64Array | undefined;
  return {
    start: Float64Array.from(rows, ({ start }) => start),
    end: Float64Array.from(rows, ({ end }) => end),
    quiet: Uint8Array.from(rows, ({ isQuiet }) => (isQuiet ? 1 : 0)),
    parent: () => {
      parent ??= Float64Array.from(rows, (_, row) => parentOfRow(row));
      return parent;
    },
    codes: (column) => dictionary.codes(column),
  };
}

function rowBlock(columns: RowColumns, row: number, { first, length }: Run): WorldBlock {
  const until = row + length;
  return {
    first,
    length,
    start: columns.start.subarray(row, until),
    end: columns.end.subarray(row, until),
    quiet: columns.quiet.subarray(row, until),
    get parent() {
      return columns.parent().subarray(row, until);
    },
    codes: (column) => columns.codes(column).subarray(row, until),
  };
}
