import type { RunView } from './run-view.ts';

interface Remembered {
  /** How many exchanges there were: more make the value old. */
  readonly exchanges: number;
  readonly value: unknown;
}

const memory = new WeakMap<RunView, Map<unknown, Remembered>>();

/**
 * A function of a run's exchanges that is computed once for as long as none is added. Many cases look at the same
 * derived things.
 */
export function remember<T>(compute: (view: RunView) => T): (view: RunView) => T {
  return (view) => {
    const known = memory.get(view) ?? new Map<unknown, Remembered>();
    memory.set(view, known);
    const exchanges = view.all().length;
    const entry = known.get(compute);
    // The entry was made by this very function, so its value has this function's type.
    if (entry?.exchanges === exchanges) return entry.value as T;
    const value = compute(view);
    known.set(compute, { exchanges, value });
    return value;
  };
}
