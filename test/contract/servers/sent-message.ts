import { gunzipSync } from 'node:zlib';
import { messageFromBinary } from '../../../src/connect/proto-message.ts';
import { PROCEDURE, type WireRequest } from './honest-server.ts';

/** The message a request carries, as JSON text, whatever form it was sent in. */
export function sentText({ method, query, headers, body }: WireRequest): string {
  if (method === 'GET') return query.get('message') ?? '';
  const plain = body[0] === 0x1f ? gunzipSync(body) : body;
  return headers['content-type'] === 'application/proto'
    ? JSON.stringify(messageFromBinary(PROCEDURE.input, plain))
    : plain.toString('utf8');
}

/** A member of a message that may be broken further on, under its JSON or its proto name. */
export function memberIn(text: string, name: RegExp): string | undefined {
  return new RegExp(`"${name.source}":"?([^",}]*)`, name.flags).exec(text)?.[1];
}
