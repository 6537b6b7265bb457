import type { Category, DocumentChange } from './case.ts';
import type { ExitCode } from './exit-code.ts';
import type { ContractFacts } from './facts.ts';
import type { Audience } from './run-view.ts';

/**
 * What became of a case. `info` is an observation; `error` is a bug in the suite; `known` is a failure that is
 * listed as known; `stale` is a listed failure that no longer fails, or whose entry has expired.
 */
export type OutcomeStatus = 'pass' | 'fail' | 'warn' | 'info' | 'skip' | 'error' | 'known' | 'stale';

/** A difference as it is reported, with everything needed to see it again. */
export interface ReportedFinding {
  readonly expected: string;
  readonly got: string;
  /** JSON pointer or header name. */
  readonly where?: string;
  /** Probe whose exchange shows it. */
  readonly probe?: string;
  /** Shell line that sends the same request, with the key from `$FORMAL_API_KEY`. */
  readonly curl?: string;
}

/** The result of one case. */
export interface Outcome {
  readonly id: string;
  readonly category: Category;
  /** `drift` marks deviations from the document that are growth rather than breakage. */
  readonly kind: 'contract' | 'drift';
  readonly title: string;
  readonly status: OutcomeStatus;
  /** How many things were examined. */
  readonly subjects: number;
  /** At most ten; `findingCount` has them all. */
  readonly findings: readonly ReportedFinding[];
  readonly findingCount: number;
  readonly observed?: string;
  /** Why it was skipped, is known, or is stale. */
  readonly reason?: string;
  readonly basis: readonly string[];
  readonly advice: string;
  /** Proposed changes of openapi.yaml, at most a hundred. */
  readonly patch?: readonly DocumentChange[];
  /** Link of a known failure. */
  readonly issue?: string;
}

/** What a run found out. It holds no key and, for live targets, no values of sessions. */
export interface ContractReport {
  /** Version of this form. */
  readonly reportVersion: 1;
  /** Base URL of the target. */
  readonly target: string;
  readonly audience: Audience;
  /** RFC 3339 instants. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** Requests sent, repeats included. */
  readonly requests: number;
  readonly exitCode: ExitCode;
  /** Why the run ended early; absent where it was completed. */
  readonly stopped?: string;
  /** Things worth knowing that are nobody's failure. */
  readonly notes: readonly string[];
  readonly outcomes: readonly Outcome[];
  readonly facts: ContractFacts;
}

/** How many outcomes have each status. */
export function countStatuses(report: ContractReport): Readonly<Record<OutcomeStatus, number>> {
  const counts = { pass: 0, fail: 0, warn: 0, info: 0, skip: 0, error: 0, known: 0, stale: 0 };
  for (const { status } of report.outcomes) counts[status] += 1;
  return counts;
}
