import { isUtf8 } from 'node:buffer';
import { messageFromJson } from '../connect/json-message.ts';
import type { Procedure } from '../connect/procedure.ts';
import { messageFromBinary } from '../connect/proto-message.ts';
import { parseConnectTimeout } from '../connect/timeout.ts';
import type { UnaryHandler, UnaryHandlerOptions } from '../connect/unary-handler.ts';
import type { WireRequest, WireResponse } from '../connect/wire-message.ts';
import type { ProfileFacts } from '../files/profile-facts.ts';

/** What a request gets that the recorded server answers otherwise: it passes, or is refused like this. */
type Reaction = 'accepted' | { readonly status: number; readonly code: string | undefined };

/** How a server's Connect wire differs from the recorded one; absent members do not differ. */
export interface WireTraits {
  readonly hasGet: boolean;
  readonly hasBinary: boolean;
  /** Reads compressed requests. */
  readonly readsGzip: boolean;
  /** Compresses answers when asked to. */
  readonly writesGzip: boolean;
  readonly unknownEncoding?: Reaction | undefined;
  readonly protocolVersion2?: Reaction | undefined;
  readonly timeoutMalformed?: Reaction | undefined;
  /** Mistakes of JSON bodies that are overlooked. */
  readonly overlooks: readonly JsonMistake[];
}

/** A mistake that lenient readers of JSON overlook. */
export type JsonMistake = 'byteOrderMark' | 'invalidUtf8' | 'duplicateKey';

const JSON_MISTAKES: readonly JsonMistake[] = ['byteOrderMark', 'invalidUtf8', 'duplicateKey'];

/** The wire a profile describes. */
export function wireTraitsOf(facts: ProfileFacts): WireTraits {
  return {
    hasGet: facts.connectGet !== 'refused',
    hasBinary: facts.binary !== 'refused',
    readsGzip: facts.gzipRequest !== 'refused',
    writesGzip: facts.gzipResponse !== 'not applied',
    unknownEncoding: parseReaction(facts.unknownEncoding),
    protocolVersion2: parseReaction(facts.protocolVersion2),
    timeoutMalformed: parseReaction(facts.timeoutMalformed),
    overlooks: JSON_MISTAKES.filter((mistake) => facts[mistake] === 'accepted'),
  };
}

function parseReaction(text: string | undefined): Reaction | undefined {
  if (text === undefined || text === 'accepted') return text;
  const [, status, code] = /^(\d{3}) (?:without a code|(\w+))$/.exec(text) ?? [];
  return status === undefined ? undefined : { status: Number(status), code };
}

/** Makes a handler of a procedure that reads messages in its own way. */
type HandlerOf = (procedure: Procedure, decode?: UnaryHandlerOptions['decode']) => UnaryHandler;

/** The handler of a procedure on a server with these traits. */
export function withWireTraits(traits: WireTraits, procedure: Procedure, handlerOf: HandlerOf): UnaryHandler {
  const { overlooks } = traits;
  const served = traits.hasGet ? procedure : { ...procedure, allowsGet: false };
  const handler =
    overlooks.length === 0 ? handlerOf(served) : handlerOf(served, createDecode(served, overlooks));
  return async (request, response) => {
    for (const { applies, reaction, header } of oddities(traits, request)) {
      if (!applies) continue;
      if (reaction !== 'accepted') return refuse(request, response, reaction);
      delete request.headers[header];
    }
    if (!traits.writesGzip) delete request.headers['accept-encoding'];
    return handler(request, response);
  };
}

interface Oddity {
  readonly applies: boolean;
  readonly reaction: Reaction;
  /** The header without which the request is ordinary. */
  readonly header: string;
}

const UNSUPPORTED_MEDIA_TYPE: Reaction = { status: 415, code: undefined };
const UNSUPPORTED_ENCODING: Reaction = { status: 501, code: 'unimplemented' };

function oddities(traits: WireTraits, { headers }: WireRequest): readonly Oddity[] {
  const encoding = textOf(headers['content-encoding']);
  const version = textOf(headers['connect-protocol-version']);
  const isBinary = /^application\/proto\b/i.test(headers['content-type'] ?? '');
  const odd = (applies: boolean, reaction: Reaction | undefined, header: string): Oddity[] =>
    reaction === undefined ? [] : [{ applies, reaction, header }];
  return [
    ...odd(isBinary && !traits.hasBinary, UNSUPPORTED_MEDIA_TYPE, 'content-type'),
    ...odd(encoding === 'gzip' && !traits.readsGzip, UNSUPPORTED_ENCODING, 'content-encoding'),
    ...odd(!['', 'identity', 'gzip'].includes(encoding), traits.unknownEncoding, 'content-encoding'),
    ...odd(!['', '1'].includes(version), traits.protocolVersion2, 'connect-protocol-version'),
    ...odd(isMalformedTimeout(headers['connect-timeout-ms']), traits.timeoutMalformed, 'connect-timeout-ms'),
  ];
}

function textOf(header: string | readonly string[] | undefined): string {
  return typeof header === 'string' ? header : (header?.[0] ?? '');
}

function isMalformedTimeout(header: string | readonly string[] | undefined): boolean {
  try {
    parseConnectTimeout(textOf(header));
    return false;
  } catch {
    // That it throws is the answer.
    return true;
  }
}

function refuse(
  request: WireRequest,
  response: WireResponse,
  { status, code }: Exclude<Reaction, 'accepted'>,
): void {
  request.resume();
  const body = code === undefined ? '' : JSON.stringify({ code });
  response.writeHead(status, {
    ...(code === undefined ? {} : { 'Content-Type': 'application/json' }),
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}

function createDecode(
  { input }: Procedure,
  mistakes: readonly JsonMistake[],
): NonNullable<UnaryHandlerOptions['decode']> {
  return (bytes, form) => {
    if (form === 'proto') return messageFromBinary(input, bytes);
    return messageFromJson(input, overlookMistakes(bytes, mistakes));
  };
}

/** A JSON body as a reader that overlooks these mistakes takes it. */
function overlookMistakes(bytes: Uint8Array, mistakes: readonly JsonMistake[]): Uint8Array {
  let body: Buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (mistakes.includes('byteOrderMark') && body.subarray(0, 3).equals(BYTE_ORDER_MARK))
    body = body.subarray(3);
  // Decoding puts U+FFFD where bytes are no UTF-8.
  if (mistakes.includes('invalidUtf8')) body = Buffer.from(body.toString('utf8'));
  if (mistakes.includes('duplicateKey') && isUtf8(body)) body = withLastKeys(body);
  return body;
}

/** Keeps the last of equal keys; what is no JSON stays for the strict reader to refuse. */
function withLastKeys(body: Buffer): Buffer {
  try {
    return Buffer.from(JSON.stringify(JSON.parse(body.toString('utf8'))));
  } catch {
    return body;
  }
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
