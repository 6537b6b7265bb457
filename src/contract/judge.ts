import type { ContractCase, Finding, Verdict } from './case.ts';
import { curlLine } from './curl.ts';
import type { Outcome, OutcomeStatus, ReportedFinding } from './outcome.ts';
import type { RunView } from './run-view.ts';

const MAX_FINDINGS = 10;
const MAX_CHANGES = 100;

/** Where the judged exchanges came from. */
export interface JudgeContext {
  readonly view: RunView;
  readonly baseUrl: string;
}

/** Judges one case. A judge that throws is a bug of the suite and gives an `error`. */
export function judgeCase(subject: ContractCase, context: JudgeContext): Outcome {
  try {
    return toOutcome(subject, subject.judge(context.view), context);
  } catch (error) {
    const reason = `bug in the suite: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    return { ...blankOutcome(subject), status: 'error', reason };
  }
}

/** The outcome of a case that was not judged. */
export function skipCase(subject: ContractCase, reason: string): Outcome {
  return { ...blankOutcome(subject), status: 'skip', reason };
}

function blankOutcome(subject: ContractCase): Omit<Outcome, 'status'> {
  const { id, category, title, basis, advice } = subject;
  const kind = category === 'drift' ? 'drift' : 'contract';
  return { id, category, kind, title, basis, advice, subjects: 0, findings: [], findingCount: 0 };
}

function toOutcome(subject: ContractCase, verdict: Verdict, context: JudgeContext): Outcome {
  const { subjects, findings, observed, reason, patch } = verdict;
  return {
    ...blankOutcome(subject),
    status: statusOf(subject, verdict, context.view),
    subjects,
    findings: findings.slice(0, MAX_FINDINGS).map((finding) => reportFinding(finding, context)),
    findingCount: findings.length,
    ...(observed === undefined ? {} : { observed }),
    ...(reason === undefined ? {} : { reason }),
    ...(patch === undefined || patch.length === 0 ? {} : { patch: patch.slice(0, MAX_CHANGES) }),
  };
}

function statusOf(
  subject: ContractCase,
  { subjects, findings, observed }: Verdict,
  view: RunView,
): OutcomeStatus {
  const severity = subject.severity[view.settings.audience];
  if (findings.length > 0) return severity;
  if (subjects === 0) return 'skip';
  return severity === 'info' && observed !== undefined ? 'info' : 'pass';
}

function reportFinding(
  { expected, got, where, exchange }: Finding,
  { baseUrl }: JudgeContext,
): ReportedFinding {
  return {
    expected,
    got,
    ...(where === undefined ? {} : { where }),
    ...(exchange === undefined ? {} : { probe: exchange.probe, curl: curlLine(baseUrl, exchange.request) }),
  };
}
