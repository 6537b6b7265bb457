import { setImmediate } from 'node:timers/promises';
import { ConnectError } from '../connect/connect-error.ts';
import type { Steps } from '../sessions/select-rows.ts';

/**
 * The result of work done in steps, at once where there is no pause. At each pause others are served, and the
 * work is given up when the signal has aborted (client gone, deadline passed).
 */
export function driveSteps<T>(steps: Steps<T>, signal: () => AbortSignal): T | Promise<T> {
  const first = steps.next();
  return first.done === true ? first.value : driveOn(steps, signal());
}

async function driveOn<T>(steps: Steps<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    await setImmediate();
    if (signal.aborted) throw new ConnectError('canceled', 'the caller no longer waits');
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}
