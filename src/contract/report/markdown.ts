import { type ContractReport, countStatuses, type Outcome } from '../outcome.ts';

const SHOWN: readonly Outcome['status'][] = ['fail', 'stale', 'error', 'warn', 'known', 'info'];

/** The report as Markdown, for job summaries and issues. */
export function formatMarkdown(report: ContractReport): string {
  const counts = countStatuses(report);
  const rows = SHOWN.flatMap((status) => report.outcomes.filter((outcome) => outcome.status === status)).map(
    formatRow,
  );
  const table =
    rows.length === 0
      ? ['Nothing to report.']
      : ['| status | case | what | how to see it |', '|---|---|---|---|', ...rows];
  const stopped = report.stopped === undefined ? [] : ['', `Ended early: ${escapeCell(report.stopped)}`];
  return [
    `## Contract of ${escapeCell(report.target)}`,
    '',
    `Judged as \`${report.audience}\` with ${report.requests} requests: ${counts.pass} pass, ${counts.fail} fail, ${counts.warn} warn, ${counts.skip} skip (exit ${report.exitCode}).`,
    ...stopped,
    '',
    ...table,
    '',
  ].join('\n');
}

function formatRow({ status, id, findings, observed, reason }: Outcome): string {
  const [first] = findings;
  const what =
    first === undefined
      ? (observed ?? reason ?? '')
      : `expected ${first.expected}, got ${first.got}${first.where === undefined ? '' : ` at ${first.where}`}`;
  const how = first?.curl === undefined ? '' : codeSpan(first.curl);
  return `| ${status} | ${id} | ${escapeCell(what)} | ${how} |`;
}

function escapeCell(text: string): string {
  return text.replace(/[\\`*_{}[\]<>|]/g, '\\$&').replace(/\s+/g, ' ');
}

/** A code span that may hold any text: its fence is longer than any run of backticks inside. */
function codeSpan(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  return `${fence} ${text.replace(/\s+/g, ' ').replace(/\|/g, '\\|')} ${fence}`;
}
