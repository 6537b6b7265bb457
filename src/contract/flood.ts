import type { Exchange } from './exchange.ts';
import { EXIT, RunStopped } from './exit-code.ts';
import { sentMessage } from './learn/window.ts';
import { sessionsOf } from './run-view.ts';

const MAX_EXTRA_SESSIONS = 500;
/** What gRPC and Connect servers send at most unless told otherwise. Source: documented. */
const MAX_PAGE_BYTES = 4 * 1024 * 1024;
const MAX_FLOODS = 3;

/** True for an answer that is very much larger than what was asked for. */
export function isFlood(exchange: Exchange): boolean {
  const limit = Number(sentMessage(exchange)['limit']);
  if (!(limit > 0) || exchange.answer === undefined) return false;
  const isLong = sessionsOf(exchange).length > limit + MAX_EXTRA_SESSIONS;
  return isLong || (limit <= MAX_EXTRA_SESSIONS && exchange.answer.body.byteLength > MAX_PAGE_BYTES);
}

/**
 * A server that ignores the limit would be asked for all it has again and again. The third such answer ends the run:
 * what is wrong is clear by then. Throws RunStopped.
 */
export function assertNoFlood(floods: readonly Exchange[]): void {
  const last = floods.at(-1);
  if (floods.length < MAX_FLOODS || last === undefined) return;
  const got = `${sessionsOf(last).length} sessions in ${last.answer?.body.byteLength ?? 0} bytes`;
  const asked = `limit ${String(sentMessage(last)['limit'])}`;
  throw new RunStopped(
    EXIT.broken,
    `${MAX_FLOODS} answers were far larger than asked for, the last ${got} for ${asked}`,
  );
}
