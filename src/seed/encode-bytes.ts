import type { ByteRows } from '../world/byte-rows.ts';
import { ARENA_BYTES, type EncodedChunk } from './arena-pool.ts';
import { createRowMask, type RowPart, type RowSelection } from './row-selection.ts';
import { wholeChunk } from './seed-encoder.ts';
import { SILENT_ROWS } from './selected-rows.ts';

/** Arenas that all begin with the same bank. */
export interface BankPool {
  /** An arena; output goes behind its bank. */
  take(): Buffer;
  /** Gives an arena back. */
  give(arena: Buffer): void;
}

/** Makes a pool of arenas with room for half a MiB of output, or one row where that is larger. */
export function createBankPool({ bank, maxRowBytes }: ByteRows): BankPool {
  const free: Buffer[] = [];
  const size = bank.length + Math.max(ARENA_BYTES, maxRowBytes);
  const create = (): Buffer => {
    const arena = Buffer.allocUnsafeSlow(size);
    bank.copy(arena);
    return arena;
  };
  return { take: () => free.pop() ?? create(), give: (arena) => void free.push(arena) };
}

/** Which rows are encoded, and how. */
export interface ByteJob {
  readonly selection: RowSelection;
  readonly part: RowPart;
  readonly rows: ByteRows;
  readonly pool: BankPool;
}

/** The bytes of one part in chunks of up to half a MiB, like `encodeText`. */
export function* encodeBytes({ selection, part, rows, pool }: ByteJob): Generator<EncodedChunk> {
  const maskOf = createRowMask(selection);
  const head = rows.bank.length;
  let [arena, place, count, lastTurn] = [pool.take(), head, 0, part.low];
  const full = (reached: number): EncodedChunk => {
    const taken = arena;
    const chunk = {
      bytes: taken.subarray(head, place),
      rows: count,
      reached,
      release: () => pool.give(taken),
    };
    [place, count, lastTurn] = [head, 0, reached];
    return chunk;
  };
  for (const block of selection.world.scan({ low: part.low, high: part.high, descending: false })) {
    const mask = maskOf(block);
    const at = { block, row: 0, now: selection.now };
    for (let row = 0; row < block.length; row += 1) {
      if (mask?.[row] === 0) continue;
      if (place + rows.maxRowBytes > arena.length) {
        yield full(block.first + row);
        arena = pool.take();
      }
      at.row = row;
      place = rows.write(arena, place, at);
      count += 1;
    }
    const reached = block.first + block.length;
    if (count > 0 || reached - lastTurn < SILENT_ROWS) continue;
    lastTurn = reached;
    yield wholeChunk(new Uint8Array(0), 0, reached);
  }
  yield full(part.high);
}
