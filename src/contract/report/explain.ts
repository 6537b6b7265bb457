import type { ContractCase } from '../case.ts';
import { leftOutNotes, type Plan } from '../plan.ts';
import type { Probe } from '../probe.ts';

/** One line for each case: severities for mock, any and live, and what it says. */
export function formatCaseList(cases: readonly ContractCase[]): string {
  const width = Math.max(0, ...cases.map(({ id }) => id.length));
  const lines = cases.map(({ id, severity, title }) => {
    const marks = [severity.mock, severity.any, severity.live]
      .map((name) => name.slice(0, 1).toUpperCase())
      .join('/');
    return `${id.padEnd(width)}  ${marks}  ${title}`;
  });
  return `${lines.join('\n')}\n`;
}

/** Everything there is to know about one case. */
export function formatExplanation(subject: ContractCase, probes: readonly Probe[]): string {
  const { id, title, basis, severity, precondition, advice } = subject;
  const asked = subject.probes === 'all' ? [] : probes.filter((probe) => subject.probes.includes(probe.id));
  const lines = [
    id,
    `  ${title}`,
    '',
    `  on failure   mock ${severity.mock}, any ${severity.any}, live ${severity.live}`,
    ...(precondition === undefined ? [] : [`  needs        ${precondition}`]),
    `  likely cause ${advice}`,
    ...basis.map((text, at) => `  ${at === 0 ? 'basis       ' : '            '} ${text}`),
    '',
    subject.probes === 'all' ? '  looks at every answer of the run' : '  looks at',
    ...asked.map(
      (probe) =>
        `    ${probe.id}  ${probe.template}${probe.live ? '' : '  (never sent to the live service)'}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

/** What a run would send: nothing is sent. */
export function formatPlan(plan: Plan, { isCareful }: { readonly isCareful: boolean }): string {
  const width = Math.max(0, ...plan.probes.map(({ id }) => id.length));
  const lines = plan.probes.map(
    ({ id, bound, template }) => `${String(bound).padStart(3)}  ${id.padEnd(width)}  ${template}`,
  );
  const manners =
    'every request without bounds of time gets a closed window in the past; one without an ordinary limit an empty one';
  const notes = [
    `${String(plan.maxRequests).padStart(3)}  at most, for ${plan.cases.length} cases`,
    ...leftOutNotes(plan),
    ...(isCareful ? [manners] : []),
  ];
  return `${[...lines, ...notes].join('\n')}\n`;
}
