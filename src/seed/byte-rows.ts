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
  write(arena: Uint8Array, place: number, at: RowPlace): number;
}

/** One row of a block. */
export interface RowPlace {
  readonly block: WorldBlock;
  readonly row: number;
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
  ',"parentSessionId":"',
] as const;

const [ID, START, END, DURATION, COMPLETED, ACTIVE, IDLE, PARENT] = [0, 1, 2, 3, 4, 5, 6, 7] as const;
const [NEWLINE, QUOTE, BRACE] = [10, 34, 125];

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
    textsOf('clientIp', ({ network }) => before(',"network":{', membersOf(network))),
    textsOf('serverIp', ({ network }) => before(',', membersOf(network))),
    textsOf('serverIp', ({ network }) => before(',"network":{', membersOf(network))),
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

function before(prefix: string, members: string): string {
  return members === '' ? '' : prefix + members;
}

function createRowWriter(world: World, now: number, lists: readonly Int32Array[]): ByteRows['write'] {
  const none = new Int32Array(1);
  const [words = none, client = none, server = none, serverAlone = none, sidecar = none, open = none] = lists;
  const [comma = none, endUser = none, close = none, resource = none, connector = none] = lists.slice(6);
  const codesOf = createCodesReader();
  const writeOwn = createOwnWriter(world, now, words);
  const writeNetwork = (arena: Uint8Array, at: number, from: number, to: number): number => {
    const afterClient = copy(arena, at, client, from);
    const place = copy(arena, afterClient, afterClient === at ? serverAlone : server, to);
    if (place === at) return at;
    arena[place] = BRACE;
    return place + 1;
  };
  const writeUser = (arena: Uint8Array, at: number, user: number, behind: number): number => {
    let place = copy(arena, at, open, user);
    if (behind !== 0) place = copy(arena, copy(arena, place, comma, user), endUser, behind);
    return copy(arena, place, close, user);
  };
  const writeEnd = (arena: Uint8Array, at: number, parent: number): number => {
    let place = at;
    if (parent !== -1) {
      place = writeAscii(arena, copy(arena, place, words, PARENT), world.idAt(parent));
      arena[place++] = QUOTE;
    }
    arena[place] = BRACE;
    arena[place + 1] = NEWLINE;
    return place + 2;
  };
  return (arena, at, rowPlace) => {
    const { block, row } = rowPlace;
    const codes = codesOf(block);
    let place = writeOwn(arena, at, rowPlace);
    place = writeNetwork(arena, place, codes.clientIp[row] ?? 0, codes.serverIp[row] ?? 0);
    place = copy(arena, place, sidecar, codes.sidecar[row] ?? 0);
    place = writeUser(arena, place, codes.user[row] ?? 0, codes.endUser[row] ?? 0);
    place = copy(arena, place, resource, codes.resource[row] ?? 0);
    place = copy(arena, place, connector, codes.connector[row] ?? 0);
    return writeEnd(arena, place, block.parent[row] ?? -1);
  };
}

/** Writes the first members of a session, up to `sessionStatus`. */
function createOwnWriter(world: World, now: number, words: Int32Array): ByteRows['write'] {
  const writeStart = createInstantWriter();
  const writeEnd = createInstantWriter();
  return (arena, at, { block, row }) => {
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
}

/** Texts up to this length are copied byte by byte, which costs less than a call. */
const SHORT_BYTES = 16;

/** Copies one text of the bank, which is the arena's own head. */
function copy(arena: Uint8Array, place: number, list: Int32Array, number: number): number {
  const from = list[number] ?? 0;
  const until = list[number + 1] ?? 0;
  const size = until - from;
  if (size > SHORT_BYTES) arena.copyWithin(place, from, until);
  else for (let byte = 0; byte < size; byte += 1) arena[place + byte] = arena[from + byte] ?? 0;
  return place + size;
}
