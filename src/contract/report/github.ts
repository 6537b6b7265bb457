import type { ContractReport, Outcome } from '../outcome.ts';

const COMMANDS: Readonly<Partial<Record<Outcome['status'], string>>> = {
  fail: 'error',
  stale: 'error',
  error: 'error',
  warn: 'warning',
};

/** Annotations for GitHub Actions: one line for each outcome that needs attention. */
export function formatGithub(report: ContractReport): string {
  const lines = report.outcomes.flatMap((outcome) => {
    const command = COMMANDS[outcome.status];
    return command === undefined
      ? []
      : [`::${command} title=${escapeProperty(`contract ${outcome.id}`)}::${escapeData(describe(outcome))}`];
  });
  const stopped =
    report.stopped === undefined
      ? []
      : [`::error title=contract::${escapeData(`ended early: ${report.stopped}`)}`];
  return [...lines, ...stopped].map((line) => `${line}\n`).join('');
}

function describe({ title, findings, reason }: Outcome): string {
  const shown = findings
    .slice(0, 3)
    .flatMap(({ expected, got, where, curl }) => [
      `expected ${expected}, got ${got}${where === undefined ? '' : ` at ${where}`}`,
      ...(curl === undefined ? [] : [curl]),
    ]);
  return [title, ...shown, ...(reason === undefined ? [] : [reason])].join('\n');
}

function escapeData(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
