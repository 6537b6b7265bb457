import {
  type ContractCase,
  defineCase,
  type Finding,
  OBSERVED,
  type Severities,
  type Verdict,
} from '../case.ts';
import { pageOf, type RunView } from '../run-view.ts';

const FAILS: Severities = { mock: 'fail', any: 'fail', live: 'fail' };

/** The smallest time that this share of the sorted times does not exceed. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

function pageTimes(view: RunView): number[] {
  return view
    .all()
    .filter((exchange) => pageOf(exchange) !== undefined)
    .map(({ elapsedMs }) => elapsedMs)
    .sort((a, b) => a - b);
}

function describeTimes(times: readonly number[]): string {
  return `p50 ${Math.round(percentile(times, 0.5))} ms, p95 ${Math.round(percentile(times, 0.95))} ms over ${times.length} pages`;
}

function judgeObserved(view: RunView): Verdict {
  const times = pageTimes(view);
  return { subjects: times.length, findings: [], observed: describeTimes(times) };
}

function judgeBar(view: RunView): Verdict {
  const { maxP95Ms } = view.settings;
  const times = pageTimes(view);
  if (maxP95Ms === undefined) return { subjects: 0, findings: [], reason: 'no bar was given (--max-p95)' };
  const p95 = percentile(times, 0.95);
  const findings =
    p95 <= maxP95Ms ? [] : [{ expected: `p95 of at most ${maxP95Ms} ms`, got: describeTimes(times) }];
  return { subjects: times.length, findings };
}

function judgeManners(view: RunView): Verdict {
  const limited = view.all().filter(({ answer }) => answer?.status === 429);
  const findings = limited.flatMap((exchange): Finding[] => {
    const value = exchange.answer?.headers['retry-after'];
    const isUseful = value !== undefined && (/^\d+$/.test(value) || !Number.isNaN(Date.parse(value)));
    return isUseful || exchange.probe === 'body/oversize'
      ? []
      : [{ expected: 'a Retry-After', got: value ?? 'none', where: 'Retry-After', exchange }];
  });
  return { subjects: limited.length, findings, reason: 'no 429 was seen' };
}

/** Times, which only fail where a bar is given. */
export const PERFORMANCE_CASES: readonly ContractCase[] = [
  defineCase('performance/observed', {
    title: 'How long pages take',
    basis: ['heuristic: none'],
    severity: OBSERVED,
    probes: 'all',
    advice: 'An observation.',
    judge: judgeObserved,
  }),
  defineCase('performance/p95', {
    title: 'The 95th percentile of pages is within the bar',
    basis: ['heuristic: --max-p95'],
    severity: FAILS,
    probes: 'all',
    precondition: '--max-p95 is given',
    advice: 'Slower than the bar that was set for this run.',
    judge: judgeBar,
  }),
  defineCase('performance/rate-limit-manners', {
    title: 'A 429 says when to come back',
    basis: [
      '#/components/responses/ResourceExhausted/**',
      '#/components/headers/RetryAfter/**',
      '#/paths/*/*/responses/429',
    ],
    severity: { mock: 'fail', any: 'warn', live: 'warn' },
    probes: 'all',
    precondition: 'a 429 was seen',
    advice: 'Without Retry-After clients come back at once.',
    judge: judgeManners,
  }),
];
