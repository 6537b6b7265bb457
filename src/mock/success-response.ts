import { isJsonType } from '../openapi/json-media-type.ts';
import type { Operation, OperationContent, OperationResponse } from '../openapi/operation.ts';

/** The answer an operation gives when all is well. */
export interface SuccessResponse {
  readonly httpStatus: number;
  /** Absent where the document lists no answer at all. */
  readonly response?: OperationResponse;
}

/**
 * What a client expects of a request that is right: the lowest 2xx, else `2XX` or `default` as 200, else the lowest
 * of what there is below 400; 204 where the document lists no answer.
 */
export function successOf({ responses }: Operation): SuccessResponse {
  const exact = responses
    .filter(({ status }) => /^[23]\d\d$/.test(status))
    .sort((a, b) => Number(a.status) - Number(b.status));
  const [lowest] = exact;
  if (lowest?.status.startsWith('2')) {
    return { httpStatus: Number(lowest.status), response: lowest };
  }
  const general = responses.find(({ status }) => status.toUpperCase() === '2XX' || status === 'default');
  const response = responses.find(({ status }) => status.toUpperCase() === '2XX') ?? lowest ?? general;
  if (response === undefined) return { httpStatus: 204 };
  return { httpStatus: response === lowest ? Number(lowest.status) : 200, response };
}

/** The answer the document lists for a status: exactly, by its class, or as `default`. */
export function responseFor({ responses }: Operation, httpStatus: number): OperationResponse | undefined {
  const names = [String(httpStatus), `${Math.floor(httpStatus / 100)}XX`, 'DEFAULT'];
  for (const name of names) {
    const found = responses.find(({ status }) => status.toUpperCase() === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The JSON one of several contents. */
export function jsonContentOf(content: readonly OperationContent[]): OperationContent | undefined {
  return content.find(({ mediaType }) => isJsonType(mediaType));
}
