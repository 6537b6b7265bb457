import { type ContractReport, countStatuses, type Outcome, type OutcomeStatus } from '../outcome.ts';

/** How a pretty report looks. */
export interface PrettyOptions {
  /** ANSI colours. Default false. */
  readonly colour?: boolean;
  /** Also lists what passed and what was skipped. Default false. */
  readonly verbose?: boolean;
}

const COLOURS: Readonly<Record<OutcomeStatus, number>> = {
  pass: 32,
  fail: 31,
  warn: 33,
  info: 36,
  skip: 90,
  error: 31,
  known: 35,
  stale: 31,
};

const ALWAYS_SHOWN: readonly OutcomeStatus[] = ['fail', 'stale', 'error', 'warn', 'known'];
const MAX_SHOWN_FINDINGS = 3;

/** The report for a person at a terminal: what is broken, where, why, and how to see it again. */
export function formatPretty(report: ContractReport, options: PrettyOptions = {}): string {
  const shown = report.outcomes.filter(
    ({ status }) => options.verbose === true || ALWAYS_SHOWN.includes(status),
  );
  const parts = [
    `${report.target} judged as ${report.audience}: ${report.requests} requests in ${(report.durationMs / 1000).toFixed(1)} s`,
    ...report.notes.map((note) => `note: ${note}`),
    ...ALWAYS_SHOWN.concat('info', 'pass', 'skip').flatMap((status) =>
      shown.filter((outcome) => outcome.status === status).map((outcome) => formatOutcome(outcome, options)),
    ),
    ...(options.verbose === true ? [] : [formatObservations(report)].filter((text) => text !== '')),
    formatPatch(report),
    formatSummary(report),
  ];
  return `${parts.filter((part) => part !== '').join('\n')}\n`;
}

function formatOutcome(outcome: Outcome, { colour = false }: PrettyOptions): string {
  const label = outcome.status.toUpperCase().padEnd(5);
  const painted = colour ? `\u001b[${COLOURS[outcome.status]}m${label}\u001b[0m` : label;
  const subjects = outcome.subjects === 0 ? '' : ` (${outcome.subjects} examined)`;
  const head = `${painted} ${outcome.id}  ${outcome.title}${subjects}`;
  const reason = outcome.reason === undefined || outcome.status === 'pass' ? [] : [`      ${outcome.reason}`];
  const observed =
    outcome.observed === undefined || outcome.findings.length > 0
      ? []
      : [`      observed: ${outcome.observed}`];
  return [head, ...reason, ...observed, ...formatFindings(outcome)].join('\n');
}

function formatFindings({ findings, findingCount, advice, basis }: Outcome): string[] {
  if (findings.length === 0) return [];
  const shown = findings
    .slice(0, MAX_SHOWN_FINDINGS)
    .flatMap(({ expected, got, where, curl }) => [
      `      expected ${expected}`,
      `      got      ${got}`,
      ...(where === undefined ? [] : [`      where    ${where}`]),
      ...(curl === undefined ? [] : [`      try      ${curl}`]),
    ]);
  const more =
    findingCount > MAX_SHOWN_FINDINGS ? [`      … and ${findingCount - MAX_SHOWN_FINDINGS} more`] : [];
  return [...shown, ...more, `      cause    ${advice}`, `      basis    ${basis[0] ?? ''}`];
}

function formatObservations({ outcomes }: ContractReport): string {
  const observed = outcomes.filter(({ status }) => status === 'info');
  return observed.map(({ id, observed: text }) => `info  ${id}: ${text ?? 'differs'}`).join('\n');
}

function formatPatch({ outcomes }: ContractReport): string {
  const changes = outcomes.flatMap(({ patch = [] }) => patch);
  if (changes.length === 0) return '';
  return [
    'proposed changes of openapi.yaml:',
    ...changes.map(({ pointer, value }) => `  ${pointer}: ${JSON.stringify(value)}`),
  ].join('\n');
}

function formatSummary(report: ContractReport): string {
  const counts = countStatuses(report);
  const names: readonly OutcomeStatus[] = ['pass', 'fail', 'warn', 'info', 'skip', 'known', 'stale', 'error'];
  const numbers = names
    .filter((name) => counts[name] > 0 || name === 'fail')
    .map((name) => `${counts[name]} ${name}`);
  const end = report.stopped === undefined ? '' : `ended early: ${report.stopped}\n`;
  const nothing = report.exitCode === 5 ? 'nothing was verified: there were no sessions to examine\n' : '';
  return `${end}${nothing}${numbers.join(', ')} (exit ${report.exitCode})`;
}
