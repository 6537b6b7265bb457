import { collectBody, isBodyStream, writeParts } from './body-stream.ts';
import { compress, type NegotiatedCompression, negotiateCompression, tooLarge } from './compression.ts';
import type { ConnectError } from './connect-error.ts';
import { COMPRESSED_FLAG, framePrefix, readUnaryEnvelope, TRAILERS_FLAG } from './envelope.ts';
import { errorTrailers, successTrailers, trailersToBlock } from './grpc-status.ts';
import type { HeaderValues, MessageJson, UnaryAnswer } from './procedure.ts';
import { readBody } from './read-body.ts';
import { parseGrpcTimeout } from './timeout.ts';
import { customHeaders, headerText, type Protocol, type WireCall } from './wire-call.ts';

/** gRPC: HTTP status 200, the outcome in HTTP trailers. Source: measured (connect-go v1.20.0). */
export const grpcProtocol: Protocol = {
  negotiate,
  parseTimeout,
  readMessage,
  sendAnswer: (call, compression, answer) =>
    sendMessage(call, compression, answer, async () =>
      endWithTrailers(call, successTrailers(answer.trailers)),
    ),
  sendError: async (call, compression, error) => {
    call.response.writeHead(200, createHead(call, compression));
    endWithTrailers(call, errorTrailers(error));
  },
};

/** gRPC-Web: the outcome in the last frame, or in the head of an answer without a message. Source: measured. */
export const grpcWebProtocol: Protocol = {
  negotiate,
  parseTimeout,
  readMessage,
  sendAnswer: (call, compression, answer) =>
    sendMessage(call, compression, answer, () =>
      endWithTrailersFrame(call, compression, successTrailers(answer.trailers)),
    ),
  sendError: async (call, compression, error) => sendWebError(call, compression, error),
};

function negotiate({ request }: WireCall): NegotiatedCompression {
  const { headers } = request;
  return negotiateCompression(
    headerText(headers['grpc-encoding']),
    headerText(headers['grpc-accept-encoding']),
  );
}

function parseTimeout({ request }: WireCall): number | undefined {
  return parseGrpcTimeout(headerText(request.headers['grpc-timeout']));
}

async function readMessage(call: WireCall, compression: NegotiatedCompression): Promise<MessageJson> {
  const maxBytes = call.maxMessageBytes;
  const inspect = (start: Buffer): void => {
    const size = start.length < 5 ? 0 : start.readUInt32BE(1);
    if (size > maxBytes) throw tooLarge(size, maxBytes);
  };
  // Room for a second message, which has an error of its own.
  const body = await readBody(call.request, { maxBytes: 2 * (maxBytes + 5), inspect });
  return readUnaryEnvelope(body, {
    isWeb: call.mediaType.protocol === 'grpc-web',
    isRequestCompressed: compression.isRequestCompressed,
    maxBytes,
    // A frame without bytes is an empty message in any encoding.
    decode: (bytes) => call.decode(bytes, bytes.length === 0 ? 'proto' : call.mediaType.form),
  });
}

function createHead(
  call: WireCall,
  compression: NegotiatedCompression | undefined,
  headers?: HeaderValues,
): Record<string, string | string[]> {
  return {
    'Content-Type': call.mediaType.name,
    'Grpc-Accept-Encoding': 'gzip',
    ...(compression?.isResponseCompressed === true ? { 'Grpc-Encoding': 'gzip' } : {}),
    ...customHeaders(headers),
  };
}

async function sendMessage(
  call: WireCall,
  compression: NegotiatedCompression,
  answer: UnaryAnswer,
  end: () => Promise<void>,
): Promise<void> {
  const { response } = call;
  const { body } = answer;
  const head = createHead(call, compression, answer.headers);
  if (isBodyStream(body) && body.byteLength !== undefined && !compression.isResponseCompressed) {
    response.writeHead(200, head);
    response.write(framePrefix(0, body.byteLength));
    await writeParts(response, body);
    return end();
  }
  const frame = await createFrame(await collectBody(body), 0, compression);
  response.writeHead(200, head);
  response.write(frame);
  return end();
}

async function createFrame(
  message: Uint8Array,
  flags: number,
  compression: NegotiatedCompression,
): Promise<Buffer> {
  if (!compression.isResponseCompressed) {
    return Buffer.concat([framePrefix(flags, message.byteLength), message]);
  }
  const compressed = await compress(message);
  return Buffer.concat([framePrefix(flags | COMPRESSED_FLAG, compressed.byteLength), compressed]);
}

function endWithTrailers({ response }: WireCall, trailers: HeaderValues): void {
  response.addTrailers(toOutgoing(trailers));
  response.end();
}

async function endWithTrailersFrame(
  { response }: WireCall,
  compression: NegotiatedCompression,
  trailers: HeaderValues,
): Promise<void> {
  response.end(await createFrame(trailersToBlock(trailers), TRAILERS_FLAG, compression));
}

function sendWebError(
  call: WireCall,
  compression: NegotiatedCompression | undefined,
  error: ConnectError,
): void {
  const head = { ...createHead(call, compression), ...toOutgoing(errorTrailers(error)) };
  call.response.writeHead(200, head);
  call.response.end();
}

function toOutgoing(headers: HeaderValues): Record<string, string | string[]> {
  const outgoing: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(headers)) {
    outgoing[name] = typeof value === 'string' ? value : [...value];
  }
  return outgoing;
}
