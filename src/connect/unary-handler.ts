import { CallLifetime } from './call-lifetime.ts';
import type { NegotiatedCompression } from './compression.ts';
import { ConnectError } from './connect-error.ts';
import { connectProtocol } from './connect-protocol.ts';
import { grpcProtocol, grpcWebProtocol } from './grpc-protocol.ts';
import { messageFromJson } from './json-message.ts';
import { ACCEPT_POST, MEDIA_TYPES, type MediaType, parseMediaType } from './media-type.ts';
import type {
  MessageForm,
  MessageJson,
  Procedure,
  UnaryCall,
  UnaryImplementation,
  WireProtocol,
} from './procedure.ts';
import { messageFromBinary } from './proto-message.ts';
import { parseQuery } from './query-parameters.ts';
import { discardRest, hasBody, RequestAborted } from './read-body.ts';
import type { Protocol, WireCall } from './wire-call.ts';
import { isGone, type WireRequest, type WireResponse } from './wire-message.ts';

/** What {@link createUnaryHandler} needs and may be told. */
export interface UnaryHandlerOptions {
  /** The procedure served. The path is not looked at: routing is the caller's. */
  readonly procedure: Procedure;
  /** Answers the decoded call; authentication and validation are its business. */
  readonly implementation: UnaryImplementation;
  /** Bound of one request message in bytes, compressed and decompressed. Default 4 194 304 (4 MiB). */
  readonly maxMessageBytes?: number;
  /**
   * Told about everything thrown that is not a ConnectError; the caller only sees `internal: internal error`.
   * `call` is undefined when it happened before decoding. Default: nobody is told.
   */
  readonly onInternalError?: (error: unknown, call: UnaryCall | undefined) => void;
  /** Decodes request messages; throws Error for bad ones. Default: strictly, by the shape of `procedure.input`. */
  readonly decode?: (bytes: Uint8Array, form: MessageForm) => MessageJson;
}

/** Serves one request of node:http or node:http2. Never rejects. */
export type UnaryHandler = (request: WireRequest, response: WireResponse) => Promise<void>;

const DEFAULT_MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

const PROTOCOLS: Readonly<Record<WireProtocol, Protocol>> = {
  connect: connectProtocol,
  grpc: grpcProtocol,
  'grpc-web': grpcWebProtocol,
};

/**
 * One unary procedure over Connect (POST and GET), gRPC and gRPC-Web, JSON and binary, on HTTP/1.1 and HTTP/2. Checks
 * come in the order of connect-go: method, media type, GET with a body, compression, protocol version, timeout,
 * decoding, deadline, then the implementation. Source: measured (connect-go v1.20.0).
 */
export function createUnaryHandler(options: UnaryHandlerOptions): UnaryHandler {
  const { maxMessageBytes = DEFAULT_MAX_MESSAGE_BYTES } = options;
  const decode: WireCall['decode'] = (bytes, form) => decodeMessage(options, bytes, form);
  return async (request, response) => {
    const admitted = admit(options.procedure, request, response);
    if (admitted === undefined) return;
    const { mediaType, query } = admitted;
    if (query === undefined || !(await hasBody(request))) {
      await serve(options, { request, response, mediaType, query, decode, maxMessageBytes });
    } else {
      writeEmpty(response, 415, {});
    }
  };
}

/** Checks method and media type; answers what fails. */
function admit(
  procedure: Procedure,
  request: WireRequest,
  response: WireResponse,
): Pick<WireCall, 'mediaType' | 'query'> | undefined {
  const { method } = request;
  if (method !== 'POST' && !(method === 'GET' && procedure.allowsGet)) {
    return writeEmpty(response, 405, { Allow: procedure.allowsGet ? 'GET, POST' : 'POST' });
  }
  const query = method === 'GET' ? parseQuery(request.url ?? '') : undefined;
  const mediaType = query === undefined ? postedMediaType(request) : queriedMediaType(query);
  if (mediaType === undefined) return writeEmpty(response, 415, { 'Accept-Post': ACCEPT_POST });
  return { mediaType, query };
}

function postedMediaType(request: WireRequest): MediaType | undefined {
  return parseMediaType(request.headers['content-type']);
}

function queriedMediaType(query: ReadonlyMap<string, Buffer>): MediaType | undefined {
  const mediaType = MEDIA_TYPES.get(`application/${query.get('encoding')?.toString() ?? ''}`);
  return mediaType?.protocol === 'connect' ? mediaType : undefined;
}

function writeEmpty(
  response: WireResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
): undefined {
  response.writeHead(status, { ...headers, 'Content-Length': 0 });
  response.end();
  return undefined;
}

/** The parts of a call that exist so far, for the answer to an error. */
interface Progress {
  compression?: NegotiatedCompression;
  lifetime?: CallLifetime;
  call?: UnaryCall;
}

async function serve(options: UnaryHandlerOptions, wire: WireCall): Promise<void> {
  const protocol = PROTOCOLS[wire.mediaType.protocol];
  const progress: Progress = {};
  try {
    const compression = protocol.negotiate(wire);
    progress.compression = compression;
    const lifetime = new CallLifetime(wire.response, protocol.parseTimeout(wire));
    progress.lifetime = lifetime;
    const message = await lifetime.race(protocol.readMessage(wire, compression));
    lifetime.assertAlive();
    const call = new DecodedCall(options.procedure, wire, { message, lifetime });
    progress.call = call;
    const pending = options.implementation(call);
    const answer = pending instanceof Promise ? await lifetime.race(pending) : pending;
    lifetime.endDeadline();
    lifetime.assertConnected();
    await protocol.sendAnswer(wire, compression, answer);
  } catch (error) {
    await answerError(options, wire, { error, progress });
  } finally {
    progress.lifetime?.end();
  }
}

function decodeMessage(
  { procedure, decode }: UnaryHandlerOptions,
  bytes: Uint8Array,
  form: MessageForm,
): MessageJson {
  try {
    if (decode !== undefined) return decode(bytes, form);
    return form === 'json'
      ? messageFromJson(procedure.input, bytes)
      : messageFromBinary(procedure.input, bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ConnectError('invalid_argument', `unmarshal message: ${reason}`, { cause: error });
  }
}

/** Signal and timeout come from the lifetime when asked for. */
class DecodedCall implements UnaryCall {
  readonly procedure: Procedure;
  readonly headers: UnaryCall['headers'];
  readonly url: string;
  readonly message: MessageJson;
  readonly form: MessageForm;
  readonly protocol: WireProtocol;
  readonly httpMethod: 'GET' | 'POST';
  readonly #lifetime: CallLifetime;

  constructor(
    procedure: Procedure,
    wire: WireCall,
    decoded: { message: MessageJson; lifetime: CallLifetime },
  ) {
    this.procedure = procedure;
    this.headers = wire.request.headers;
    this.url = wire.request.url ?? '';
    this.message = decoded.message;
    this.form = wire.mediaType.form;
    this.protocol = wire.mediaType.protocol;
    this.httpMethod = wire.query === undefined ? 'POST' : 'GET';
    this.#lifetime = decoded.lifetime;
  }

  get timeoutMs(): number | undefined {
    return this.#lifetime.timeoutMs;
  }

  get signal(): AbortSignal {
    return this.#lifetime.signal;
  }
}

async function answerError(
  options: UnaryHandlerOptions,
  wire: WireCall,
  { error, progress }: { readonly error: unknown; readonly progress: Progress },
): Promise<void> {
  if (error instanceof RequestAborted) return;
  if (!(error instanceof ConnectError)) options.onInternalError?.(error, progress.call);
  // Too late for an error: a cut answer is the only honest sign.
  if (wire.response.headersSent || isGone(wire.response)) {
    wire.response.destroy();
    return;
  }
  const visible =
    error instanceof ConnectError ? error : new ConnectError('internal', 'internal error', { cause: error });
  try {
    await PROTOCOLS[wire.mediaType.protocol].sendError(wire, progress.compression, visible);
    discardRest(wire.request);
  } catch (sendingError) {
    options.onInternalError?.(sendingError, progress.call);
    wire.response.destroy();
  }
}
