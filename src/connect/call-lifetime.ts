import { ConnectError } from './connect-error.ts';
import { RequestAborted } from './read-body.ts';
import { isGone, type WireResponse } from './wire-message.ts';

/** Timers cannot wait longer (2^31 - 1 ms, 24 days); a longer timeout is as good as none. */
const MAX_TIMER_MS = 2_147_483_647;

/**
 * How long a call lives: until it is answered, its deadline passes or its caller goes away. Costs nothing for a call
 * without a timeout whose signal nobody reads.
 */
export class CallLifetime {
  /** The caller's timeout in milliseconds, undefined when it set none. */
  readonly timeoutMs: number | undefined;
  readonly #response: WireResponse;
  readonly #isOver: boolean;
  #timer: NodeJS.Timeout | undefined;
  #controller: AbortController | undefined;
  #onExpired: ((error: ConnectError) => void) | undefined;
  #onClose: (() => void) | undefined;

  constructor(response: WireResponse, timeoutMs: number | undefined) {
    this.#response = response;
    this.timeoutMs = timeoutMs;
    // Less than the timer's resolution is over at once, as connect-go finds it.
    this.#isOver = timeoutMs !== undefined && timeoutMs < 1;
    if (timeoutMs === undefined || this.#isOver || timeoutMs > MAX_TIMER_MS) return;
    this.#timer = setTimeout(() => this.#expire(), timeoutMs);
  }

  /** Aborts when the deadline passes or the caller goes away; the reason is a ConnectError. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      const controller = new AbortController();
      this.#controller = controller;
      this.#onClose = (): void => {
        if (!this.#response.writableFinished)
          controller.abort(new ConnectError('canceled', 'context canceled'));
      };
      this.#response.once('close', this.#onClose);
      if (this.#isOver) controller.abort(deadlineExceeded());
      else if (isGone(this.#response)) this.#onClose();
    }
    return this.#controller.signal;
  }

  /** Throws `deadline_exceeded` for a timeout that was over before it began. Source: measured. */
  assertAlive(): void {
    if (this.#isOver) throw deadlineExceeded();
    this.assertConnected();
  }

  /** Throws {@link RequestAborted} when nobody can receive an answer any more. */
  assertConnected(): void {
    if (isGone(this.#response)) throw new RequestAborted();
  }

  /** The result of the work, or `deadline_exceeded` as soon as the deadline passes, whatever the work does. */
  race<T>(work: Promise<T>): Promise<T> {
    if (this.#timer === undefined) return work;
    return new Promise((resolve, reject) => {
      this.#onExpired = reject;
      work.then(resolve, reject);
    });
  }

  /** Forgets the deadline: the answer is there and only has to be sent. */
  endDeadline(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Releases timer and listener; the signal does not abort any more. */
  end(): void {
    this.endDeadline();
    if (this.#onClose !== undefined) this.#response.off('close', this.#onClose);
  }

  #expire(): void {
    const error = deadlineExceeded();
    this.#onExpired?.(error);
    this.#controller?.abort(error);
  }
}

function deadlineExceeded(): ConnectError {
  return new ConnectError('deadline_exceeded', 'context deadline exceeded');
}
