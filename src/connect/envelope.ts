import { decompress, tooLarge } from './compression.ts';
import { ConnectError } from './connect-error.ts';
import { goQuote } from './go-quote.ts';
import type { MessageJson } from './procedure.ts';

/** Flag of a frame whose message is compressed. */
export const COMPRESSED_FLAG = 1;
/** Flag of the gRPC-Web frame that holds the trailers. */
export const TRAILERS_FLAG = 0x80;

const PREFIX_BYTES = 5;

/** The five bytes in front of a frame's message: flags and length. */
export function framePrefix(flags: number, byteLength: number): Buffer {
  const prefix = Buffer.allocUnsafe(PREFIX_BYTES);
  prefix[0] = flags;
  prefix.writeUInt32BE(byteLength, 1);
  return prefix;
}

interface Frame {
  readonly flags: number;
  readonly data: Buffer;
  readonly end: number;
}

/** How the frames of a request are to be read. */
export interface EnvelopeOptions {
  /** gRPC-Web allows a frame of trailers after the message. */
  readonly isWeb: boolean;
  /** The call announced gzip. */
  readonly isRequestCompressed: boolean;
  /** Decodes a message; throws ConnectError. */
  readonly decode: (bytes: Uint8Array) => MessageJson;
  /** Bound of one message, compressed and decompressed, in bytes. */
  readonly maxBytes: number;
}

/**
 * The one message of a unary gRPC or gRPC-Web request, decompressed and decoded. Throws ConnectError as connect-go
 * does for no message, a second one, truncated frames, false lengths, unknown flags and messages above the limit.
 * Source: measured.
 */
export async function readUnaryEnvelope(body: Buffer, options: EnvelopeOptions): Promise<MessageJson> {
  const { decode } = options;
  const first = await readMessage(body, 0, options);
  if (first === undefined) throw new ConnectError('unimplemented', 'unary request has zero messages');
  const message = decode(first.data);
  const second = await readMessage(body, first.end, options);
  if (second === undefined) return message;
  decode(second.data);
  throw new ConnectError('unimplemented', 'unary request has multiple messages');
}

/** The message of the frame at `at`, undefined when the stream ends there. */
async function readMessage(
  body: Buffer,
  at: number,
  options: EnvelopeOptions,
): Promise<{ readonly data: Uint8Array; readonly end: number } | undefined> {
  const frame = readFrame(body, at, options.maxBytes);
  if (frame === undefined) return undefined;
  const isCompressed = (frame.flags & COMPRESSED_FLAG) !== 0;
  if (isCompressed && !options.isRequestCompressed) {
    throw new ConnectError('internal', 'protocol error: sent compressed message without compression support');
  }
  const { end, flags } = frame;
  const isMessage = (flags & ~COMPRESSED_FLAG) === 0;
  const data =
    isCompressed && frame.data.length > 0 ? await decompress(frame.data, options.maxBytes) : frame.data;
  if (isMessage) return { data, end };
  checkLastFrame(body, frame, options);
  checkTrailers(Buffer.from(data));
  return undefined;
}

function checkLastFrame(body: Buffer, frame: Frame, options: EnvelopeOptions): void {
  const extraBytes = body.length - frame.end;
  if (extraBytes > 0) {
    throw new ConnectError('internal', `corrupt response: ${extraBytes} extra bytes after end of stream`);
  }
  if (!options.isWeb || (frame.flags & TRAILERS_FLAG) === 0) {
    throw new ConnectError('internal', `protocol error: invalid envelope flags ${frame.flags}`);
  }
}

/** Trailers are lines of `name: value`. */
function checkTrailers(block: Buffer): void {
  const bad = block
    .toString()
    .split(/\r?\n/)
    .find((line) => line !== '' && !line.includes(':'));
  if (bad === undefined) return;
  const reason = `malformed MIME header: missing colon: ${goQuote(bad)}`;
  throw new ConnectError('internal', `gRPC-Web protocol error: trailers invalid: ${reason}`);
}

function readFrame(body: Buffer, at: number, maxBytes: number): Frame | undefined {
  const available = body.length - at;
  if (available === 0) return undefined;
  if (available < PREFIX_BYTES) {
    throw new ConnectError('invalid_argument', 'protocol error: incomplete envelope: unexpected EOF');
  }
  const size = body.readUInt32BE(at + 1);
  if (size > maxBytes) throw tooLarge(size, maxBytes);
  const start = at + PREFIX_BYTES;
  const end = start + size;
  if (end > body.length) {
    const reason = `protocol error: promised ${size} bytes in enveloped message, got ${body.length - start} bytes`;
    throw new ConnectError('invalid_argument', reason);
  }
  return { flags: body[at] ?? 0, data: body.subarray(start, end), end };
}
