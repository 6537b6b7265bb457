/** One header as it is sent or was received: name in its own letter case, value. */
export type Header = readonly [name: string, value: string];

/**
 * A request as data. The key never appears in it: `{KEY}` and the other placeholders of {@link fillKey} stand in
 * header values and in the path, so that plans, reports and curl lines can be printed as they are.
 */
export interface RequestSpec {
  /** HTTP method in upper case. */
  readonly method: string;
  /** Path with its query string, below the target's base URL. */
  readonly path: string;
  /** Headers in order, in the letter case they are sent in. `Host` and `Content-Length` are added. */
  readonly headers: readonly Header[];
  /** Body bytes; absent for none. */
  readonly body?: Uint8Array;
}

/** A message of the request: members in the order they are sent. */
export type RequestMessage = Readonly<Record<string, unknown>>;

/** Why no complete answer arrived. */
export type TransportFailure = 'refused' | 'timeout' | 'too-large' | 'broken';

/** What a body says when it is read as JSON by the rules of RFC 8259. */
export type JsonReading =
  | { readonly ok: true; readonly value: unknown; readonly duplicateKeys: readonly string[] }
  | { readonly ok: false; readonly reason: string };

/** One answer, with nothing folded, followed or decompressed behind the reader's back. */
export interface Answer {
  /** HTTP status. */
  readonly status: number;
  /** Headers as received, in order, in their own letter case. */
  readonly rawHeaders: readonly Header[];
  /** First value of each header, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body as it came over the wire. */
  readonly wireBody: Uint8Array;
  /** The body after the content encoding it declares was taken off; the wire bytes where that failed. */
  readonly body: Uint8Array;
  /** Why the declared content encoding could not be taken off. */
  readonly encodingProblem?: string;
  /** The body as JSON. */
  readonly json: JsonReading;
}

/** One request and what came of it. */
export interface Exchange {
  /** Id of the planned probe that asked for it. */
  readonly probe: string;
  /** Position within its probe, from 0. */
  readonly index: number;
  readonly request: RequestSpec;
  /** Absent when no complete answer arrived. */
  readonly answer?: Answer;
  /** Why there is no answer. */
  readonly failure?: { readonly kind: TransportFailure; readonly reason: string };
  /** From the first byte sent to the last byte read, in milliseconds. */
  readonly elapsedMs: number;
  /** True for a 429, 502, 503 or 504 after which the request was repeated; the repeat is what counts. */
  readonly isSuperseded?: boolean;
  /** The exchange before keys were taken out of it: for checks of echoes and bytes, never for reports. */
  readonly original?: Exchange;
}
