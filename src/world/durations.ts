import { fraction } from './hash.ts';

/**
 * What a session is, by its behaviour: a dashboard query, a batch job, a shell or cluster command, a person's
 * database client, a connection pool, an assistant, a console in the browser, or a log-in that went nowhere.
 */
export const SESSION_KINDS = ['bi', 'job', 'exec', 'sql', 'pool', 'agent', 'console', 'refused'] as const;

/** One of {@link SESSION_KINDS}. */
export type SessionKind = (typeof SESSION_KINDS)[number];

const QUANTILES: readonly number[] = [0, 0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1];
const SECOND = 1000;
const MINUTE = 60_000;
const HOUR = 3_600_000;

/** Durations in ms at {@link QUANTILES}; the medians are the facts, the tails are chosen to fit them. */
const DURATIONS: Readonly<Record<SessionKind, readonly number[]>> = {
  bi: [90, 240, 900, 2600, 6200, 14 * SECOND, 28 * SECOND, 4 * MINUTE, 22 * MINUTE, 2 * HOUR],
  job: [180, 900, 3500, 9000, 27 * SECOND, 95 * SECOND, 5 * MINUTE, 48 * MINUTE, 3 * HOUR, 9 * HOUR],
  exec: [
    400,
    2200,
    11 * SECOND,
    31 * SECOND,
    95 * SECOND,
    6 * MINUTE,
    17 * MINUTE,
    2 * HOUR,
    7 * HOUR,
    14 * HOUR,
  ],
  sql: [
    900,
    14 * SECOND,
    95 * SECOND,
    6 * MINUTE,
    23 * MINUTE,
    71 * MINUTE,
    2.4 * HOUR,
    6 * HOUR,
    12 * HOUR,
    30 * HOUR,
  ],
  pool: [
    5000,
    4 * MINUTE,
    14 * MINUTE,
    30 * MINUTE,
    55 * MINUTE,
    2 * HOUR,
    4 * HOUR,
    11 * HOUR,
    26 * HOUR,
    60 * HOUR,
  ],
  agent: [120, 800, 4200, 12 * SECOND, 41 * SECOND, 3 * MINUTE, 8 * MINUTE, 52 * MINUTE, 4 * HOUR, 8 * HOUR],
  console: [
    600,
    9000,
    48 * SECOND,
    3 * MINUTE,
    11 * MINUTE,
    34 * MINUTE,
    70 * MINUTE,
    4 * HOUR,
    9 * HOUR,
    16 * HOUR,
  ],
  refused: [3, 12, 45, 130, 420, 1500, 4000, 10 * SECOND, 30 * SECOND, MINUTE],
};

const STEPS = 1024;

/** Inverse distribution function of a kind: entry `i` is the duration in ms at the fraction `i / 1024`. */
export function createDurationTable(kind: SessionKind): Float64Array {
  const knots = DURATIONS[kind];
  const table = new Float64Array(STEPS + 1);
  let next = 1;
  for (let i = 0; i <= STEPS; i++) {
    const at = i / STEPS;
    while ((QUANTILES[next] ?? 1) < at) next++;
    const fromAt = QUANTILES[next - 1] ?? 0;
    const low = knots[next - 1] ?? 0;
    const slope = ((knots[next] ?? low) - low) / ((QUANTILES[next] ?? 1) - fromAt);
    table[i] = low + slope * (at - fromAt);
  }
  return table;
}

/** The duration in whole ms, at least 1, that a draw picks from a table. */
export function durationAt(table: Float64Array, drawn: number): number {
  const position = fraction(drawn) * STEPS;
  const i = Math.floor(position);
  const low = table[i] ?? 0;
  return Math.max(1, Math.floor(low + ((table[i + 1] ?? low) - low) * (position - i)));
}
