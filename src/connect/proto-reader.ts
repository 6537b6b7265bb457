/** Bytes that are no protobuf. */
export class ProtoReadError extends Error {
  constructor() {
    super('proto: cannot parse invalid wire-format data');
    this.name = 'ProtoReadError';
  }
}

/** Wire types of protobuf. */
export const WIRE = {
  varint: 0,
  fixed64: 1,
  lengthDelimited: 2,
  startGroup: 3,
  endGroup: 4,
  fixed32: 5,
} as const;

const MAX_FIELD_NUMBER = 2 ** 29 - 1;
const MAX_GROUP_DEPTH = 10_000;

/**
 * Reads protobuf's wire format strictly, as Go's decoder: no overlong varints, no field number 0, groups closed by
 * their own number. Every method throws ProtoReadError. Source: measured.
 */
export class ProtoReader {
  /** Next byte to read. */
  at = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Field number and wire type, as one varint: number * 8 + type. */
  tag(): number {
    const tag = Number(this.varint());
    const fieldNumber = Math.floor(tag / 8);
    if (fieldNumber < 1 || fieldNumber > MAX_FIELD_NUMBER) throw new ProtoReadError();
    return tag;
  }

  /** A varint as 64 unsigned bits. */
  varint(): bigint {
    let low = 0;
    // Seven bytes, 49 bits, fit a double exactly.
    for (let index = 0, scale = 1; index < 7; index += 1, scale *= 0x80) {
      const byte = this.#byte();
      low += (byte & 0x7f) * scale;
      if (byte < 0x80) return BigInt(low);
    }
    let value = BigInt(low);
    for (let shift = 49n; shift <= 63n; shift += 7n) {
      const byte = this.#byte();
      if (shift === 63n && byte > 1) throw new ProtoReadError();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new ProtoReadError();
  }

  /** The end of a length-delimited field whose length is next. */
  extentEnd(): number {
    const length = Number(this.varint());
    const end = this.at + length;
    if (end > this.#bytes.length) throw new ProtoReadError();
    return end;
  }

  /** The content of a length-delimited field. */
  bytes(): Uint8Array {
    const end = this.extentEnd();
    const content = this.#bytes.subarray(this.at, end);
    this.at = end;
    return content;
  }

  /** Eight bytes as a double. */
  double(): number {
    const content = this.#fixed(8);
    return new DataView(content.buffer, content.byteOffset, 8).getFloat64(0, true);
  }

  /** Passes over the value of a field nobody knows. */
  skip(tag: number): void {
    const open: number[] = [];
    for (let current = tag; ; current = this.tag()) {
      this.#skipOne(current, open);
      if (open.length === 0) return;
      if (open.length > MAX_GROUP_DEPTH) throw new ProtoReadError();
    }
  }

  #skipOne(tag: number, open: number[]): void {
    switch (tag % 8) {
      case WIRE.varint:
        this.varint();
        return;
      case WIRE.fixed64:
        this.#fixed(8);
        return;
      case WIRE.lengthDelimited:
        this.at = this.extentEnd();
        return;
      case WIRE.fixed32:
        this.#fixed(4);
        return;
      case WIRE.startGroup:
        open.push(Math.floor(tag / 8));
        return;
      case WIRE.endGroup:
        if (open.pop() === Math.floor(tag / 8)) return;
        throw new ProtoReadError();
      default:
        throw new ProtoReadError();
    }
  }

  #byte(): number {
    const byte = this.#bytes[this.at];
    if (byte === undefined) throw new ProtoReadError();
    this.at += 1;
    return byte;
  }

  #fixed(size: number): Uint8Array {
    const content = this.#bytes.subarray(this.at, this.at + size);
    if (content.length < size) throw new ProtoReadError();
    this.at += size;
    return content;
  }
}
