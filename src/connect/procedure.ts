import type { IncomingHttpHeaders } from 'node:http';
import type { MessageShape } from './message-shape.ts';

/** One unary RPC of a proto service, as the wire needs to know it. */
export interface Procedure {
  /** `/core.v1.SessionsService/ListSessionsV2` */
  readonly path: string;
  /** True when the method is declared NO_SIDE_EFFECTS: Connect GET is legal. */
  readonly allowsGet: boolean;
  /** The request message. */
  readonly input: MessageShape;
  /** The response message. */
  readonly output: MessageShape;
}

/** A message in the JSON form of proto3: canonical lowerCamelCase names, unset fields absent. */
export type MessageJson = Readonly<Record<string, unknown>>;

/** The two encodings of a message. */
export type MessageForm = 'json' | 'proto';

/** The three protocols one handler serves. */
export type WireProtocol = 'connect' | 'grpc' | 'grpc-web';

/** What one call carries once the wire is taken off. */
export interface UnaryCall {
  /** The procedure that was called. */
  readonly procedure: Procedure;
  /** Request headers (gRPC: metadata), names in lower case; HTTP/2 pseudo headers included. */
  readonly headers: IncomingHttpHeaders;
  /** Path and query of the request as sent. */
  readonly url: string;
  /**
   * The decoded request message, whatever encoding it came in. Fields hold canonical values: an unset or zero
   * field is absent, int64 and bytes are strings.
   */
  readonly message: MessageJson;
  /** The encoding the answer's body must have. */
  readonly form: MessageForm;
  /** The protocol the caller speaks. */
  readonly protocol: WireProtocol;
  /** `POST`, or `GET` for a Connect GET. */
  readonly httpMethod: 'GET' | 'POST';
  /** The caller's timeout in milliseconds, undefined when it set none. */
  readonly timeoutMs: number | undefined;
  /** Aborts when the client goes away or its deadline passes. Created when first read. */
  readonly signal: AbortSignal;
}

/** Response headers or trailers: one value, or several under one name. */
export type HeaderValues = Readonly<Record<string, string | readonly string[]>>;

/**
 * A body too large to hold: its parts are asked for one at a time, and a part's memory may be used again as soon
 * as the next part is asked for. Other callers are served between two parts.
 */
export interface BodyStream {
  /** Sum of all parts in bytes: becomes `content-length`. Absent: Connect answers are chunked, gRPC collects first. */
  readonly byteLength?: number;
  /** The parts in order. Called once. */
  readonly parts: () => Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** What an implementation gives back; the wire adds envelope, compression, headers and trailers. */
export interface UnaryAnswer {
  /** The encoded response message in `call.form`: whole, in order of parts, or streamed. */
  readonly body: Uint8Array | readonly Uint8Array[] | BodyStream;
  /** Extra response headers. */
  readonly headers?: HeaderValues;
  /** Trailers: `trailer-` headers in Connect, HTTP trailers in gRPC, the last frame in gRPC-Web. */
  readonly trailers?: HeaderValues;
}

/** Answers one call, or throws a ConnectError; anything else thrown becomes `internal` with a fixed text. */
export type UnaryImplementation = (call: UnaryCall) => UnaryAnswer | Promise<UnaryAnswer>;
