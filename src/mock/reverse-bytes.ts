/** UTF-16 units up to which a loop writes a text faster than the call into C++. */
const SHORT_TEXT = 48;

const MAX_INT32 = 0x7fff_ffff;

/**
 * A buffer that is filled from its end to its front. Protobuf puts the length of a message before its content: written
 * backwards the length is known when its turn comes, and nothing has to be moved.
 */
export class ReverseBytes {
  #buffer: Buffer = Buffer.allocUnsafe(4096);
  #at = 4096;

  /** Bytes written so far. */
  get byteLength(): number {
    return this.#buffer.length - this.#at;
  }

  /** Puts bytes before what is there. */
  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.byteLength);
    this.#at -= bytes.byteLength;
    this.#buffer.set(bytes, this.#at);
  }

  /** Puts an integer from 0 to 2^53 as varint before what is there. */
  varint(value: number): void {
    this.#reserve(8);
    if (value < 0x80) {
      this.#at -= 1;
      this.#buffer[this.#at] = value;
      return;
    }
    this.#at -= varintSize(value);
    let at = this.#at;
    let rest = value;
    for (; rest > MAX_INT32; rest = Math.floor(rest / 0x80)) this.#buffer[at++] = (rest % 0x80) | 0x80;
    // What fits 32 bits takes the cheaper operators.
    for (; rest >= 0x80; rest >>>= 7) this.#buffer[at++] = (rest & 0x7f) | 0x80;
    this.#buffer[at] = rest;
  }

  /** Puts a text as UTF-8 before what is there. */
  text(text: string): void {
    const { length } = text;
    this.#reserve(length);
    const buffer = this.#buffer;
    const start = this.#at - length;
    const looped = length > SHORT_TEXT ? 0 : length;
    let index = 0;
    for (; index < looped; index += 1) {
      const unit = text.charCodeAt(index);
      if (unit >= 0x80) break;
      buffer[start + index] = unit;
    }
    if (index === length) this.#at = start;
    else this.#encodedText(text);
  }

  /** A copy of everything written. */
  copy(): Uint8Array {
    return Buffer.from(this.#buffer.subarray(this.#at));
  }

  /** Starts again from nothing. */
  clear(): void {
    this.#at = this.#buffer.length;
  }

  #encodedText(text: string): void {
    const length = Buffer.byteLength(text);
    this.#reserve(length);
    this.#at -= length;
    this.#buffer.write(text, this.#at);
  }

  #reserve(bytes: number): void {
    if (this.#at >= bytes) return;
    const used = this.byteLength;
    const grown = Buffer.allocUnsafe(Math.max(used + bytes, this.#buffer.length * 2));
    this.#buffer.copy(grown, grown.length - used, this.#at);
    this.#at = grown.length - used;
    this.#buffer = grown;
  }
}

function varintSize(value: number): number {
  let size = 1;
  for (let bound = 0x80; value >= bound; bound *= 0x80) size += 1;
  return size;
}
