import type { Answer, Exchange } from './exchange.ts';
import { EXIT, RunStopped } from './exit-code.ts';

const MAX_SKEW_MS = 5 * 60_000;

/**
 * Looks at the first answer, so that a dead target is one clear message. Gives the server's idea of now in
 * milliseconds. Throws RunStopped where there is nothing to judge.
 */
export function checkPreflight(
  exchange: Exchange | undefined,
  nowMs: number | undefined,
): number | undefined {
  const { answer, failure } = exchange ?? {};
  if (answer === undefined) {
    // An answer of any size is an answer: the cases will say what is wrong with it.
    if (failure?.kind === 'too-large') return nowMs;
    throw new RunStopped(EXIT.unreachable, `no answer: ${failure?.reason ?? 'nothing was sent'}`);
  }
  const problem = problemOf(answer);
  if (problem !== undefined) throw problem;
  return nowMs ?? dateOf(exchange);
}

function problemOf({ status, headers }: Answer): RunStopped | undefined {
  if (status === 401 || status === 403) {
    return new RunStopped(
      EXIT.keyRefused,
      `the key is refused with ${status}: check that it belongs to this server`,
    );
  }
  if (status >= 300 && status < 400) {
    const place = headers['location'] ?? 'nowhere';
    return new RunStopped(
      EXIT.unreachable,
      `the server redirects (${status}) to ${place}; redirects are not followed with a key`,
    );
  }
  if (status === 404)
    return new RunStopped(EXIT.unreachable, 'the server does not know this RPC (404): check the base URL');
  if ([502, 503, 504].includes(status))
    return new RunStopped(EXIT.unreachable, `the server is not available (${status})`);
  return undefined;
}

function dateOf(exchange: Exchange | undefined): number | undefined {
  const ms = Date.parse(exchange?.answer?.headers['date'] ?? '');
  return Number.isNaN(ms) ? undefined : ms;
}

/** A note where the server's clock and this machine's are far apart. */
export function clockNotes(exchange: Exchange | undefined, wallClockMs: number): readonly string[] {
  const serverMs = dateOf(exchange);
  if (serverMs === undefined || Math.abs(serverMs - wallClockMs) <= MAX_SKEW_MS) return [];
  const minutes = Math.round((serverMs - wallClockMs) / 60_000);
  return [
    `the server's clock is ${Math.abs(minutes)} minutes ${minutes > 0 ? 'ahead of' : 'behind'} this machine's`,
  ];
}
