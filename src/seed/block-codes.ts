import { CODE_COLUMNS, type CodeColumn, type Codes, type WorldBlock } from '../world/world.ts';

/** Every code column of one block. */
export type BlockCodes = Readonly<Record<CodeColumn, Codes>>;

/** Makes a reader that fetches a block's code columns once, for callers that stay on one block for many rows. */
export function createCodesReader(): (block: WorldBlock) => BlockCodes {
  let last: WorldBlock | undefined;
  let codes: BlockCodes | undefined;
  return (block) => {
    if (codes === undefined || block !== last) {
      last = block;
      codes = codesOf(block);
    }
    return codes;
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

function codesOf(block: WorldBlock): BlockCodes {
  const entries = CODE_COLUMNS.map((column) => [column, block.codes(column)] as const);
  // fromEntries forgets which keys it was given; they are exactly CODE_COLUMNS.
  return Object.fromEntries(entries) as Record<CodeColumn, Codes>;
}
