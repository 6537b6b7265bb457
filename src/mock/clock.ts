/** Gives the instant at which the world is seen, ms since 1970. Read once per request. */
export type Clock = () => number;

/** `live` follows the machine's clock; an RFC 3339 instant stands still. */
export function createClock(now: string): Clock {
  if (now === 'live') return Date.now;
  const instant = Date.parse(now);
  return () => instant;
}

/** Ms since the process began, for durations. */
export function readStopwatch(): number {
  return performance.now();
}
