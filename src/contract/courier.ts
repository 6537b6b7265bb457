import { createHash } from 'node:crypto';
import type { Exchange, RequestSpec } from './exchange.ts';
import { EXIT, RunStopped } from './exit-code.ts';
import type { Target } from './network.ts';

/** How considerate a run is, and when it gives up. */
export interface CourierOptions {
  readonly target: Target;
  /** Most requests of the run, repeats included. */
  readonly maxRequests: number;
  /** Most requests in a second; absent for as fast as the answers come. */
  readonly requestsPerSecond?: number;
  /** Most repeats of one request after 502, 503 or 504. */
  readonly retriesOfUnavailable: number;
  /** Longest wait that a Retry-After may ask for, in milliseconds. */
  readonly maxWaitMs: number;
  /** Longest run, in milliseconds. */
  readonly maxRunMs: number;
}

/** Sends requests one after the other within the run's budget, and keeps every exchange. */
export interface Courier {
  /** The answer to a request; equal requests are sent once unless `isRepeat`. Throws RunStopped. */
  deliver(request: RequestSpec, place: DeliveryPlace): Promise<Exchange>;
  /** Every exchange that went over the wire, in order. */
  readonly log: readonly Exchange[];
}

/** The probe a request belongs to. */
export interface DeliveryPlace {
  readonly probe: string;
  readonly index: number;
  readonly isRepeat: boolean;
}

const MAX_SILENCES = 3;
const MAX_RATE_LIMITS = 2;
const DEFAULT_WAIT_MS = 1000;

/** Creates a courier; nothing is sent before {@link Courier.deliver}. */
export function createCourier(options: CourierOptions): Courier {
  const log: Exchange[] = [];
  const known = new Map<string, Exchange>();
  const state = { nextAt: 0, silences: 0, startedAt: options.target.elapsed() };

  const sendOnce = async (request: RequestSpec, place: DeliveryPlace): Promise<Exchange> => {
    await takeTurn(options, state, log.length);
    const sent = await options.target.send(request);
    const exchange: Exchange = { probe: place.probe, index: place.index, request, ...sent };
    log.push(exchange);
    countSilences(state, exchange);
    return exchange;
  };

  const send = async (request: RequestSpec, place: DeliveryPlace): Promise<Exchange> => {
    for (let attempt = 0; ; attempt++) {
      const exchange = await sendOnce(request, place);
      // connect-go refuses large messages with resource_exhausted, which is 429 and not a rate limit.
      const waitMs = place.probe === 'body/oversize' ? undefined : waitBefore(exchange, attempt, options);
      if (waitMs === undefined) return exchange;
      log[log.length - 1] = { ...exchange, isSuperseded: true };
      await options.target.pause(waitMs);
    }
  };

  return {
    log,
    deliver: async (request, place) => {
      const print = fingerprint(request);
      const same = place.isRepeat ? undefined : known.get(print);
      if (same !== undefined) return { ...same, probe: place.probe, index: place.index };
      const exchange = await send(request, place);
      known.set(print, exchange);
      return exchange;
    },
  };
}

interface CourierState {
  /** Earliest moment of the next request, by the target's clock. */
  nextAt: number;
  /** Failures to answer in a row. */
  silences: number;
  readonly startedAt: number;
}

/** Says that a run took longer than it may. */
export function tooLong(maxRunMs: number): string {
  return `the run took longer than ${Math.round(maxRunMs / 1000)} s`;
}

async function takeTurn(options: CourierOptions, state: CourierState, sent: number): Promise<void> {
  const { target, maxRequests, requestsPerSecond, maxRunMs } = options;
  if (sent >= maxRequests)
    throw new RunStopped(EXIT.budget, `the budget of ${maxRequests} requests is used up`);
  const now = target.elapsed();
  if (now - state.startedAt > maxRunMs) {
    throw new RunStopped(EXIT.budget, tooLong(maxRunMs));
  }
  if (requestsPerSecond === undefined) return;
  if (state.nextAt > now) await target.pause(state.nextAt - now);
  state.nextAt = Math.max(now, state.nextAt) + 1000 / requestsPerSecond;
}

function countSilences(state: CourierState, { answer, failure }: Exchange): void {
  state.silences = answer === undefined ? state.silences + 1 : 0;
  if (state.silences < MAX_SILENCES || failure === undefined) return;
  const isTooLarge = failure.kind === 'too-large';
  throw new RunStopped(
    isTooLarge ? EXIT.broken : EXIT.unreachable,
    `${MAX_SILENCES} requests in a row had no usable answer: ${failure.reason}`,
  );
}

/** Milliseconds to wait before the request is repeated; undefined where the answer counts. */
function waitBefore({ answer }: Exchange, attempt: number, options: CourierOptions): number | undefined {
  if (answer === undefined) return undefined;
  if (answer.status === 429) {
    const waitMs = retryAfterMs(answer.headers['retry-after']);
    if (attempt < MAX_RATE_LIMITS && waitMs <= options.maxWaitMs) return waitMs;
    throw new RunStopped(
      EXIT.budget,
      `the server keeps answering 429 (Retry-After: ${answer.headers['retry-after'] ?? 'none'})`,
    );
  }
  const isUnavailable = [502, 503, 504].includes(answer.status);
  if (!isUnavailable || attempt >= options.retriesOfUnavailable) return undefined;
  return Math.min(retryAfterMs(answer.headers['retry-after']), options.maxWaitMs);
}

/** Milliseconds a Retry-After in whole seconds asks for; a second where it is missing or is something else. */
export function retryAfterMs(value: string | undefined): number {
  return value !== undefined && /^\d{1,6}$/.test(value) ? Number(value) * 1000 : DEFAULT_WAIT_MS;
}

function fingerprint({ method, path, headers, body }: RequestSpec): string {
  const hash = createHash('sha256').update(JSON.stringify([method, path, headers]));
  return hash
    .update(body === undefined ? 'no body' : 'body')
    .update(body ?? '')
    .digest('base64');
}
