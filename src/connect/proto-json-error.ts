/** Text of the error for input that stops in the middle. Source: measured. */
export const UNEXPECTED_EOF = 'unexpected EOF';

/** Input that is not the proto3 JSON of the wanted message; `message` reads as Go's decoder says it. */
export class ProtoJsonError extends Error {
  constructor(message: string) {
    super(`proto: ${message}`);
    this.name = 'ProtoJsonError';
  }
}

/** An error of the JSON itself, at a byte of the input. */
export function syntaxError(bytes: Buffer, at: number, reason: string): ProtoJsonError {
  return new ProtoJsonError(`syntax error ${position(bytes, at)}: ${reason}`);
}

/** An error of a value that is legal JSON, at a byte of the input. */
export function valueError(bytes: Buffer, at: number, reason: string): ProtoJsonError {
  return new ProtoJsonError(`${position(bytes, at)}: ${reason}`);
}

/** `(line 1:10)`: both count from 1, columns are characters, not bytes. Source: measured. */
function position(bytes: Buffer, at: number): string {
  let line = 1;
  let lineStart = 0;
  for (let index = bytes.indexOf(0x0a); index !== -1 && index < at; index = bytes.indexOf(0x0a, index + 1)) {
    line += 1;
    lineStart = index + 1;
  }
  let column = 1;
  for (let index = lineStart; index < at; index += 1) {
    const isContinuation = ((bytes[index] ?? 0) & 0xc0) === 0x80;
    if (!isContinuation) column += 1;
  }
  return `(line ${line}:${column})`;
}
