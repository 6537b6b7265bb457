import type { Courier } from './courier.ts';
import type { Exchange } from './exchange.ts';
import { EXIT, RunStopped } from './exit-code.ts';
import { assertNoFlood, isFlood } from './flood.ts';
import type { ResolvedOptions } from './options.ts';
import { type Plan, PREFLIGHT_PROBE } from './plan.ts';
import { checkPreflight } from './preflight.ts';
import type { Probe } from './probe.ts';
import type { RunSettings, RunView } from './run-view.ts';

/** What a run has asked so far. */
export interface RunState {
  /** Exchanges of each probe that was completed or is under way. */
  readonly answers: Map<string, Exchange[]>;
  /** Answers that were far larger than asked for. */
  readonly floods: Exchange[];
  /** They become more exact once the preflight has been answered. */
  settings: RunSettings;
}

/** The run as probes and cases see it. */
export function createView({ answers, settings }: RunState, courier: Courier): RunView {
  return { settings, exchanges: (probe) => answers.get(probe) ?? [], all: () => courier.log };
}

/** With what the probes are sent. */
export interface Sending {
  readonly resolved: ResolvedOptions;
  readonly plan: Plan;
  readonly courier: Courier;
}

/** Sends every planned probe; gives why it had to stop, if it had to. */
export async function sendProbes(
  state: RunState,
  { resolved, plan, courier }: Sending,
): Promise<RunStopped | undefined> {
  try {
    for (const probe of plan.probes) {
      await sendProbe(probe, { state, courier, insertSession: resolved.insertSession });
      if (probe.id === PREFLIGHT_PROBE)
        passPreflight(state, checkPreflight(courier.log.at(-1), resolved.nowMs));
    }
    return undefined;
  } catch (error) {
    if (resolved.signal?.aborted === true) return new RunStopped(EXIT.interrupted, 'interrupted');
    if (error instanceof RunStopped) return error;
    throw error;
  }
}

/** The last request of the preflight is the one whose answer counts, and its window is where the run looks. */
function passPreflight(state: RunState, nowMs: number | undefined): void {
  const sent = state.answers.get(PREFLIGHT_PROBE) ?? [];
  const past = state.settings.pastWindows[sent.length - 1];
  state.answers.set(PREFLIGHT_PROBE, sent.slice(-1));
  state.settings = {
    ...state.settings,
    ...(nowMs === undefined ? {} : { nowMs }),
    ...(past === undefined ? {} : { past }),
  };
}

interface ProbeSending {
  readonly state: RunState;
  readonly courier: Courier;
  readonly insertSession: (() => Promise<void>) | undefined;
}

async function sendProbe(probe: Probe, { state, courier, insertSession }: ProbeSending): Promise<void> {
  const done: Exchange[] = [];
  const view = createView(state, courier);
  for (let request = probe.next(view, done); request !== undefined; request = probe.next(view, done)) {
    if (done.length === probe.insertsBefore) await insertSession?.();
    const place = { probe: probe.id, index: done.length, isRepeat: probe.repeat };
    const exchange = await courier.deliver(request, place);
    done.push(exchange);
    state.answers.set(probe.id, done);
    if (isFlood(exchange)) state.floods.push(exchange);
    assertNoFlood(state.floods);
  }
}
