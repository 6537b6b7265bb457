import {
  createInstantWriter,
  createMillisecondWriter,
  INSTANT_BYTES,
  writeAscii,
  writeDuration,
} from './byte-digits.ts';
import { copyFragment } from './fragment-bank.ts';
import type { RowWriter } from './row-writer.ts';
import { ID_BYTES, type World } from './world.ts';

const [BEFORE_ID, BEFORE_START] = ['{"id":"', '","startTime":"'] as const;
const [BEFORE_END, BEFORE_DURATION] = ['","endTime":"', '","duration":"'] as const;
const ID_ROOM = '0'.repeat(ID_BYTES);
const INSTANT_ROOM = '0'.repeat(INSTANT_BYTES);

/** What {@link createOwnWriter} copies: a whole head with room for digits, and single words. */
export const OWN_TEXTS: readonly string[] = [
  BEFORE_ID + ID_ROOM + BEFORE_START + INSTANT_ROOM + BEFORE_END + INSTANT_ROOM + BEFORE_DURATION,
  BEFORE_ID,
  BEFORE_START,
  BEFORE_END,
  BEFORE_DURATION,
  '","sessionStatus":"completed"',
  '","sessionStatus":"active"',
  '","sessionStatus":"idle"',
];

const [HEAD, ID, START, END, DURATION, COMPLETED, ACTIVE, IDLE] = [0, 1, 2, 3, 4, 5, 6, 7] as const;

const ID_AT = BEFORE_ID.length;
const START_AT = ID_AT + ID_BYTES + BEFORE_START.length;
const END_AT = START_AT + INSTANT_BYTES + BEFORE_END.length;

/** Bytes of a row's own values beyond its texts: ids, instants, a duration. */
export const OWN_BYTES = 256;

/**
 * Makes a writer of a session's first members, up to `sessionStatus`. Of nearly every session it copies the whole head
 * and puts the digits into their places. `texts` is where {@link OWN_TEXTS} stand in the arena's bank.
 */
export function createOwnWriter(world: World, texts: Int32Array): RowWriter {
  const writePlain = createPlainWriter(world, texts);
  const [overStart, overEnd] = [createMillisecondWriter(), createMillisecondWriter()];
  return (arena, at, rowPlace) => {
    const { block, row, now } = rowPlace;
    const end = block.end[row] ?? 0;
    const start = block.start[row] ?? 0;
    // A whole second has no fraction, so what follows it stands elsewhere.
    const fits = end <= now && hasFraction(start) && hasFraction(end);
    if (!fits || block.writeId === undefined) return writePlain(arena, at, rowPlace);
    const place = copyFragment(arena, at, texts, HEAD);
    block.writeId(row, arena, at + ID_AT);
    overStart(arena, at + START_AT, start);
    overEnd(arena, at + END_AT, end);
    return copyFragment(arena, writeDuration(arena, place, end - start), texts, COMPLETED);
  };
}

/** True where an instant has milliseconds; `%` of numbers this large would be a call of the C library. */
function hasFraction(ms: number): boolean {
  return Math.floor(ms / 1000) * 1000 !== ms;
}

function createPlainWriter(world: World, texts: Int32Array): RowWriter {
  const writeInstant = createInstantWriter();
  return (arena, at, { block, row, now }) => {
    const end = block.end[row] ?? 0;
    const start = block.start[row] ?? 0;
    let place = copyFragment(arena, at, texts, ID);
    place = block.writeId?.(row, arena, place) ?? writeAscii(arena, place, world.idAt(block.first + row));
    place = copyFragment(arena, place, texts, START);
    place = writeInstant(arena, place, start);
    if (end > now) return copyFragment(arena, place, texts, block.quiet[row] === 1 ? IDLE : ACTIVE);
    place = copyFragment(arena, place, texts, END);
    place = writeInstant(arena, place, end);
    place = copyFragment(arena, place, texts, DURATION);
    place = writeDuration(arena, place, end - start);
    return copyFragment(arena, place, texts, COMPLETED);
  };
}
