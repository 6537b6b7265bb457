import type { ContractReport, Outcome } from '../outcome.ts';

const BROKEN: readonly Outcome['status'][] = ['fail', 'stale'];

/** The report as JUnit XML: one test case for each case, its area as the class. */
export function formatJunit(report: ContractReport): string {
  const count = (...statuses: readonly Outcome['status'][]): number =>
    report.outcomes.filter(({ status }) => statuses.includes(status)).length;
  const attributes = [
    'name="formal-mock contract"',
    `tests="${report.outcomes.length}"`,
    `failures="${count(...BROKEN)}"`,
    `errors="${count('error')}"`,
    `skipped="${count('skip', 'known')}"`,
    `time="${(report.durationMs / 1000).toFixed(3)}"`,
    `timestamp="${report.startedAt.slice(0, 19)}"`,
  ].join(' ');
  const cases = report.outcomes.map(formatCase).join('');
  const stopped =
    report.stopped === undefined ? '' : `    <system-err>${escapeXml(report.stopped)}</system-err>\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n  <testsuite ${attributes}>\n${cases}${stopped}  </testsuite>\n</testsuites>\n`;
}

function formatCase(outcome: Outcome): string {
  const head = `    <testcase classname="contract.${outcome.category}" name="${escapeXml(`${outcome.id}: ${outcome.title}`)}"`;
  const inner = formatResult(outcome);
  return inner === '' ? `${head}/>\n` : `${head}>\n${inner}    </testcase>\n`;
}

function formatResult(outcome: Outcome): string {
  const text = escapeXml(describe(outcome));
  switch (outcome.status) {
    case 'fail':
    case 'stale':
      return `      <failure message="${escapeXml(firstLine(outcome))}">${text}</failure>\n`;
    case 'error':
      return `      <error message="bug in the suite">${text}</error>\n`;
    case 'skip':
    case 'known':
      return `      <skipped message="${escapeXml(outcome.reason ?? outcome.status)}"/>\n`;
    case 'warn':
    case 'info':
      return text === '' ? '' : `      <system-out>${outcome.status}: ${text}</system-out>\n`;
    case 'pass':
      return '';
    default:
      return outcome.status satisfies never;
  }
}

function firstLine({ findings, reason }: Outcome): string {
  const [first] = findings;
  return first === undefined ? (reason ?? '') : `expected ${first.expected}, got ${first.got}`;
}

function describe({ findings, observed, reason, advice }: Outcome): string {
  const lines = findings.flatMap(({ expected, got, where, curl }) => [
    `expected ${expected}, got ${got}${where === undefined ? '' : ` at ${where}`}`,
    ...(curl === undefined ? [] : [curl]),
  ]);
  if (findings.length > 0) lines.push(`cause: ${advice}`);
  return [
    ...lines,
    ...(observed === undefined ? [] : [observed]),
    ...(reason === undefined ? [] : [reason]),
  ].join('\n');
}

/** Text for XML 1.0: markup escaped, characters that XML cannot hold replaced. */
export function escapeXml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
}
