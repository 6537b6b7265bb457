import { parseRfc3339, parseUnixNumber } from './parse-instant.ts';
import { QueryError, quoteText } from './query-error.ts';

/**
 * Reads startTimestamp or endTimestamp into ms since 1970 (a fraction holds microseconds): RFC 3339 with any
 * offset, or a Unix number whose unit (s, ms, us, ns) shows in its size. Throws QueryError of kind `bad_time`.
 * Source: assumed (the format is not documented).
 */
export function parseTime(text: string): number {
  const time = parseRfc3339(text) ?? parseUnixNumber(text);
  if (time !== undefined) return time;
  throw new QueryError({
    kind: 'bad_time',
    problem: `${quoteText(text)} is not a time`,
    expected: 'RFC 3339 or a Unix number',
    suggestion: 'write it like 2024-01-15T09:00:00Z or 1705309200',
  });
}
