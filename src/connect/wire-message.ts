import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { Readable, Writable } from 'node:stream';

/** What the wire reads from a request: node:http's and node:http2's both fit. */
export interface WireRequest extends Readable {
  /** `POST` */
  readonly method?: string | undefined;
  /** Path and query. */
  readonly url?: string | undefined;
  /** Names in lower case. */
  readonly headers: IncomingHttpHeaders;
  /** 1 or 2. */
  readonly httpVersionMajor: number;
}

/** What the wire needs of a response: node:http's and node:http2's both fit. */
export interface WireResponse extends Writable {
  /** True once the head is sent. */
  readonly headersSent: boolean;
  /** Sends the head. */
  writeHead(status: number, headers: OutgoingHttpHeaders): unknown;
  /** Headers that follow the body. */
  addTrailers(headers: OutgoingHttpHeaders): void;
  /** A header set before, by CORS for example. */
  getHeader(name: string): number | string | string[] | undefined;
  /** The HTTP/2 stream; node:http2's responses do not know themselves that they are destroyed. */
  readonly stream?: { readonly destroyed: boolean };
}

/** True when nobody can receive the answer any more. */
export function isGone(response: WireResponse): boolean {
  return response.destroyed === true || response.stream?.destroyed === true;
}
