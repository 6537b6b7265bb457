import { createColumnsReader } from './block-columns.ts';
import { writeAscii } from './byte-digits.ts';
import { copyFragment, createFragmentBank } from './fragment-bank.ts';
import { memberOf, membersOf, userText } from './json-members.ts';
import { createOwnWriter, OWN_BYTES, OWN_TEXTS } from './own-bytes.ts';
import type { RowWriter } from './row-writer.ts';
import type { SessionObject } from './session-object.ts';
import type { CodeColumn, World } from './world.ts';

/** Writes rows as NDJSON straight into an arena whose head holds the bank. */
export interface ByteRows {
  /** What every arena begins with. */
  readonly bank: Buffer;
  /** Bytes of a row, at most. */
  readonly maxRowBytes: number;
  /** Writes a row and its newline at a place and gives the place after it. */
  readonly write: RowWriter;
}

/** Banks beyond this are not worth a copy in every arena. */
const MAX_BANK_BYTES = 16 * 1024 * 1024;

const PARENT = ',"parentSessionId":"';
const [NEWLINE, QUOTE, BRACE] = [10, 34, 125];

/**
 * Makes NDJSON of a world's columns without making texts: shared parts are bytes that are copied inside the arena,
 * digits are computed into it. The same bytes as `createColumnJson`. Undefined when the world has so many
 * different parts that the bank would be larger than 16 MiB.
 */
export function createByteRows(world: World): ByteRows | undefined {
  const textsOf = (column: CodeColumn, text: (entry: SessionObject) => string): string[] =>
    world.dictionary(column).map(text);
  const users = world.dictionary('user').map(userText);
  const { bytes, longest, lists } = createFragmentBank([
    OWN_TEXTS,
    [PARENT],
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
  const ownBytes = OWN_TEXTS.reduce((sum, text) => sum + text.length, OWN_BYTES);
  return {
    bank: bytes,
    maxRowBytes: longest + ownBytes,
    write: createRowWriter(world, lists),
  };
}

function before(prefix: string, members: string): string {
  return members === '' ? '' : prefix + members;
}

function createRowWriter(world: World, lists: readonly Int32Array[]): RowWriter {
  const none = new Int32Array(1);
  const [own = none, family = none, client = none, server = none, serverAlone = none] = lists;
  const [sidecar = none, open = none, comma = none, endUser = none, close = none] = lists.slice(5);
  const [resource = none, connector = none] = lists.slice(10);
  const columnsOf = createColumnsReader();
  const writeOwn = createOwnWriter(world, own);
  const writeNetwork = (arena: Uint8Array, at: number, from: number, to: number): number => {
    const afterClient = copyFragment(arena, at, client, from);
    const place = copyFragment(arena, afterClient, afterClient === at ? serverAlone : server, to);
    if (place === at) return at;
    arena[place] = BRACE;
    return place + 1;
  };
  const writeUser = (arena: Uint8Array, at: number, user: number, behind: number): number => {
    let place = copyFragment(arena, at, open, user);
    if (behind !== 0) place = copyFragment(arena, copyFragment(arena, place, comma, user), endUser, behind);
    return copyFragment(arena, place, close, user);
  };
  const writeEnd = (arena: Uint8Array, at: number, parent: number): number => {
    let place = at;
    if (parent !== -1) {
      place = writeAscii(arena, copyFragment(arena, place, family, 0), world.idAt(parent));
      arena[place++] = QUOTE;
    }
    arena[place] = BRACE;
    arena[place + 1] = NEWLINE;
    return place + 2;
  };
  return (arena, at, rowPlace) => {
    const { block, row } = rowPlace;
    const codes = columnsOf(block);
    let place = writeOwn(arena, at, rowPlace);
    place = writeNetwork(arena, place, codes.clientIp[row] ?? 0, codes.serverIp[row] ?? 0);
    place = copyFragment(arena, place, sidecar, codes.sidecar[row] ?? 0);
    place = writeUser(arena, place, codes.user[row] ?? 0, codes.endUser[row] ?? 0);
    place = copyFragment(arena, place, resource, codes.resource[row] ?? 0);
    place = copyFragment(arena, place, connector, codes.connector[row] ?? 0);
    return writeEnd(arena, place, codes.parent[row] ?? -1);
  };
}
