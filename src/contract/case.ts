import type { Exchange } from './exchange.ts';
import type { Audience, RunView } from './run-view.ts';

/** How bad a deviation is. `info` is only reported. */
export type Severity = 'fail' | 'warn' | 'info';

/** The severity for each audience. */
export type Severities = Readonly<Record<Audience, Severity>>;

/** The areas of the suite; each has a file of cases. */
export type Category =
  | 'auth'
  | 'protocol'
  | 'schema'
  | 'drift'
  | 'invariants'
  | 'pagination'
  | 'time'
  | 'sort'
  | 'query'
  | 'limits'
  | 'body'
  | 'errors'
  | 'performance';

/** One difference between what was expected and what came. A case reports all it finds. */
export interface Finding {
  readonly expected: string;
  /** What came instead; values already shown or reduced to shapes. */
  readonly got: string;
  /** JSON pointer into the answer, with `*` for positions, or a header's name. */
  readonly where?: string;
  /** The exchange that shows it. */
  readonly exchange?: Exchange;
}

/** What a case found out. */
export interface Verdict {
  /** How many things were examined: exchanges, sessions, pairs. 0 makes the case a `skip`. */
  readonly subjects: number;
  readonly findings: readonly Finding[];
  /** What was observed, for facts nobody documents. */
  readonly observed?: string;
  /** Why there was nothing to examine. */
  readonly reason?: string;
  /** Proposed changes of the document, for drift. */
  readonly patch?: readonly DocumentChange[];
}

/** One proposed change of openapi.yaml. */
export interface DocumentChange {
  /** Pointer in the document. */
  readonly pointer: string;
  /** What to put there. */
  readonly value: unknown;
}

/** One check as data, with the function that judges the exchanges. */
export interface ContractCase {
  /** `area/behaviour`. */
  readonly id: string;
  readonly category: Category;
  /** The fact that holds on a right server. */
  readonly title: string;
  /** Pointers into openapi.yaml (`#/…`, `**` for all below), `connect: …`, `proto3-json: …`, or `heuristic: …`. */
  readonly basis: readonly string[];
  readonly severity: Severities;
  /** Probes whose exchanges it looks at; `all` for a passive case that looks at every exchange. */
  readonly probes: readonly string[] | 'all';
  /** What must hold for the case to have a subject. */
  readonly precondition?: string;
  /** Likely cause of a failure and what to do about it. */
  readonly advice: string;
  /** True where the subjects are sessions: at least one such case must have a subject, or nothing was verified. */
  readonly examinesSessions: boolean;
  readonly judge: (view: RunView) => Verdict;
}

/** FAIL for the audiences mock and any, WARN for live. */
export const ORDINARY: Severities = { mock: 'fail', any: 'fail', live: 'warn' };
/** FAIL everywhere. */
export const EVERYWHERE: Severities = { mock: 'fail', any: 'fail', live: 'fail' };
/** WARN everywhere. */
export const WARNED: Severities = { mock: 'warn', any: 'warn', live: 'warn' };
/** Only observed. */
export const OBSERVED: Severities = { mock: 'info', any: 'info', live: 'info' };
/** FAIL for the mock, observed for servers of other stacks. */
export const MOCK_ONLY: Severities = { mock: 'fail', any: 'info', live: 'info' };

const EVERYWHERE_AREAS: readonly Category[] = ['auth', 'schema', 'pagination', 'errors'];

/** What a case says beyond its id; the rest follows from its area. */
export interface CaseParts extends Pick<ContractCase, 'title' | 'basis' | 'probes' | 'advice' | 'judge'> {
  readonly severity?: Severities;
  readonly precondition?: string;
  readonly examinesSessions?: boolean;
}

/** A case; severity as the area has it unless said otherwise. */
export function defineCase(id: `${Category}/${string}`, parts: CaseParts): ContractCase {
  // The id's type guarantees that it begins with a category and a slash.
  const category = id.slice(0, id.indexOf('/')) as Category;
  const ordinary = EVERYWHERE_AREAS.includes(category) ? EVERYWHERE : ORDINARY;
  return { id, category, severity: ordinary, examinesSessions: false, ...parts };
}

/** A verdict without subjects, and why. */
export function nothing(reason: string): Verdict {
  return { subjects: 0, findings: [], reason };
}
