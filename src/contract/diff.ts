import type { ContractReport, Outcome } from './outcome.ts';
import { sameValue } from './same-value.ts';

/** One thing in which two servers differ. */
export interface ContractDifference {
  /** Case id, or `fact NAME`. */
  readonly what: string;
  readonly left: string;
  readonly right: string;
}

/** In what two servers differ: outcomes of the same cases, and learnt facts. Times and shares are left out. */
export function diffReports(left: ContractReport, right: ContractReport): readonly ContractDifference[] {
  return [...diffOutcomes(left, right), ...diffFacts(left, right)];
}

function diffOutcomes(left: ContractReport, right: ContractReport): ContractDifference[] {
  const others = new Map(right.outcomes.map((outcome) => [outcome.id, outcome]));
  return left.outcomes.flatMap((one) => {
    const two = others.get(one.id);
    if (two === undefined || one.status === two.status) return [];
    return [{ what: one.id, left: describe(one), right: describe(two) }];
  });
}

function describe({ status, findings, observed, reason }: Outcome): string {
  const [first] = findings;
  const detail = first === undefined ? (observed ?? reason) : `expected ${first.expected}, got ${first.got}`;
  return detail === undefined ? status : `${status}: ${detail}`;
}

function diffFacts(left: ContractReport, right: ContractReport): ContractDifference[] {
  const one: Readonly<Record<string, unknown>> = { ...left.facts };
  const two: Readonly<Record<string, unknown>> = { ...right.facts };
  const names = [...new Set([...Object.keys(one), ...Object.keys(two)])].filter(
    (name) => name !== 'presence',
  );
  return names
    .filter((name) => !sameValue(one[name] ?? null, two[name] ?? null))
    .map((name) => ({
      what: `fact ${name}`,
      left: String(one[name] ?? 'unknown'),
      right: String(two[name] ?? 'unknown'),
    }));
}

/** The differences for people. */
export function formatDiff(differences: readonly ContractDifference[]): string {
  if (differences.length === 0) return 'no difference\n';
  return differences
    .map(({ what, left, right }) => `${what}\n  left   ${left}\n  right  ${right}\n`)
    .join('');
}
