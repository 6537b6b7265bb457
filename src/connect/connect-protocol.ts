import { collectBody, isBodyStream, writeCompressedParts, writeParts } from './body-stream.ts';
import {
  compress,
  decompress,
  type NegotiatedCompression,
  negotiateCompression,
  tooLarge,
} from './compression.ts';
import { ConnectError, errorToJson } from './connect-error.ts';
import { goQuote } from './go-quote.ts';
import type { BodyStream, MessageJson, UnaryAnswer } from './procedure.ts';
import { decodeQueryBase64 } from './query-parameters.ts';
import { readBody } from './read-body.ts';
import { parseConnectTimeout } from './timeout.ts';
import { customHeaders, headerText, type Protocol, type WireCall } from './wire-call.ts';

type Head = Record<string, string | number | string[]>;

/** The Connect protocol, POST and GET, JSON and binary. Source: measured (connect-go v1.20.0). */
export const connectProtocol: Protocol = { negotiate, parseTimeout, readMessage, sendAnswer, sendError };

function negotiate({ request, query }: WireCall): NegotiatedCompression {
  const { headers } = request;
  const sent = query === undefined ? headers['content-encoding'] : query.get('compression')?.toString();
  const compression = negotiateCompression(sent, headerText(headers['accept-encoding']));
  if (query === undefined) {
    checkVersion('Connect-Protocol-Version', '1', headerText(headers['connect-protocol-version']));
    return compression;
  }
  checkVersion('connect', 'v1', query.get('connect')?.toString());
  if (!query.has('message')) throw new ConnectError('invalid_argument', 'missing message parameter');
  return compression;
}

function checkVersion(name: string, expected: string, version: string | undefined): void {
  if (version === undefined || version === '' || version === expected) return;
  const reason = `${name} must be ${goQuote(expected)}: got ${goQuote(version)}`;
  throw new ConnectError('invalid_argument', reason);
}

function parseTimeout({ request }: WireCall): number | undefined {
  return parseConnectTimeout(headerText(request.headers['connect-timeout-ms']));
}

async function readMessage(call: WireCall, compression: NegotiatedCompression): Promise<MessageJson> {
  const maxBytes = call.maxMessageBytes;
  const body =
    call.query === undefined
      ? await readBody(call.request, { maxBytes })
      : queryMessage(call.query, maxBytes);
  const isCompressed = compression.isRequestCompressed && body.length > 0;
  return call.decode(isCompressed ? await decompress(body, maxBytes) : body, call.mediaType.form);
}

function queryMessage(query: ReadonlyMap<string, Buffer>, maxBytes: number): Buffer {
  const raw = query.get('message') ?? Buffer.alloc(0);
  const message = query.get('base64')?.toString() === '1' ? decodeQueryBase64(raw) : raw;
  if (message.length > maxBytes) throw tooLarge(message.length, maxBytes);
  return message;
}

/** The headers every Connect answer has; what a GET answers varies with the compression asked for. */
function createHead(call: WireCall, contentType: string): Head {
  const head: Head = { 'Content-Type': contentType, 'Accept-Encoding': 'gzip' };
  if (call.query === undefined) return head;
  const known = call.response.getHeader('vary');
  return { ...head, Vary: known === undefined ? 'Accept-Encoding' : `${known}, Accept-Encoding` };
}

async function sendAnswer(
  call: WireCall,
  compression: NegotiatedCompression,
  answer: UnaryAnswer,
): Promise<void> {
  const { response } = call;
  const head = createHead(call, call.mediaType.name);
  if (answer.headers !== undefined) Object.assign(head, customHeaders(answer.headers));
  if (answer.trailers !== undefined) Object.assign(head, customHeaders(answer.trailers, 'trailer-'));
  if (isBodyStream(answer.body)) return sendStream(call, head, { compression, stream: answer.body });
  let body = answer.body instanceof Uint8Array ? answer.body : await collectBody(answer.body);
  if (compression.isResponseCompressed) {
    body = await compress(body);
    head['Content-Encoding'] = 'gzip';
  }
  head['Content-Length'] = body.byteLength;
  response.writeHead(200, head);
  response.end(body);
}

async function sendStream(
  { response }: WireCall,
  head: Head,
  { compression, stream }: { readonly compression: NegotiatedCompression; readonly stream: BodyStream },
): Promise<void> {
  if (compression.isResponseCompressed) {
    response.writeHead(200, { ...head, 'Content-Encoding': 'gzip' });
    return writeCompressedParts(response, stream);
  }
  if (stream.byteLength !== undefined) head['Content-Length'] = stream.byteLength;
  response.writeHead(200, head);
  await writeParts(response, stream);
  response.end();
}

/** Errors are JSON whatever the call's encoding, and never compressed. */
async function sendError(call: WireCall, _: unknown, error: ConnectError): Promise<void> {
  const body = Buffer.from(JSON.stringify(errorToJson(error)));
  const head = createHead(call, 'application/json');
  Object.assign(head, customHeaders(error.headers), customHeaders(error.trailers, 'trailer-'));
  head['Content-Length'] = body.length;
  call.response.writeHead(error.httpStatus, head);
  call.response.end(body);
}
