import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { constants, createGzip } from 'node:zlib';
import type { BodyStream, UnaryAnswer } from './procedure.ts';
import { isGone, type WireResponse } from './wire-message.ts';

/** True for a body that is not in memory. */
export function isBodyStream(body: UnaryAnswer['body']): body is BodyStream {
  return 'parts' in body;
}

/** A body in memory as one piece; a stream is collected, its parts copied. */
export async function collectBody(body: UnaryAnswer['body']): Promise<Uint8Array> {
  if (body instanceof Uint8Array) return body;
  if (!isBodyStream(body)) return Buffer.concat(body);
  const copies: Buffer[] = [];
  for await (const part of body.parts()) copies.push(Buffer.from(part));
  return Buffer.concat(copies);
}

/**
 * Writes the parts one by one, each when the one before has left, and lets other callers run between them. Stops
 * quietly when the caller goes away. Does not end the response.
 */
export async function writeParts(response: WireResponse, stream: BodyStream): Promise<void> {
  for await (const part of stream.parts()) {
    if (isGone(response)) return;
    await written(response, part);
    await new Promise(setImmediate);
  }
}

/** The same through gzip; ends the response. */
export async function writeCompressedParts(response: WireResponse, stream: BodyStream): Promise<void> {
  const gzip = createGzip({ level: constants.Z_BEST_SPEED });
  gzip.on('error', () => response.destroy());
  response.once('close', () => gzip.destroy());
  gzip.pipe(response);
  for await (const part of stream.parts()) {
    if (gzip.destroyed) return;
    await written(gzip, part);
  }
  gzip.end();
  if (!isGone(response)) await once(response, 'close');
}

function written(target: Writable, part: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    target.write(part, () => resolve());
  });
}
