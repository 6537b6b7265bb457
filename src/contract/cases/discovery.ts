import { type ContractCase, defineCase, OBSERVED, type Verdict } from '../case.ts';
import { describeAnswer } from '../expectations.ts';
import { QUESTIONS } from '../probes/discovery.ts';
import type { RunView } from '../run-view.ts';

function judgeDiscovery(view: RunView): Verdict {
  const answers = QUESTIONS.flatMap(({ id, shown }) => {
    const [exchange] = view.exchanges(id);
    return exchange === undefined ? [] : [`${shown} -> ${describeAnswer(exchange)}`];
  });
  return {
    subjects: answers.length,
    findings: [],
    observed: answers.join('; '),
    reason: 'only asked with --deep',
  };
}

/** What the query language of this server does where nothing says what it should do. */
export const DISCOVERY_CASES: readonly ContractCase[] = [
  defineCase('query/discovery', {
    title: 'How this server reads queries, sorts and times that nobody documents',
    basis: ['#/components/schemas/ListSessionsV2Request/properties/query/**', 'heuristic: none'],
    severity: OBSERVED,
    probes: QUESTIONS.map(({ id }) => id),
    precondition: '--deep, which `learn` implies',
    advice: 'An observation: each line tells two readings of the query language apart.',
    judge: judgeDiscovery,
  }),
];
