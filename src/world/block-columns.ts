import type { CodeColumn, Codes, WorldBlock } from './world.ts';

/** What rows of one block are made from, each column read once. */
export interface BlockColumns extends Readonly<Record<CodeColumn, Codes>> {
  readonly parent: Float64Array;
}

/** Makes a reader that fetches a block's columns once, for callers that stay on one block for many rows. */
export function createColumnsReader(): (block: WorldBlock) => BlockColumns {
  let last: WorldBlock | undefined;
  let columns: BlockColumns | undefined;
  return (block) => {
    if (columns === undefined || block !== last) {
      last = block;
      columns = columnsOf(block);
    }
    return columns;
  };
}

/** Remembers what `make` gave for each dictionary number. */
export function rememberByCode<T>(make: (code: number) => T): (code: number) => T {
  const known: T[] = [];
  return (code) => {
    const found = known[code];
    if (found !== undefined) return found;
    const made = make(code);
    known[code] = made;
    return made;
  };
}

/** Written out, so that every block's columns have the same shape for the engine. */
function columnsOf(block: WorldBlock): BlockColumns {
  return {
    user: block.codes('user'),
    endUser: block.codes('endUser'),
    resource: block.codes('resource'),
    connector: block.codes('connector'),
    sidecar: block.codes('sidecar'),
    clientIp: block.codes('clientIp'),
    serverIp: block.codes('serverIp'),
    parent: block.parent,
  };
}
