import type { SessionObject } from '../world/session-object.ts';
import type { CodeColumn, World, WorldBlock } from '../world/world.ts';
import { createCodesReader } from './block-codes.ts';
import { createInstantWriter, writeAscii, writeDuration } from './byte-digits.ts';
import { createFragmentBank } from './fragment-bank.ts';
import { memberOf, membersOf, userText } from './json-row.ts';

/** Writes rows as NDJSON straight into an arena whose head holds the bank. */
export interface ByteRows {
  /** What every arena begins with. */
  readonly bank: Buffer;
  /** Bytes of a row, at most. */
  readonly maxRowBytes: number;
  /** Writes a row and its newline at a place and gives the place after it. */
  write(arena: Uint8Array, place: number, at: { readonly block: WorldBlock; readonly row: number }): number;
}

/** Banks beyond this are not worth a copy in every arena. */
const MAX_BANK_BYTES = 16 * 1024 * 1024;

/** Bytes of a row's own values: two ids, two instants, a duration. */
const OWN_BYTES = 256;

const WORDS = [
  '{"id":"',
  '","startTime":"',
  '","endTime":"',
  '","duration":"',
  '","sessionStatus":"completed"',
  '","sessionStatus":"active"',
  '","sessionStatus":"idle"',
  ',"network":{',
  ',',
  '}',
  ',"parentSessionId":"',
  '"',
  '}\n',
] as const;

const [ID, START, END, DURATION, COMPLETED, ACTIVE, IDLE, NETWORK, COMMA, CLOSE, PARENT, QUOTE, LAST] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12,
] as const;

/**
 * Makes NDJSON of a world's columns without making texts: shared parts are bytes that are copied inside the arena,
 * digits are computed into it. The same bytes as `createColumnJson`. Undefined when the world has so many
 * different parts that the bank would be larger than 16 MiB.
 */
export function createByteRows(world: World, now: number): ByteRows | undefined {
  const textsOf = (column: CodeColumn, text: (entry: SessionObject) => string): string[] =>
    world.dictionary(column).map(text);
  const users = world.dictionary('user').map(userText);
  const { bytes, longest, lists } = createFragmentBank([
    WORDS,
    textsOf('clientIp', ({ network }) => membersOf(network)),
    textsOf('serverIp', ({ network }) => membersOf(network)),
    textsOf('sidecar', ({ sidecar }) => memberOf('sidecar', sidecar)),
    users.map(({ open }) => open),
    users.map(({ comma }) => comma),
    textsOf('endUser', ({ user }) => membersOf(user?.formal)),
    users.map(({ close }) => close),
    textsOf('resource', ({ resource }) => memberOf('resource', resource)),
    textsOf('connector', ({ connector }) => memberOf('connector', connector)),
  ]);
  if (bytes.length > MAX_BANK_BYTES) return undefined;
  const wordBytes = WORDS.reduce((sum, word) => sum + word.length, 0);
  return {
    bank: bytes,
    maxRowBytes: longest + wordBytes + OWN_BYTES,
    write: createRowWriter(world, now, lists),
  };
}

function createRowWriter(world: World, now: number, lists: readonly Int32Array[]): ByteRows['write'] {
  const none = new Int32Array(1);
  const [words = none, client = none, server = none, sidecar = none, open = none] = lists;
  const [, , , , , comma = none, endUser = none, close = none, resource = none, connector = none] = lists;
  const codesOf = createCodesReader();
  const writeStart = createInstantWriter();
  const writeEnd = createInstantWriter();

  const writeOwn = (arena: Uint8Array, at: number, { block, row }: Place): number => {
    const end = block.end[row] ?? 0;
    const start = block.start[row] ?? 0;
    let place = copy(arena, at, words, ID);
    place = writeAscii(arena, place, world.idAt(block.first + row));
    place = copy(arena, place, words, START);
    place = writeStart(arena, place, start);
    if (end > now) return copy(arena, place, words, block.quiet[row] === 1 ? IDLE : ACTIVE);
    place = copy(arena, place, words, END);
    place = writeEnd(arena, place, end);
    place = copy(arena, place, words, DURATION);
    place = writeDuration(arena, place, end - start);
    return copy(arena, place, words, COMPLETED);
  };
  const writeNetwork = (arena: Uint8Array, at: number, from: number, to: number): number => {
    const hasFrom = (client[from] ?? 0) < (client[from + 1] ?? 0);
    const hasTo = (server[to] ?? 0) < (server[to + 1] ?? 0);
    if (!hasFrom && !hasTo) return at;
    let place = copy(arena, at, words, NETWORK);
    place = copy(arena, place, client, from);
    if (hasFrom && hasTo) place = copy(arena, place, words, COMMA);
    place = copy(arena, place, server, to);
    return copy(arena, place, words, CLOSE);
  };
  return (arena, at, rowPlace) => {
    const { block, row } = rowPlace;
    const codes = codesOf(block);
    const [user, behind] = [codes.user[row] ?? 0, codes.endUser[row] ?? 0];
    let place = writeOwn(arena, at, rowPlace);
    place = writeNetwork(arena, place, codes.clientIp[row] ?? 0, codes.serverIp[row] ?? 0);
    place = copy(arena, place, sidecar, codes.sidecar[row] ?? 0);
    place = copy(arena, place, open, user);
    if (behind !== 0) {
      place = copy(arena, place, comma, user);
      place = copy(arena, place, endUser, behind);
    }
    place = copy(arena, place, close, user);
    place = copy(arena, place, resource, codes.resource[row] ?? 0);
    place = copy(arena, place, connector, codes.connector[row] ?? 0);
    const parent = block.parent[row] ?? -1;
    if (parent !== -1) {
      place = copy(arena, place, words, PARENT);
      place = writeAscii(arena, place, world.idAt(parent));
      place = copy(arena, place, words, QUOTE);
    }
    return copy(arena, place, words, LAST);
  };
}

interface Place {
  readonly block: WorldBlock;
  readonly row: number;
}

/** Copies one text of the bank, which is the arena's own head. */
function copy(arena: Uint8Array, place: number, list: Int32Array, number: number): number {
  const from = list[number] ?? 0;
  const until = list[number + 1] ?? 0;
  if (from < until) arena.copyWithin(place, from, until);
  return place + until - from;
}
