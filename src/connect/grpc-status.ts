import { codeToGrpcStatus } from './code.ts';
import { base64Unpadded, type ConnectError } from './connect-error.ts';
import type { HeaderValues } from './procedure.ts';
import { ProtoWriter } from './proto-writer.ts';

/** Where the types of error details live. Source: measured. */
const TYPE_URL_PREFIX = 'type.googleapis.com/';

/** Longer messages are cut in the trailer: header blocks have a size limit in every client. */
const MAX_MESSAGE_BYTES = 8 * 1024;

/** Trailers of a call that succeeded, the implementation's own first. */
export function successTrailers(trailers: HeaderValues = {}): HeaderValues {
  return { ...trailers, 'grpc-status': '0' };
}

/**
 * Trailers of an error: its headers, `grpc-status`, `grpc-message` percent-encoded, and with details
 * `grpc-status-details-bin`, a google.rpc.Status in base64 without padding. Source: measured.
 */
export function errorTrailers(error: ConnectError): HeaderValues {
  const trailers: Record<string, string | readonly string[]> = {
    ...error.headers,
    ...error.trailers,
    'grpc-status': String(codeToGrpcStatus(error.code)),
    'grpc-message': percentEncode(error.message),
  };
  if (error.details.length > 0) trailers['grpc-status-details-bin'] = base64Unpadded(encodeStatus(error));
  return trailers;
}

/** The trailers as gRPC-Web sends them in its last frame: lines of `name: value`, sorted by name. Source: measured. */
export function trailersToBlock(trailers: HeaderValues): Buffer {
  const lines: string[] = [];
  for (const [name, value] of Object.entries(trailers)) {
    for (const single of [value].flat()) lines.push(`${name.toLowerCase()}: ${single}\r\n`);
  }
  return Buffer.from(lines.toSorted(byName).join(''));
}

/** By name only: several values of one name keep their order. */
function byName(a: string, b: string): number {
  const [nameA = ''] = a.split(':', 1);
  const [nameB = ''] = b.split(':', 1);
  if (nameA === nameB) return 0;
  return nameA < nameB ? -1 : 1;
}

/** The text with everything but printable ASCII, and `%`, as `%XX` of its UTF-8 bytes. Source: documented (gRPC). */
export function percentEncode(message: string): string {
  if (/^[ -$&-~]*$/.test(message) && message.length <= MAX_MESSAGE_BYTES) return message;
  let encoded = '';
  for (const byte of Buffer.from(message).subarray(0, MAX_MESSAGE_BYTES)) {
    const isPlain = byte >= 0x20 && byte <= 0x7e && byte !== 0x25;
    encoded += isPlain ? String.fromCharCode(byte) : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

/** google.rpc.Status: code = 1, message = 2, details = 3 (google.protobuf.Any: type_url = 1, value = 2). */
function encodeStatus(error: ConnectError): Uint8Array {
  const status = new ProtoWriter();
  status.varintField(1, codeToGrpcStatus(error.code));
  if (error.message !== '') status.bytesField(2, Buffer.from(error.message));
  const any = new ProtoWriter();
  for (const detail of error.details) {
    any.bytesField(1, Buffer.from(TYPE_URL_PREFIX + detail.type));
    if (detail.value.byteLength > 0) any.bytesField(2, detail.value);
    status.bytesField(3, any.finish());
  }
  return status.finish();
}
