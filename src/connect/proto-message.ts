import { formatDuration } from './duration.ts';
import { goTypeName } from './go-type-name.ts';
import { isZeroValue, type ScalarValue } from './json-scalars.ts';
import {
  type FieldShape,
  isWellKnownType,
  type MessageShape,
  type ScalarType,
  type WellKnownType,
} from './message-shape.ts';
import type { MessageJson } from './procedure.ts';
import { ProtoReadError, ProtoReader, WIRE } from './proto-reader.ts';
import { ProtoWriter } from './proto-writer.ts';
import { formatTimestamp } from './timestamp.ts';

const MAX_DEPTH = 1_000;
/** Beyond it neither a Timestamp nor a Duration has a JSON form. */
const MAX_SECONDS = 315_576_000_000;

/** The binary form of a message from its JSON form. Throws TypeError for values that do not fit their field. */
export function messageToBinary(shape: MessageShape, json: MessageJson): Uint8Array {
  const writer = new ProtoWriter();
  writer.message(shape, json);
  return writer.finish();
}

/** One field with ready-made content: tag, length, bytes. Parts so made are concatenated into a message. */
export function lengthDelimited(fieldNumber: number, bytes: Uint8Array): Uint8Array {
  const writer = new ProtoWriter(bytes.byteLength + 15);
  writer.bytesField(fieldNumber, bytes);
  return writer.finish();
}

/**
 * Decodes the binary form of a message into its canonical JSON form, unset and zero fields absent, unknown fields
 * ignored. Throws Error whose message reads as connect-go's. Source: measured.
 */
export function messageFromBinary(shape: MessageShape, bytes: Uint8Array): MessageJson {
  try {
    return decodeFields(new ProtoReader(bytes), { shape, end: bytes.length, depth: 1 });
  } catch (error) {
    if (!(error instanceof ProtoReadError || error instanceof InvalidUtf8Error)) throw error;
    throw new Error(`unmarshal into ${goTypeName(shape.typeName)}: ${error.message}`, {
      cause: error,
    });
  }
}

class InvalidUtf8Error extends Error {
  constructor() {
    super('string field contains invalid UTF-8');
  }
}

interface Extent {
  readonly shape: MessageShape;
  readonly end: number;
  readonly depth: number;
  /** The message so far, when its field came up before: messages merge. */
  readonly merged?: Record<string, unknown>;
}

function decodeFields(reader: ProtoReader, { shape, end, depth, merged }: Extent): Record<string, unknown> {
  if (depth > MAX_DEPTH) throw new ProtoReadError();
  const message: Record<string, unknown> = merged ?? {};
  while (reader.at < end) {
    const tag = reader.tag();
    const type = tag % 8;
    const field = shape.fields.find((candidate) => candidate.number === (tag - type) / 8);
    if (field === undefined || !acceptsWireType(field, type)) reader.skip(tag);
    else if (field.repeated) decodeRepeated(reader, { field, type, message, depth });
    else decodeSingle(reader, { field, type, message, depth });
  }
  if (reader.at !== end) throw new ProtoReadError();
  return message;
}

interface FieldTarget {
  readonly field: FieldShape;
  readonly type: number;
  readonly message: Record<string, unknown>;
  readonly depth: number;
}

function decodeSingle(reader: ProtoReader, target: FieldTarget): void {
  const { field, message } = target;
  const value = decodeElement(reader, target, message[field.jsonName]);
  if (typeof field.type === 'string' && !isWellKnownType(field.type) && isZero(value, field.type)) {
    delete message[field.jsonName];
  } else {
    message[field.jsonName] = value;
  }
}

function isZero(value: unknown, type: ScalarType): boolean {
  return typeof value !== 'object' && isZeroValue(value as ScalarValue, type);
}

function decodeRepeated(reader: ProtoReader, target: FieldTarget): void {
  const { field, message } = target;
  const known = message[field.jsonName];
  const list: unknown[] = Array.isArray(known) ? known : [];
  if (target.type === WIRE.lengthDelimited && naturalWireType(field) !== WIRE.lengthDelimited) {
    const end = reader.extentEnd();
    while (reader.at < end) list.push(decodeElement(reader, target, undefined));
    if (reader.at !== end) throw new ProtoReadError();
  } else {
    list.push(decodeElement(reader, target, undefined));
  }
  if (list.length > 0) message[field.jsonName] = list;
}

function decodeElement(reader: ProtoReader, target: FieldTarget, known: unknown): unknown {
  const { field, depth } = target;
  const { type } = field;
  if (typeof type !== 'string') {
    const end = reader.extentEnd();
    const merged = typeof known === 'object' && known !== null ? { merged: { ...known } } : {};
    return decodeFields(reader, { shape: type, end, depth: depth + 1, ...merged });
  }
  return isWellKnownType(type) ? decodeWellKnown(reader, type) : decodeScalar(reader, type);
}

const SECONDS_AND_NANOS: MessageShape = {
  typeName: 'google.protobuf.Timestamp',
  fields: [
    { name: 'seconds', jsonName: 'seconds', number: 1, repeated: false, type: 'int64' },
    { name: 'nanos', jsonName: 'nanos', number: 2, repeated: false, type: 'int32' },
  ],
};

function decodeWellKnown(reader: ProtoReader, type: WellKnownType): string {
  const end = reader.extentEnd();
  const { seconds = 0, nanos = 0 } = decodeFields(reader, { shape: SECONDS_AND_NANOS, end, depth: 1 });
  const value = { seconds: Number(seconds), nanos: Number(nanos) };
  if (Math.abs(value.seconds) > MAX_SECONDS || Math.abs(value.nanos) > 999_999_999)
    throw new ProtoReadError();
  return type === 'google.protobuf.Timestamp' ? formatTimestamp(value) : formatDuration(value);
}

function decodeScalar(reader: ProtoReader, type: ScalarType): ScalarValue {
  switch (type) {
    case 'string':
      return decodeText(reader.bytes());
    case 'bytes':
      return Buffer.from(reader.bytes()).toString('base64');
    case 'bool':
      return reader.varint() !== 0n;
    case 'int32':
      return Number(BigInt.asIntN(32, reader.varint()));
    case 'uint32':
      return Number(BigInt.asUintN(32, reader.varint()));
    case 'int64':
      return String(BigInt.asIntN(64, reader.varint()));
    case 'double':
      return doubleToJson(reader.double());
    default:
      return type satisfies never;
  }
}

const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeText(bytes: Uint8Array): string {
  try {
    return STRICT_UTF8.decode(bytes);
  } catch {
    throw new InvalidUtf8Error();
  }
}

function doubleToJson(value: number): ScalarValue {
  return Number.isFinite(value) ? value : String(value);
}

function naturalWireType({ type }: FieldShape): number {
  if (typeof type !== 'string' || isWellKnownType(type)) return WIRE.lengthDelimited;
  if (type === 'string' || type === 'bytes') return WIRE.lengthDelimited;
  return type === 'double' ? WIRE.fixed64 : WIRE.varint;
}

/** A field in another wire type is an unknown field. Source: measured. */
function acceptsWireType(field: FieldShape, type: number): boolean {
  return type === naturalWireType(field) || (field.repeated && type === WIRE.lengthDelimited);
}
