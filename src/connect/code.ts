/**
 * The sixteen codes of Connect and gRPC with their HTTP status (Connect) and number (gRPC).
 * Source: measured (connect-go v1.20.0).
 */
export const CODES = {
  canceled: { httpStatus: 499, number: 1 },
  unknown: { httpStatus: 500, number: 2 },
  invalid_argument: { httpStatus: 400, number: 3 },
  deadline_exceeded: { httpStatus: 504, number: 4 },
  not_found: { httpStatus: 404, number: 5 },
  already_exists: { httpStatus: 409, number: 6 },
  permission_denied: { httpStatus: 403, number: 7 },
  resource_exhausted: { httpStatus: 429, number: 8 },
  failed_precondition: { httpStatus: 400, number: 9 },
  aborted: { httpStatus: 409, number: 10 },
  out_of_range: { httpStatus: 400, number: 11 },
  unimplemented: { httpStatus: 501, number: 12 },
  internal: { httpStatus: 500, number: 13 },
  unavailable: { httpStatus: 503, number: 14 },
  data_loss: { httpStatus: 500, number: 15 },
  unauthenticated: { httpStatus: 401, number: 16 },
} as const;

/** A code as Connect spells it on the wire: `invalid_argument`. */
export type Code = keyof typeof CODES;

/** True when the text is one of the sixteen codes. */
export function isCode(text: string): text is Code {
  return Object.hasOwn(CODES, text);
}

/** HTTP status of a Connect error: `unauthenticated` gives 401. */
export function codeToHttpStatus(code: Code): number {
  return CODES[code].httpStatus;
}

/** Number of the code in `grpc-status`, 1..16. */
export function codeToGrpcStatus(code: Code): number {
  return CODES[code].number;
}

/** Code of a `grpc-status` number; undefined for 0 (success) and for numbers that are none. */
export function codeFromGrpcStatus(number: number): Code | undefined {
  for (const [code, { number: known }] of Object.entries(CODES)) {
    if (known === number && isCode(code)) return code;
  }
  return undefined;
}

/**
 * Code a client derives from an HTTP status when the body has no Connect error.
 * Not the inverse of {@link codeToHttpStatus}. Source: documented (Connect protocol, gRPC's HTTP mapping).
 */
export function codeFromHttpStatus(httpStatus: number): Code {
  switch (httpStatus) {
    case 400:
      return 'internal';
    case 401:
      return 'unauthenticated';
    case 403:
      return 'permission_denied';
    case 404:
      return 'unimplemented';
    case 429:
    case 502:
    case 503:
    case 504:
      return 'unavailable';
    default:
      return 'unknown';
  }
}
