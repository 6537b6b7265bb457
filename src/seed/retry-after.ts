/**
 * What `Retry-After` asks for, in ms: whole seconds, or an HTTP date less the answer's own `Date`, so that it does not
 * matter how our clock goes. Undefined when it is absent, or nonsense. Source: documented (RFC 9110, 10.2.3).
 */
export function retryAfterMs(headers: Headers): number | undefined {
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const wait = httpDate(text) - httpDate(headers.get('date') ?? '');
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}

/** `Thu, 15 Jan 2026 12:00:00 GMT` in ms, or NaN. */
function httpDate(text: string): number {
  return /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
}
