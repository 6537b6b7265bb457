import type { IncomingHttpHeaders } from 'node:http';
import type { MessageShape } from './message-shape.ts';

/** One unary RPC of a proto service, as the wire needs to know it. */
export interface Procedure {
  /** `/core.v1.SessionsService/ListSessionsV2` */
  readonly path: string;
  /** True when the method is declared NO_SIDE_EFFECTS: Connect GET is legal. */
  readonly allowsGet: boolean;
  readonly input: MessageShape;
  readonly output: MessageShape;
}

/** A message in the JSON form of proto3: canonical lowerCamelCase names, unset fields absent. */
export type MessageJson = Readonly<Record<string, unknown>>;

/** What one call carries once the wire is taken off. */
export interface UnaryCall {
  readonly procedure: Procedure;
  /** Request headers (gRPC: metadata), names in lower case. */
  readonly headers: IncomingHttpHeaders;
  /** The decoded request message, whatever encoding it came in. */
  readonly message: MessageJson;
  /** The encoding the answer's body must have. */
  readonly form: 'json' | 'proto';
  /** Aborts when the client goes away or its deadline passes. */
  readonly signal: AbortSignal;
}

/** What an implementation gives back; the wire adds envelope, compression, headers and trailers. */
export interface UnaryAnswer {
  /** The encoded response message in `call.form`, whole or in order of parts. */
  readonly body: Uint8Array | readonly Uint8Array[];
  /** Extra response headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers one call, or throws a ConnectError; anything else thrown becomes `internal` with a fixed text. */
export type UnaryImplementation = (call: UnaryCall) => UnaryAnswer | Promise<UnaryAnswer>;
