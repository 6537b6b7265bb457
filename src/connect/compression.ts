import { promisify } from 'node:util';
import { constants, createGunzip, gunzipSync, gzip, gzipSync, type ZlibOptions } from 'node:zlib';
import { ConnectError } from './connect-error.ts';
import { goQuote } from './go-quote.ts';

/** The one compression both directions know. Source: measured. */
export const SUPPORTED_ENCODING = 'gzip';

/** Bodies up to this many bytes are compressed at once, larger ones off the main thread. */
const SYNCHRONOUS_BYTES = 64 * 1024;

const GZIP_HEADER_BYTES = 10;

/** A message beyond its limit is still measured up to this multiple of the limit, then given up. */
const MEASURED_MULTIPLE = 8;

/** Which of the two bodies of a call are compressed. */
export interface NegotiatedCompression {
  /** The request body is gzip. */
  readonly isRequestCompressed: boolean;
  /** The response body shall be gzip. */
  readonly isResponseCompressed: boolean;
}

/**
 * What both sides agree on. A compressed request gets a compressed response whatever it accepts; weights
 * (`gzip;q=1.0`) are not understood and not honoured. Throws `unimplemented` for another request encoding.
 * Source: measured (connect-go v1.20.0).
 */
export function negotiateCompression(
  sent: string | undefined,
  accepted: string | undefined,
): NegotiatedCompression {
  if (sent !== undefined && sent !== '' && sent !== 'identity') {
    if (sent === SUPPORTED_ENCODING) return { isRequestCompressed: true, isResponseCompressed: true };
    const reason = `unknown compression ${goQuote(sent)}: supported encodings are ${SUPPORTED_ENCODING}`;
    throw new ConnectError('unimplemented', reason);
  }
  const isResponseCompressed = accepted?.split(/[, ]/).includes(SUPPORTED_ENCODING) === true;
  return { isRequestCompressed: false, isResponseCompressed };
}

const gzipInBackground = promisify(gzip);

/** Compresses fast rather than small (level 1). */
export async function compress(bytes: Uint8Array): Promise<Uint8Array> {
  const options = { level: constants.Z_BEST_SPEED };
  return bytes.byteLength <= SYNCHRONOUS_BYTES ? gzipSync(bytes, options) : gzipInBackground(bytes, options);
}

/**
 * Decompresses one message of at most `maxBytes`. Throws `invalid_argument` for data that is not gzip and
 * `resource_exhausted` for more, without ever holding more. Source: measured.
 */
export async function decompress(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  if (bytes.byteLength < GZIP_HEADER_BYTES) throw corrupt('get decompressor', 'unexpected EOF');
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) {
    throw corrupt('get decompressor', 'gzip: invalid header');
  }
  if (bytes.byteLength > SYNCHRONOUS_BYTES) return gunzipInParts(bytes, maxBytes);
  try {
    const { buffer, engine } = gunzipWithInfo(bytes, maxBytes);
    assertNoTail(bytes, engine.bytesWritten);
    return buffer;
  } catch (error) {
    if (error instanceof ConnectError) throw error;
    if (errorCode(error) === 'ERR_BUFFER_TOO_LARGE') return gunzipInParts(bytes, maxBytes);
    throw corruptFrom(error);
  }
}

interface GunzipInfo {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

function gunzipWithInfo(bytes: Uint8Array, maxBytes: number): GunzipInfo {
  const options: ZlibOptions = { maxOutputLength: maxBytes, info: true };
  // With `info` the result is not the Buffer the types promise.
  return gunzipSync(bytes, options) as unknown as GunzipInfo;
}

/** Zeros after the last member pass zlib, but not Go. */
function assertNoTail(bytes: Uint8Array, consumed: number): void {
  const tail = bytes.byteLength - consumed;
  if (tail === 0) return;
  throw corrupt('decompress', tail < GZIP_HEADER_BYTES ? 'unexpected EOF' : 'gzip: invalid header');
}

/** Holds at most `maxBytes`, and goes on counting to be able to say how large the message is. */
async function gunzipInParts(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const gunzip = createGunzip();
  gunzip.end(bytes);
  try {
    for await (const part of gunzip) {
      size += part.length;
      if (size <= maxBytes) parts.push(part);
      if (size > maxBytes * MEASURED_MULTIPLE) break;
    }
  } catch (error) {
    if (size <= maxBytes) throw corruptFrom(error);
    throw tooLargeToMeasure(maxBytes, error);
  } finally {
    gunzip.destroy();
  }
  if (size > maxBytes * MEASURED_MULTIPLE) throw tooLargeToMeasure(maxBytes);
  if (size > maxBytes) throw tooLarge(size, maxBytes);
  assertNoTail(bytes, gunzip.bytesWritten);
  return Buffer.concat(parts);
}

/** The error of a message above its limit. Source: measured (connect-go's WithReadMaxBytes). */
export function tooLarge(size: number, maxBytes: number): ConnectError {
  return new ConnectError(
    'resource_exhausted',
    `message size ${size} is larger than configured max ${maxBytes}`,
  );
}

/** The error of a message so far above its limit that it is not read to its end. */
export function tooLargeToMeasure(maxBytes: number, cause?: unknown): ConnectError {
  const message = `message is larger than configured max ${maxBytes} - unable to determine message size`;
  return new ConnectError('resource_exhausted', message, { cause });
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function corrupt(step: string, reason: string, cause?: unknown): ConnectError {
  return new ConnectError('invalid_argument', `${step}: ${reason}`, { cause });
}

function corruptFrom(error: unknown): ConnectError {
  const message = error instanceof Error ? error.message : '';
  if (errorCode(error) === 'Z_BUF_ERROR') return corrupt('decompress', 'unexpected EOF', error);
  if (/data check|length check/.test(message)) return corrupt('decompress', 'gzip: invalid checksum', error);
  if (/header/.test(message)) return corrupt('decompress', 'gzip: invalid header', error);
  return corrupt('decompress', 'flate: corrupt input', error);
}
