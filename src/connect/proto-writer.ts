import { parseDuration } from './duration.ts';
import { isZeroValue, type ScalarValue } from './json-scalars.ts';
import {
  type FieldShape,
  isWellKnownType,
  type MessageShape,
  type ScalarType,
  type WellKnownType,
} from './message-shape.ts';
import type { MessageJson } from './procedure.ts';
import { parseTimestamp, type SecondsAndNanos } from './timestamp.ts';

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;

/** UTF-16 units a string may have so that its UTF-8 length surely fits one length byte. */
const SHORT_TEXT = 42;

/**
 * Writes protobuf into one growing buffer: whole messages from their JSON form, or ready-made parts under a field
 * number. Field order, packing and omitted zero values are those of generated code.
 */
export class ProtoWriter {
  #buffer: Buffer;
  #at = 0;

  /** `initialBytes`: size of the first buffer. Default 1 kB; it grows as needed. */
  constructor(initialBytes = 1024) {
    this.#buffer = Buffer.allocUnsafe(initialBytes);
  }

  /** Bytes written since the last {@link ProtoWriter.finish}. */
  get byteLength(): number {
    return this.#at;
  }

  /** Writes the fields of a message. Values that do not fit their field throw a TypeError. */
  message(shape: MessageShape, json: MessageJson): void {
    for (const field of fieldsByNumber(shape)) {
      const value = json[field.jsonName];
      if (value === undefined || value === null) continue;
      if (field.repeated) this.#list(field, value);
      else this.#single(field, value);
    }
  }

  /** Writes a message field from the message's JSON form. */
  messageField(fieldNumber: number, shape: MessageShape, json: MessageJson): void {
    this.#tag(fieldNumber, LENGTH_DELIMITED);
    this.#nested(() => this.message(shape, json));
  }

  /** Writes a message, string or bytes field whose content is encoded already. */
  bytesField(fieldNumber: number, bytes: Uint8Array): void {
    this.#tag(fieldNumber, LENGTH_DELIMITED);
    this.#bytes(bytes);
  }

  /** Writes an integer field of 0 or more. */
  varintField(fieldNumber: number, value: number): void {
    this.#tag(fieldNumber, VARINT);
    this.#varint(value);
  }

  /** The bytes written so far, as a copy; the writer starts again from nothing. */
  finish(): Uint8Array {
    const written = Buffer.from(this.#buffer.subarray(0, this.#at));
    this.#at = 0;
    return written;
  }

  #list(field: FieldShape, value: unknown): void {
    if (!Array.isArray(value)) throw mismatch(field, value);
    const { type } = field;
    const isPacked = typeof type === 'string' && wireType(type) !== LENGTH_DELIMITED;
    if (!isPacked) {
      for (const element of value) this.#tagged(field, element);
    } else if (value.length > 0) {
      this.#tag(field.number ?? 0, LENGTH_DELIMITED);
      this.#nested(() => {
        for (const element of value) this.#value(field, element);
      });
    }
  }

  #single(field: FieldShape, value: unknown): void {
    const { type } = field;
    const isScalar = typeof type === 'string' && !isWellKnownType(type);
    if (isScalar && isZeroValue(scalarValue(field, value), type)) return;
    this.#tagged(field, value);
  }

  #tagged(field: FieldShape, value: unknown): void {
    this.#tag(field.number ?? 0, typeof field.type === 'string' ? wireType(field.type) : LENGTH_DELIMITED);
    this.#value(field, value);
  }

  #value(field: FieldShape, value: unknown): void {
    const { type } = field;
    if (typeof type !== 'string') {
      if (!isMessageJson(value)) throw mismatch(field, value);
      this.#nested(() => this.message(type, value));
    } else if (isWellKnownType(type)) {
      const parts = typeof value === 'string' ? parseWellKnown(type, value) : undefined;
      if (parts === undefined) throw mismatch(field, value);
      this.#nested(() => this.#secondsAndNanos(parts));
    } else {
      this.#scalar(type, scalarValue(field, value));
    }
  }

  #scalar(type: ScalarType, value: ScalarValue): void {
    if (type === 'string') this.#text(String(value));
    else if (type === 'bytes') this.#bytes(Buffer.from(String(value), 'base64'));
    else if (type === 'bool') this.#varint(value === true ? 1 : 0);
    else if (type === 'double') this.#double(Number(value));
    else this.#signedVarint(value);
  }

  #double(value: number): void {
    this.#reserve(8);
    this.#at = this.#buffer.writeDoubleLE(value, this.#at);
  }

  #secondsAndNanos({ seconds, nanos }: SecondsAndNanos): void {
    if (seconds !== 0) {
      this.#tag(1, VARINT);
      this.#signedVarint(seconds);
    }
    if (nanos !== 0) {
      this.#tag(2, VARINT);
      this.#signedVarint(nanos);
    }
  }

  #tag(fieldNumber: number, type: number): void {
    this.#varint(fieldNumber * 8 + type);
  }

  #text(text: string): void {
    if (text.length <= SHORT_TEXT) {
      this.#shortText(text);
      return;
    }
    const length = Buffer.byteLength(text);
    this.#varint(length);
    this.#reserve(length);
    this.#at += this.#buffer.write(text, this.#at);
  }

  #shortText(text: string): void {
    this.#reserve(1 + SHORT_TEXT * 3);
    const buffer = this.#buffer;
    const start = this.#at + 1;
    let length = text.length;
    // A loop is faster than the call into C++ for texts as short as these.
    for (let index = 0; index < length; index += 1) {
      const unit = text.charCodeAt(index);
      if (unit >= 0x80) {
        length = buffer.write(text, start);
        break;
      }
      buffer[start + index] = unit;
    }
    buffer[start - 1] = length;
    this.#at = start + length;
  }

  #bytes(bytes: Uint8Array): void {
    this.#varint(bytes.byteLength);
    this.#reserve(bytes.byteLength);
    this.#buffer.set(bytes, this.#at);
    this.#at += bytes.byteLength;
  }

  /** Writes the content first and its length in front of it afterwards. */
  #nested(writeContent: () => void): void {
    this.#reserve(1);
    const lengthAt = this.#at;
    this.#at += 1;
    writeContent();
    const length = this.#at - lengthAt - 1;
    if (length < 0x80) {
      this.#buffer[lengthAt] = length;
      return;
    }
    const extra = varintSize(length) - 1;
    this.#reserve(extra);
    this.#buffer.copyWithin(lengthAt + 1 + extra, lengthAt + 1, this.#at);
    this.#at = lengthAt;
    this.#varint(length);
    this.#at += length;
  }

  /** A non-negative integer below 2^53. */
  #varint(value: number): void {
    this.#reserve(10);
    let rest = value;
    while (rest >= 0x80) {
      this.#buffer[this.#at++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#buffer[this.#at++] = rest;
  }

  #signedVarint(value: ScalarValue): void {
    const number = Number(value);
    if (number >= 0 && Number.isSafeInteger(number)) {
      this.#varint(number);
      return;
    }
    this.#reserve(10);
    let rest = BigInt.asUintN(64, BigInt(value));
    while (rest >= 0x80n) {
      this.#buffer[this.#at++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.#buffer[this.#at++] = Number(rest);
  }

  #reserve(bytes: number): void {
    const needed = this.#at + bytes;
    if (needed <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(grown, 0, 0, this.#at);
    this.#buffer = grown;
  }
}

const sortedFields = new WeakMap<MessageShape, readonly FieldShape[]>();

/** The fields that have a number, in its order. */
function fieldsByNumber(shape: MessageShape): readonly FieldShape[] {
  const known = sortedFields.get(shape);
  if (known !== undefined) return known;
  const numbered = shape.fields.filter((field) => field.number !== undefined);
  const sorted = numbered.toSorted((a, b) => (a.number ?? 0) - (b.number ?? 0));
  sortedFields.set(shape, sorted);
  return sorted;
}

function wireType(type: ScalarType | WellKnownType): number {
  if (type === 'double') return FIXED64;
  if (type === 'string' || type === 'bytes' || isWellKnownType(type)) return LENGTH_DELIMITED;
  return VARINT;
}

function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest >= 0x80; rest = Math.floor(rest / 0x80)) size += 1;
  return size;
}

function isMessageJson(value: unknown): value is MessageJson {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function scalarValue(field: FieldShape, value: unknown): ScalarValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw mismatch(field, value);
}

function mismatch(field: FieldShape, value: unknown): TypeError {
  const type = typeof field.type === 'string' ? field.type : field.type.typeName;
  return new TypeError(`field ${field.jsonName} must be ${type} (got ${JSON.stringify(value)})`);
}

function parseWellKnown(type: WellKnownType, text: string): SecondsAndNanos | undefined {
  if (type === 'google.protobuf.Duration') {
    const span = parseDuration(text);
    return span === 'out of range' ? undefined : span;
  }
  const instant = parseUtcMilliseconds(text) ?? parseTimestamp(text);
  return instant === 'out of range' ? undefined : instant;
}

/** The commonest form, `2026-01-02T03:04:05.123Z`, without a regular expression. */
function parseUtcMilliseconds(text: string): SecondsAndNanos | undefined {
  if (text.length !== 24 || text.charCodeAt(23) !== 0x5a || text.charCodeAt(19) !== 0x2e) return undefined;
  const timeMs = Date.parse(text);
  if (Number.isNaN(timeMs)) return undefined;
  const seconds = Math.floor(timeMs / 1000);
  return { seconds, nanos: (timeMs - seconds * 1000) * 1_000_000 };
}
