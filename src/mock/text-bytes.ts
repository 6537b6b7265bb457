/** Most bytes of UTF-8 for one UTF-16 unit. */
const MAX_BYTES_PER_UNIT = 3;

/** UTF-8 text put together piece by piece: one large string would be copied more often than its pieces. */
export class TextBytes {
  #buffer: Buffer;
  #length = 0;

  /** `expectedBytes`: size of the first buffer; it grows as needed. */
  constructor(expectedBytes: number) {
    this.#buffer = Buffer.allocUnsafe(expectedBytes);
  }

  /** Adds a piece at the end. */
  append(piece: string): void {
    const needed = this.#length + piece.length * MAX_BYTES_PER_UNIT;
    if (needed > this.#buffer.length) this.#grow(needed);
    this.#length += this.#buffer.write(piece, this.#length);
  }

  /** All of it; shares its memory with this object. */
  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  #grow(needed: number): void {
    const grown = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(grown, 0, 0, this.#length);
    this.#buffer = grown;
  }
}
