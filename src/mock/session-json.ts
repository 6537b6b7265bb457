import { type ByteRows, createByteRows } from '../world/byte-rows.ts';
import type { RowPlace } from '../world/row-writer.ts';
import type { World, WorldBlock } from '../world/world.ts';
import { type IndexRun, runsOf } from './index-runs.ts';

/** Sessions of a page to write. */
export interface JsonRange {
  /** World indices. */
  readonly indices: readonly number[];
  /** Positions in `indices`, `[from, until)`. */
  readonly from: number;
  readonly until: number;
  /** The instant at which the sessions are seen, ms since 1970. */
  readonly now: number;
  /** ASCII before the first session. */
  readonly head: string;
  /** Text after the last one. */
  readonly tail: string;
}

/** Gives head, sessions with commas between them, and tail, as bytes that belong to the caller. */
export type SessionsJson = (range: JsonRange) => Uint8Array;

const COMMA = 44;

/** Most bytes of UTF-8 for one UTF-16 unit. */
const MAX_BYTES_PER_UNIT = 3;

/** Room for a page of a hundred sessions at first. */
const FIRST_BYTES = 128 * 1024;

/**
 * Writes sessions straight from the world's columns, byte for byte what `world.json` says. Undefined for a world whose
 * columns do not say everything, or whose parts are too many to hold as bytes.
 */
export function createSessionsJson(world: World): SessionsJson | undefined {
  // Ids that can be anything come with sessions that were laid over the world.
  const rows = world.idShape === undefined ? undefined : createByteRows(world);
  if (rows === undefined) return undefined;
  const page = new PageArena(rows);
  return ({ indices, from, until, now, head, tail }) => {
    page.begin(head);
    for (const run of runsOf(indices, from, until)) writeRun(page, { world, indices, now }, run);
    return page.end(tail);
  };
}

interface RunSource {
  readonly world: World;
  readonly indices: readonly number[];
  readonly now: number;
}

function writeRun(page: PageArena, { world, indices, now }: RunSource, run: IndexRun): void {
  let position = run.first;
  for (const block of world.scan(run)) {
    while (position < run.last && holds(block, indices[position] ?? 0)) {
      page.row({ block, row: (indices[position] ?? 0) - block.first, now });
      position += 1;
    }
  }
}

function holds({ first, length }: WorldBlock, index: number): boolean {
  return index >= first && index < first + length;
}

/** The memory pages are written in, one after the other; its head holds what rows are put together from. */
class PageArena {
  readonly #rows: ByteRows;
  readonly #start: number;
  #bytes: Buffer;
  #place: number;
  #isEmpty = true;

  constructor(rows: ByteRows) {
    this.#rows = rows;
    this.#start = rows.bank.length;
    this.#place = this.#start;
    this.#bytes = Buffer.allocUnsafeSlow(this.#start + FIRST_BYTES);
    rows.bank.copy(this.#bytes);
  }

  begin(head: string): void {
    this.#place = this.#start;
    this.#isEmpty = true;
    this.#reserve(head.length);
    this.#place += this.#bytes.write(head, this.#place, 'latin1');
  }

  /** Writes a session with a comma behind it, where a row has its line break. */
  row(at: RowPlace): void {
    this.#reserve(this.#rows.maxRowBytes);
    this.#place = this.#rows.write(this.#bytes, this.#place, at);
    this.#bytes[this.#place - 1] = COMMA;
    this.#isEmpty = false;
  }

  /** A copy of the page, without the last comma. */
  end(tail: string): Uint8Array {
    if (!this.#isEmpty) this.#place -= 1;
    this.#reserve(tail.length * MAX_BYTES_PER_UNIT);
    this.#place += this.#bytes.write(tail, this.#place);
    return Buffer.from(this.#bytes.subarray(this.#start, this.#place));
  }

  #reserve(bytes: number): void {
    if (this.#place + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#place + bytes, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#place);
    this.#bytes = larger;
  }
}
