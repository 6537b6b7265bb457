import type { NegotiatedCompression } from './compression.ts';
import type { ConnectError } from './connect-error.ts';
import type { MediaType } from './media-type.ts';
import type { HeaderValues, MessageForm, MessageJson, UnaryAnswer } from './procedure.ts';
import type { WireRequest, WireResponse } from './wire-message.ts';

/** One HTTP exchange on its way through a protocol. */
export interface WireCall {
  /** The request. */
  readonly request: WireRequest;
  /** The response. */
  readonly response: WireResponse;
  /** What the caller speaks. */
  readonly mediaType: MediaType;
  /** Parameters of a Connect GET, undefined for POST. */
  readonly query: ReadonlyMap<string, Buffer> | undefined;
  /** Decodes a request message; throws ConnectError. */
  readonly decode: (bytes: Uint8Array, form: MessageForm) => MessageJson;
  /** Bound of one message in bytes, compressed and decompressed. */
  readonly maxMessageBytes: number;
}

/** What differs between Connect, gRPC and gRPC-Web. Steps are called in this order; each may throw ConnectError. */
export interface Protocol {
  /** Checks compression, protocol version and, for GET, that there is a message. */
  readonly negotiate: (call: WireCall) => NegotiatedCompression;
  /** The caller's timeout in milliseconds. */
  readonly parseTimeout: (call: WireCall) => number | undefined;
  /** The request message, free of envelope, compression and encoding. */
  readonly readMessage: (call: WireCall, compression: NegotiatedCompression) => Promise<MessageJson>;
  /** Sends a good answer. */
  readonly sendAnswer: (
    call: WireCall,
    compression: NegotiatedCompression,
    answer: UnaryAnswer,
  ) => Promise<void>;
  /** Sends an error. `compression` is undefined when the error came before it was agreed on. */
  readonly sendError: (
    call: WireCall,
    compression: NegotiatedCompression | undefined,
    error: ConnectError,
  ) => Promise<void>;
}

/** Headers an implementation cannot set: they belong to the protocols. Source: measured (connect-go v1.20.0). */
const PROTOCOL_HEADERS: ReadonlySet<string> = new Set([
  'content-type',
  'content-length',
  'content-encoding',
  'host',
  'user-agent',
  'trailer',
  'date',
  'accept-encoding',
  'trailer-',
  'connect-content-encoding',
  'connect-accept-encoding',
  'connect-timeout-ms',
  'connect-protocol-version',
  'grpc-encoding',
  'grpc-accept-encoding',
  'grpc-timeout',
  'grpc-status',
  'grpc-message',
  'grpc-status-details-bin',
]);

/** The headers an implementation may set, each name behind `prefix`. */
export function customHeaders(
  headers: HeaderValues | undefined,
  prefix = '',
): Record<string, string | string[]> {
  const custom: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (PROTOCOL_HEADERS.has(name.toLowerCase())) continue;
    custom[prefix + name] = typeof value === 'string' ? value : [...value];
  }
  return custom;
}

/** A request header's first value; bytes beyond ASCII are read as UTF-8. */
export function headerText(header: string | readonly string[] | undefined): string | undefined {
  const value = typeof header === 'string' ? header : header?.[0];
  if (value === undefined || /^[ -~]*$/.test(value)) return value;
  return Buffer.from(value, 'latin1').toString();
}
