/** A piece of output. Its bytes belong to the reader until `release` is called, which it must be. */
export interface EncodedChunk {
  readonly bytes: Uint8Array;
  /** Sessions whose last byte is in this chunk. */
  readonly rows: number;
  /** World index up to which rows have been looked at. */
  readonly reached: number;
  /** Gives the memory back for another chunk; `bytes` must not be read any more. */
  release(): void;
}

/** Hands out byte arrays and takes them back, so that a long run allocates only a few. */
export interface ArenaPool {
  /** An array of at least `size` bytes. */
  take(size: number): Buffer;
  /** Gives an array back; one that was enlarged for a giant row is dropped. */
  give(arena: Buffer): void;
}

/** Bytes of an arena: large enough to hide the cost of a write, small enough to stay in the processor's cache. */
export const ARENA_BYTES: number = 512 * 1024;

/** Makes a pool whose arenas have {@link ARENA_BYTES} bytes. It never holds more than were in use at once. */
export function createArenaPool(): ArenaPool {
  const free: Buffer[] = [];
  return {
    take: (size) => (size > ARENA_BYTES ? Buffer.allocUnsafeSlow(size) : (free.pop() ?? newArena())),
    give: (arena) => {
      if (arena.length === ARENA_BYTES) free.push(arena);
    },
  };
}

function newArena(): Buffer {
  return Buffer.allocUnsafeSlow(ARENA_BYTES);
}
