import { type Code, codeToHttpStatus } from './code.ts';
import type { HeaderValues } from './procedure.ts';

/** One detail of an error: a protobuf message by name. */
export interface ErrorDetail {
  /** Full proto name: `buf.validate.Violations`. */
  readonly type: string;
  /** The encoded message. */
  readonly value: Uint8Array;
  /** The message in JSON form, for people; Connect answers only. */
  readonly debug?: unknown;
}

/** What a {@link ConnectError} may carry besides code and message. */
export interface ConnectErrorOptions {
  /** Details, in order. Default: none. */
  readonly details?: readonly ErrorDetail[];
  /** Headers of the answer (Connect) or trailers (gRPC, gRPC-Web). Default: none. */
  readonly headers?: HeaderValues;
  /** Trailers: `trailer-` headers in Connect. Default: none. */
  readonly trailers?: HeaderValues;
  /** The HTTP status of a Connect answer, where it must differ from the code's. Default: the code's. */
  readonly httpStatus?: number;
  /** What caused the error. Never goes on the wire. */
  readonly cause?: unknown;
}

/** An error for the caller on the wire, in any protocol. `message` is sent as it is. */
export class ConnectError extends Error {
  /** One of the sixteen codes. */
  readonly code: Code;
  /** Details, in order. */
  readonly details: readonly ErrorDetail[];
  /** Headers of the answer (Connect) or trailers (gRPC, gRPC-Web). */
  readonly headers: HeaderValues;
  /** Trailers, in Connect as `trailer-` headers. */
  readonly trailers: HeaderValues;
  /** HTTP status of a Connect answer. */
  readonly httpStatus: number;

  constructor(code: Code, message: string, options: ConnectErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'ConnectError';
    this.code = code;
    this.details = options.details ?? [];
    this.headers = options.headers ?? {};
    this.trailers = options.trailers ?? {};
    this.httpStatus = options.httpStatus ?? codeToHttpStatus(code);
  }
}

/** The body of a Connect error, empty members left out. */
export interface ConnectErrorJson {
  /** One of the sixteen codes. */
  readonly code: Code;
  /** Absent when empty. */
  readonly message?: string;
  /** Absent when there are none. `value` is base64 without padding. */
  readonly details?: readonly { readonly type: string; readonly value: string; readonly debug?: unknown }[];
}

/** The JSON body of an error. Source: measured (connect-go v1.20.0). */
export function errorToJson(error: ConnectError): ConnectErrorJson {
  return {
    code: error.code,
    ...(error.message === '' ? {} : { message: error.message }),
    ...(error.details.length === 0 ? {} : { details: error.details.map(detailToJson) }),
  };
}

function detailToJson(detail: ErrorDetail): { type: string; value: string; debug?: unknown } {
  return {
    type: detail.type,
    value: base64Unpadded(detail.value),
    ...(detail.debug === undefined ? {} : { debug: detail.debug }),
  };
}

/** Standard base64 without `=`. */
export function base64Unpadded(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64').replace(/=+$/, '');
}
