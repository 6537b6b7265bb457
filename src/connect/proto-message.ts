import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
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
import { ProtoWriter } from './proto-writer.ts';
import { formatTimestamp } from './timestamp.ts';

const MAX_DEPTH = 1_000;
const INVALID_WIRE = 'cannot parse invalid wire-format data';

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
    return decodeFields(new BinaryReader(bytes), { shape, end: bytes.length, depth: 1 });
  } catch (error) {
    const reason = error instanceof InvalidUtf8Error ? error.message : INVALID_WIRE;
    throw new Error(`unmarshal into ${goTypeName(shape.typeName)}: proto: ${reason}`, { cause: error });
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

function decodeFields(reader: BinaryReader, { shape, end, depth, merged }: Extent): Record<string, unknown> {
  if (depth > MAX_DEPTH) throw new RangeError('too deep');
  const message: Record<string, unknown> = merged ?? {};
  while (reader.pos < end) {
    const [number, type] = reader.tag();
    const field = shape.fields.find((candidate) => candidate.number === number);
    if (field === undefined || !acceptsWireType(field, type)) reader.skip(type, number);
    else if (field.repeated) decodeRepeated(reader, { field, type, message, depth });
    else decodeSingle(reader, { field, type, message, depth });
  }
  if (reader.pos !== end) throw new RangeError('field beyond its message');
  return message;
}

interface FieldTarget {
  readonly field: FieldShape;
  readonly type: WireType;
  readonly message: Record<string, unknown>;
  readonly depth: number;
}

function decodeSingle(reader: BinaryReader, target: FieldTarget): void {
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

function decodeRepeated(reader: BinaryReader, target: FieldTarget): void {
  const { field, message } = target;
  const known = message[field.jsonName];
  const list: unknown[] = Array.isArray(known) ? known : [];
  if (target.type === WireType.LengthDelimited && naturalWireType(field) !== WireType.LengthDelimited) {
    const length = reader.uint32();
    const end = extentEnd(reader, length);
    while (reader.pos < end) list.push(decodeElement(reader, target, undefined));
    if (reader.pos !== end) throw new RangeError('element beyond its list');
  } else {
    list.push(decodeElement(reader, target, undefined));
  }
  if (list.length > 0) message[field.jsonName] = list;
}

function decodeElement(reader: BinaryReader, target: FieldTarget, known: unknown): unknown {
  const { field, depth } = target;
  const { type } = field;
  if (typeof type !== 'string') {
    const length = reader.uint32();
    const end = extentEnd(reader, length);
    const merged = typeof known === 'object' && known !== null ? { merged: { ...known } } : {};
    return decodeFields(reader, { shape: type, end, depth: depth + 1, ...merged });
  }
  return isWellKnownType(type) ? decodeWellKnown(reader, type) : decodeScalar(reader, type);
}

function extentEnd(reader: BinaryReader, length: number): number {
  const end = reader.pos + length;
  if (end > reader.len) throw new RangeError('premature end');
  return end;
}

const SECONDS_AND_NANOS: MessageShape = {
  typeName: 'google.protobuf.Timestamp',
  fields: [
    { name: 'seconds', jsonName: 'seconds', number: 1, repeated: false, type: 'int64' },
    { name: 'nanos', jsonName: 'nanos', number: 2, repeated: false, type: 'int32' },
  ],
};

function decodeWellKnown(reader: BinaryReader, type: WellKnownType): string {
  const length = reader.uint32();
  const end = extentEnd(reader, length);
  const { seconds = 0, nanos = 0 } = decodeFields(reader, { shape: SECONDS_AND_NANOS, end, depth: 1 });
  const value = { seconds: Number(seconds), nanos: Number(nanos) };
  return type === 'google.protobuf.Timestamp' ? formatTimestamp(value) : formatDuration(value);
}

function decodeScalar(reader: BinaryReader, type: ScalarType): ScalarValue {
  switch (type) {
    case 'string':
      return decodeText(reader.bytes());
    case 'bytes':
      return Buffer.from(reader.bytes()).toString('base64');
    case 'bool':
      return reader.bool();
    case 'int32':
      return reader.int32();
    case 'uint32':
      return reader.uint32();
    case 'int64':
      return String(reader.int64());
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

function naturalWireType({ type }: FieldShape): WireType {
  if (typeof type !== 'string' || isWellKnownType(type)) return WireType.LengthDelimited;
  if (type === 'string' || type === 'bytes') return WireType.LengthDelimited;
  return type === 'double' ? WireType.Bit64 : WireType.Varint;
}

/** A field in another wire type is an unknown field. Source: measured. */
function acceptsWireType(field: FieldShape, type: WireType): boolean {
  return type === naturalWireType(field) || (field.repeated && type === WireType.LengthDelimited);
}
