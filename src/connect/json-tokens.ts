import { decodeCharacter } from './go-quote.ts';
import { isWordByte, numberLength } from './json-number.ts';
import { decodeJsonString, scanJsonString } from './json-string.ts';
import { ProtoJsonError, syntaxError, UNEXPECTED_EOF } from './proto-json-error.ts';

/** Kinds of JSON tokens, as bits so that sets of them are one number. */
export const TOKEN = {
  start: 0,
  end: 1,
  null: 2,
  bool: 4,
  number: 8,
  string: 16,
  name: 32,
  objectOpen: 64,
  objectClose: 128,
  arrayOpen: 256,
  arrayClose: 512,
  comma: 1024,
} as const;

const SCALARS = TOKEN.null | TOKEN.bool | TOKEN.number | TOKEN.string;
const VALUE_STARTS = SCALARS | TOKEN.objectOpen | TOKEN.arrayOpen;
const VALUE_ENDS = SCALARS | TOKEN.objectClose | TOKEN.arrayClose;

const PUNCTUATION: ReadonlyMap<number, number> = new Map([
  [0x7b, TOKEN.objectOpen],
  [0x7d, TOKEN.objectClose],
  [0x5b, TOKEN.arrayOpen],
  [0x5d, TOKEN.arrayClose],
  [0x2c, TOKEN.comma],
]);

const LITERALS: ReadonlyMap<number, { readonly text: string; readonly kind: number }> = new Map([
  [0x6e, { text: 'null', kind: TOKEN.null }],
  [0x74, { text: 'true', kind: TOKEN.bool }],
  [0x66, { text: 'false', kind: TOKEN.bool }],
]);

/**
 * Reads JSON token by token in linear time, keeping the order of tokens legal. Errors carry the texts and
 * positions of Go's protobuf JSON decoder. Source: measured.
 */
export class JsonTokens {
  /** Kind of the current token. */
  kind: number = TOKEN.start;
  /** First byte of the current token. */
  start = 0;
  /** Byte after the current token. */
  end = 0;
  /** The whole input. */
  readonly bytes: Buffer;
  #at = 0;
  readonly #open: number[] = [];

  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** Moves to the next token and returns its kind; commas are passed over. Throws ProtoJsonError. */
  next(): number {
    let kind = this.#step();
    if (kind === TOKEN.comma) kind = this.#step();
    return kind;
  }

  /** The current token as it is spelled. */
  raw(): string {
    return this.bytes.toString('utf8', this.start, this.end);
  }

  /** The value of the current string or name. */
  text(): string {
    return decodeJsonString(this.bytes, this.start, this.end);
  }

  /** The error of a token that does not belong where it stands. */
  unexpected(): ProtoJsonError {
    return syntaxError(this.bytes, this.start, `unexpected token ${this.raw()}`);
  }

  #step(): number {
    this.#skipSpace();
    this.start = this.#at;
    if (this.#at >= this.bytes.length) {
      if (this.#open.length > 0) throw new ProtoJsonError(UNEXPECTED_EOF);
      this.end = this.#at;
      this.kind = TOKEN.end;
      return TOKEN.end;
    }
    const scanned = this.#scan();
    this.#at = this.end;
    this.#skipSpace();
    this.kind = this.#place(scanned);
    return this.kind;
  }

  #skipSpace(): void {
    const { bytes } = this;
    for (;;) {
      const byte = bytes[this.#at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return;
      this.#at += 1;
    }
  }

  #scan(): number {
    const byte = this.bytes[this.#at] ?? 0;
    const punctuation = PUNCTUATION.get(byte);
    if (punctuation !== undefined) {
      this.end = this.#at + 1;
      return punctuation;
    }
    if (byte === 0x22) {
      this.end = scanJsonString(this.bytes, this.#at);
      return TOKEN.string;
    }
    const literal = LITERALS.get(byte);
    if (literal !== undefined && this.#hasLiteral(literal.text)) {
      this.end = this.#at + literal.text.length;
      return literal.kind;
    }
    const length = numberLength(this.bytes, this.#at);
    if (length === 0) throw syntaxError(this.bytes, this.#at, `invalid value ${this.#badWord()}`);
    this.end = this.#at + length;
    return TOKEN.number;
  }

  #hasLiteral(text: string): boolean {
    const end = this.#at + text.length;
    return this.bytes.toString('latin1', this.#at, end) === text && !isWordByte(this.bytes[end]);
  }

  #badWord(): string {
    let end = this.#at;
    while (end < this.#at + 32 && isWordByte(this.bytes[end])) end += 1;
    if (end > this.#at) return this.bytes.toString('latin1', this.#at, end);
    return decodeCharacter(this.bytes.subarray(this.#at, this.#at + 4)) ?? '\ufffd';
  }

  #place(scanned: number): number {
    if (scanned === TOKEN.string && !this.#isValueNext()) return this.#placeName();
    if ((scanned & VALUE_STARTS) !== 0) {
      if (!this.#isValueNext()) throw this.unexpected();
      if (scanned === TOKEN.objectOpen || scanned === TOKEN.arrayOpen) this.#open.push(scanned);
      return scanned;
    }
    if (scanned === TOKEN.comma) {
      if (this.#open.length === 0 || (this.kind & VALUE_ENDS) === 0) throw this.unexpected();
      return scanned;
    }
    this.#close(scanned);
    return scanned;
  }

  #placeName(): number {
    if ((this.kind & (TOKEN.objectOpen | TOKEN.comma)) === 0) throw this.unexpected();
    const byte = this.bytes[this.#at];
    if (byte === undefined) throw new ProtoJsonError(UNEXPECTED_EOF);
    if (byte !== 0x3a) {
      const reason = `unexpected character ${String.fromCharCode(byte)}, missing ":" after field name`;
      throw syntaxError(this.bytes, this.#at, reason);
    }
    this.#at += 1;
    return TOKEN.name;
  }

  #close(scanned: number): void {
    const isObject = scanned === TOKEN.objectClose;
    const illegalAfter = isObject ? TOKEN.name | TOKEN.comma : TOKEN.comma;
    const opened = isObject ? TOKEN.objectOpen : TOKEN.arrayOpen;
    if ((this.kind & illegalAfter) !== 0 || this.#open.at(-1) !== opened) throw this.unexpected();
    this.#open.pop();
  }

  #isValueNext(): boolean {
    const opened = this.#open.at(-1);
    if (opened === undefined) return this.kind === TOKEN.start;
    if (opened === TOKEN.objectOpen) return this.kind === TOKEN.name;
    return (this.kind & (TOKEN.arrayOpen | TOKEN.comma)) !== 0;
  }
}
