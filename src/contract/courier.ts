import { createHash } from 'node:crypto';
import type { Answer, Exchange, RequestSpec } from './exchange.ts';
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
  /** Longest run, in milliseconds; a server that asks to wait beyond its end is left alone. */
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
  const state: CourierState = { nextAt: 0, writes: 0, silences: 0, startedAt: options.target.elapsed() };

  const sendOnce = async (request: RequestSpec, place: DeliveryPlace): Promise<Exchange> => {
    await takeTurn(options, state);
    const { writes = 1, ...sent } = await options.target.send(request);
    countWrites(options, state, writes);
    const exchange: Exchange = { probe: place.probe, index: place.index, request, ...sent };
    log.push(exchange);
    countSilences(state, exchange);
    return exchange;
  };

  const send = async (request: RequestSpec, place: DeliveryPlace): Promise<Exchange> => {
    for (let attempt = 0; ; attempt++) {
      const exchange = await sendOnce(request, place);
      // connect-go refuses large messages with resource_exhausted, which is 429 and not a rate limit.
      const isRepeated = place.probe !== 'body/oversize' && asksToWait(exchange, attempt, options);
      if (!isRepeated) return exchange;
      const waitMs = waitOf(exchange, options);
      assertTimeLeft(options, state, { waitMs, exchange });
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
  /** Requests written, second attempts on a closed connection included. */
  writes: number;
  /** Failures to answer in a row. */
  silences: number;
  readonly startedAt: number;
}

/** Says that a run took longer than it may. */
export function tooLong(maxRunMs: number): string {
  return `the run took longer than ${Math.round(maxRunMs / 1000)} s`;
}

async function takeTurn(options: CourierOptions, state: CourierState): Promise<void> {
  const { target, maxRequests, requestsPerSecond, maxRunMs } = options;
  if (state.writes >= maxRequests)
    throw new RunStopped(EXIT.budget, `the budget of ${maxRequests} requests is used up`);
  const now = target.elapsed();
  if (now - state.startedAt > maxRunMs) {
    throw new RunStopped(EXIT.budget, tooLong(maxRunMs));
  }
  if (requestsPerSecond === undefined) return;
  if (state.nextAt > now) await target.pause(state.nextAt - now);
  state.nextAt = Math.max(now, state.nextAt) + 1000 / requestsPerSecond;
}

/** Each time a request is written counts against the budget and takes its share of time. */
function countWrites({ requestsPerSecond }: CourierOptions, state: CourierState, writes: number): void {
  state.writes += writes;
  if (requestsPerSecond !== undefined) state.nextAt += ((writes - 1) * 1000) / requestsPerSecond;
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

/** True where the request is to be repeated later; false where the answer counts. Throws RunStopped after too many. */
function asksToWait({ answer }: Exchange, attempt: number, options: CourierOptions): boolean {
  if (answer === undefined) return false;
  if (answer.status === 429) {
    if (attempt < MAX_RATE_LIMITS) return true;
    throw new RunStopped(EXIT.budget, `the server keeps answering 429 (${retryAfterText(answer)})`);
  }
  return [502, 503, 504].includes(answer.status) && attempt < options.retriesOfUnavailable;
}

function waitOf({ answer }: Exchange, { target }: CourierOptions): number {
  const serverMs = Date.parse(answer?.headers['date'] ?? '');
  const nowMs = Number.isNaN(serverMs) ? target.wallClock() : serverMs;
  return retryAfterMs(answer?.headers['retry-after'], nowMs);
}

/** The whole wait is kept to, or the run ends: coming back earlier would be worse than not at all. */
function assertTimeLeft(
  { target, maxRunMs }: CourierOptions,
  { startedAt }: CourierState,
  { waitMs, exchange: { answer } }: { readonly waitMs: number; readonly exchange: Exchange },
): void {
  const leftMs = startedAt + maxRunMs - target.elapsed();
  if (waitMs <= leftMs || answer === undefined) return;
  const seconds = (ms: number): string => `${Math.max(0, Math.round(ms / 1000))} s`;
  throw new RunStopped(
    EXIT.budget,
    `the server answers ${answer.status} and asks to wait ${seconds(waitMs)} (${retryAfterText(answer)}), but the run has ${seconds(leftMs)} left`,
  );
}

function retryAfterText({ headers }: Answer): string {
  return `Retry-After: ${headers['retry-after'] ?? 'none'}`;
}

const WEEKDAY = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/;

/**
 * Milliseconds a Retry-After asks for, in whole seconds or as a date by the clock that says `nowMs`; a second where it is
 * missing or is something else.
 */
export function retryAfterMs(value: string | undefined, nowMs: number): number {
  if (value === undefined) return DEFAULT_WAIT_MS;
  if (/^\d{1,12}$/.test(value)) return Number(value) * 1000;
  const dateMs = WEEKDAY.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(dateMs) ? DEFAULT_WAIT_MS : Math.max(0, dateMs - nowMs);
}

function fingerprint({ method, path, headers, body }: RequestSpec): string {
  const hash = createHash('sha256').update(JSON.stringify([method, path, headers]));
  return hash
    .update(body === undefined ? 'no body' : 'body')
    .update(body ?? '')
    .digest('base64');
}
