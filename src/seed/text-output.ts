import { ARENA_BYTES, type ArenaPool, type EncodedChunk } from './arena-pool.ts';

/** Characters that are gathered before they become bytes: longer texts leave the processor's cache. */
const FLUSH_CHARACTERS = 32 * 1024;

/** UTF-8 bytes of a UTF-16 unit, at most. */
const MAX_BYTES = 3;

/** Turns text into chunks of bytes: add text, take chunks while there are any, close. */
export interface TextOutput {
  /** Adds the text of so many rows; `reached` is the world index after the last of them. */
  add(text: string, rows: number, reached: number): void;
  /** The next full chunk, if there is one. */
  next(): EncodedChunk | undefined;
  /** Makes the rest available to {@link TextOutput.next}; nothing can be added afterwards. */
  close(reached: number): void;
}

/** Makes an output whose chunks come from the pool. Lone surrogates become U+FFFD. */
export function createTextOutput(pool: ArenaPool): TextOutput {
  const ready: EncodedChunk[] = [];
  let [text, textRows, arenaRows, used] = ['', 0, 0, 0];
  let arena = pool.take(ARENA_BYTES);

  const emit = (reached: number): void => {
    const full = arena;
    ready.push({
      bytes: full.subarray(0, used),
      rows: arenaRows,
      reached,
      release: () => pool.give(full),
    });
    [arenaRows, used] = [0, 0];
  };
  const encode = (reached: number): void => {
    const needed = text.length * MAX_BYTES;
    if (used + needed > arena.length) {
      emit(reached - textRows);
      arena = pool.take(needed);
    }
    used += arena.write(text, used);
    arenaRows += textRows;
    [text, textRows] = ['', 0];
  };
  return {
    add: (more, rows, reached) => {
      text += more;
      textRows += rows;
      if (text.length >= FLUSH_CHARACTERS) encode(reached);
    },
    next: () => ready.shift(),
    close: (reached) => {
      encode(reached);
      emit(reached);
    },
  };
}
