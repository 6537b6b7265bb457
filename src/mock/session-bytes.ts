import type { FieldShape, MessageShape } from '../connect/message-shape.ts';
import type { MessageJson } from '../connect/procedure.ts';
import { messageToBinary } from '../connect/proto-message.ts';
import type { SessionObject } from '../world/session-object.ts';
import type { CodeColumn, Codes, World, WorldBlock } from '../world/world.ts';
import { ReverseBytes } from './reverse-bytes.ts';

/** Sessions of a page to encode. */
export interface SessionRange {
  /** World indices. */
  readonly indices: readonly number[];
  /** Positions in `indices`, `[from, until)`. */
  readonly from: number;
  readonly until: number;
  /** The instant at which the sessions are seen, ms since 1970. */
  readonly now: number;
  /** Encoded fields that follow the sessions; none when empty. */
  readonly tail: Uint8Array;
}

/** Gives the sessions of a range as elements of a repeated field, tag, length and content of each, and the tail. */
export type SessionsEncoder = (range: SessionRange) => Uint8Array;

/** The members that are stored in dictionaries, by the columns that make them up. */
const PARTS = {
  network: ['clientIp', 'serverIp'],
  sidecar: ['sidecar'],
  user: ['user', 'endUser'],
  resource: ['resource'],
  connector: ['connector'],
} as const satisfies Readonly<Record<string, readonly CodeColumn[]>>;

/** Different values of one part that are kept encoded; beyond it the part starts anew. */
const MAX_KEPT = 16_384;

/**
 * Encodes sessions straight from the world's columns, byte for byte as `messageToBinary` encodes `world.at`; what
 * sessions share is encoded once. Undefined for a message with fields that the columns do not hold.
 */
export function createSessionsEncoder(world: World, field: FieldShape): SessionsEncoder | undefined {
  if (typeof field.type === 'string') return undefined;
  const out = new ReverseBytes();
  const writers = compileFields(world, field.type, out);
  if (writers === undefined) return undefined;
  const tag = tagOf(field);
  const writeBlock = (block: WorldBlock, now: number): void => {
    const seen: SeenBlock = { block, now, columns: new Map() };
    for (let row = 0; row < block.length; row += 1) {
      const before = out.byteLength;
      for (const write of writers) write(seen, row);
      out.varint(out.byteLength - before);
      out.varint(tag);
    }
  };
  return ({ indices, from, until, now, tail }) => {
    // What an encoding that threw has left is thrown away.
    out.clear();
    out.bytes(tail);
    for (let end = until; end > from; ) {
      const low = indices[end - 1] ?? 0;
      let size = 1;
      // Pages mostly hold neighbours, the newest first: from the back they are one ascending run.
      while (end - size > from && indices[end - size - 1] === low + size) size += 1;
      for (const block of world.scan({ low, high: low + size, descending: false })) writeBlock(block, now);
      end -= size;
    }
    return out.copy();
  };
}

/** A run of rows and the instant at which they are seen. */
interface SeenBlock {
  readonly block: WorldBlock;
  readonly now: number;
  /** Dictionary numbers of the run, each column read once. */
  readonly columns: Map<CodeColumn, Codes>;
}

/** Writes one field of a row, or nothing where it is unset. */
type RowWriter = (seen: SeenBlock, row: number) => void;

/** One writer for each field with a number, the highest number first. */
function compileFields(world: World, shape: MessageShape, out: ReverseBytes): RowWriter[] | undefined {
  const numbered = shape.fields.filter((field) => field.number !== undefined);
  const writers = numbered
    .toSorted((a, b) => (b.number ?? 0) - (a.number ?? 0))
    .map((field) => compileField(field, world, out));
  const known = writers.filter((writer) => writer !== undefined);
  return known.length === writers.length ? known : undefined;
}

function compileField(field: FieldShape, world: World, out: ReverseBytes): RowWriter | undefined {
  if (field.repeated) return undefined;
  const { type, jsonName } = field;
  if (typeof type !== 'string')
    return isPart(jsonName) ? compilePart(field, jsonName, { world, out }) : undefined;
  switch (`${jsonName} ${type}`) {
    case 'id string':
      return compileText(field, out, ({ block }, row) => world.idAt(block.first + row));
    case 'sessionStatus string':
      return compileText(field, out, statusOf);
    case 'parentSessionId string':
      return compileText(field, out, ({ block }, row) => {
        const parent = block.parent[row] ?? -1;
        return parent === -1 ? '' : world.idAt(parent);
      });
    case 'startTime google.protobuf.Timestamp':
      return compileTime(field, out, ({ block }, row) => block.start[row] ?? 0);
    case 'endTime google.protobuf.Timestamp':
      return compileTime(field, out, endOf);
    case 'duration google.protobuf.Duration':
      return compileTime(field, out, (seen, row) => endOf(seen, row) - (seen.block.start[row] ?? 0));
    default:
      return undefined;
  }
}

/** The end in ms; NaN for a session that has not ended. */
function endOf({ block, now }: SeenBlock, row: number): number {
  const end = block.end[row] ?? 0;
  return end <= now ? end : Number.NaN;
}

function statusOf({ block, now }: SeenBlock, row: number): string {
  if ((block.end[row] ?? 0) <= now) return 'completed';
  return block.quiet[row] === 1 ? 'idle' : 'active';
}

const LENGTH_DELIMITED = 2;
const SECONDS_TAG = 8;
const NANOS_TAG = 16;

function tagOf({ number = 0 }: FieldShape): number {
  return number * 8 + LENGTH_DELIMITED;
}

function compileText(
  field: FieldShape,
  out: ReverseBytes,
  read: (seen: SeenBlock, row: number) => string,
): RowWriter {
  const tag = tagOf(field);
  return (seen, row) => {
    const text = read(seen, row);
    if (text === '') return;
    const before = out.byteLength;
    out.text(text);
    out.varint(out.byteLength - before);
    out.varint(tag);
  };
}

/** A Timestamp or a Duration of 0 or more ms; NaN is unset. */
function compileTime(
  field: FieldShape,
  out: ReverseBytes,
  read: (seen: SeenBlock, row: number) => number,
): RowWriter {
  const tag = tagOf(field);
  return (seen, row) => {
    const ms = read(seen, row);
    if (Number.isNaN(ms)) return;
    const before = out.byteLength;
    const seconds = Math.floor(ms / 1000);
    const nanos = (ms - seconds * 1000) * 1_000_000;
    if (nanos > 0) {
      out.varint(nanos);
      out.varint(NANOS_TAG);
    }
    if (seconds > 0) {
      out.varint(seconds);
      out.varint(SECONDS_TAG);
    }
    out.varint(out.byteLength - before);
    out.varint(tag);
  };
}

type PartName = keyof typeof PARTS;

function isPart(name: string): name is PartName {
  return Object.hasOwn(PARTS, name);
}

interface PartContext {
  readonly world: World;
  readonly out: ReverseBytes;
}

/** A member by its one or two dictionary numbers; each value is encoded once. */
function compilePart(field: FieldShape, name: PartName, { world, out }: PartContext): RowWriter {
  const [first, second]: readonly CodeColumn[] = PARTS[name];
  const shape: MessageShape = { typeName: name, fields: [field] };
  let kept: Uint8Array[][] = [];
  let keptCount = 0;
  const encode = (code: number, other: number): Uint8Array => {
    const value = merged(entryOf(world, first, code)[name], entryOf(world, second, other)[name]);
    return value === undefined ? new Uint8Array() : messageToBinary(shape, { [name]: value });
  };
  return (seen, row) => {
    const code = codeOf(seen, first, row);
    const other = codeOf(seen, second, row);
    kept[code] ??= [];
    let bytes = kept[code][other];
    if (bytes === undefined) {
      bytes = encode(code, other);
      keptCount += 1;
      if (keptCount > MAX_KEPT) [kept, keptCount] = [[], 0];
      else kept[code][other] = bytes;
    }
    if (bytes.length > 0) out.bytes(bytes);
  };
}

const NOTHING: SessionObject = {};

function entryOf(world: World, column: CodeColumn | undefined, code: number): SessionObject {
  return column === undefined ? NOTHING : (world.dictionary(column)[code] ?? NOTHING);
}

function codeOf(seen: SeenBlock, column: CodeColumn | undefined, row: number): number {
  if (column === undefined) return 0;
  let codes = seen.columns.get(column);
  if (codes === undefined) {
    codes = seen.block.codes(column);
    seen.columns.set(column, codes);
  }
  return codes[row] ?? 0;
}

/** Both objects in one; members that both have as objects are merged likewise. */
function merged(one: object | undefined, other: object | undefined): MessageJson | undefined {
  if (one === undefined || other === undefined) return (one ?? other) as MessageJson | undefined;
  const result: Record<string, unknown> = { ...one };
  for (const [name, value] of Object.entries(other)) {
    const known = result[name];
    result[name] = typeof known === 'object' && known !== null ? merged(known, value) : value;
  }
  return result;
}
