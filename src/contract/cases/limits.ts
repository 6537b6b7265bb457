import { type ContractCase, defineCase, type Finding, nothing, OBSERVED, type Verdict } from '../case.ts';
import {
  count,
  describeAnswer,
  joinVerdicts,
  judgeAccepted,
  judgeRefusals,
  reactionOf,
} from '../expectations.ts';
import { sentMessage } from '../learn/window.ts';
import { pageOf, type RunView, sessionsOf } from '../run-view.ts';

const LIMIT = '#/components/schemas/ListSessionsV2Request/properties/limit';
const CONTROL = 'preflight/accepted';
const CODES = ['invalid_argument', 'out_of_range'];

interface RefusedLimit {
  readonly id: `limits/${string}`;
  readonly probes: readonly string[];
  readonly title: string;
  readonly basis: readonly string[];
  readonly advice: string;
}

function refusedLimit({ id, probes, ...rest }: RefusedLimit): ContractCase {
  return defineCase(id, {
    ...rest,
    probes: [CONTROL, ...probes],
    judge: (view) =>
      judgeRefusals(
        view,
        probes
          .filter((probe) => view.exchanges(probe).length > 0)
          .map((probe) => ({ probe, control: CONTROL, statuses: [400], codes: CODES })),
      ),
  });
}

/** A page of at most so many sessions, and not fewer where so many are known to be there. */
function judgeLimited(view: RunView, probe: string, limit: number): Verdict {
  const [exchange] = view.exchanges(probe);
  const accepted = judgeAccepted(view, probe);
  if (exchange === undefined || accepted.findings.length > 0) return accepted;
  const { length } = sessionsOf(exchange);
  const known = sessionsOf(view.exchanges('page/first')[0]).length;
  const expected = Math.min(limit, known);
  const isRight = length <= limit && length >= expected;
  return {
    subjects: 1,
    findings: isRight
      ? []
      : [{ expected: count(expected, 'session'), got: String(length), where: '/sessions', exchange }],
  };
}

/** Sent with a larger limit than every other probe with data; never on the live service. */
function judgeFloat(view: RunView): Verdict {
  const [exchange] = view.exchanges('limits/float');
  if (exchange === undefined) return nothing('limits/float was not sent');
  return judgeLimited(view, 'limits/float', Number(sentMessage(exchange)['limit']));
}

function judgeZero(view: RunView): Verdict {
  const [absent] = view.exchanges('limits/absent');
  if (absent === undefined) return nothing('not sent');
  const others = view.exchanges('limits/zero');
  const findings = others.flatMap((exchange): Finding[] => {
    // On the live service limit 0 goes into an empty window, so only the reactions can be compared.
    const isSameWindow = sentMessage(exchange)['startTimestamp'] === sentMessage(absent)['startTimestamp'];
    const isEqual =
      reactionOf(exchange) === reactionOf(absent) &&
      (!isSameWindow || sessionsOf(exchange).length === sessionsOf(absent).length);
    return isEqual
      ? []
      : [
          {
            expected: `as without a limit: ${describeAnswer(absent)}`,
            got: describeAnswer(exchange),
            exchange,
          },
        ];
  });
  return { subjects: others.length, findings };
}

function judgeAbsent(view: RunView): Verdict {
  const [exchange] = view.exchanges('limits/absent');
  if (exchange === undefined) return nothing('not sent');
  const reaction = reactionOf(exchange);
  const findings =
    reaction === undefined ? [{ expected: 'a page, or 400', got: describeAnswer(exchange), exchange }] : [];
  return { subjects: 1, findings, observed: `an absent limit gets ${describeAnswer(exchange)}` };
}

function judgeHonoured(view: RunView): Verdict {
  const known = sessionsOf(view.exchanges('page/first')[0]).length;
  if (known === 0) return nothing('there are no sessions');
  const one = judgeLimited(view, CONTROL, 1);
  // That a text is no limit here is the finding of another case.
  if (pageOf(view.exchanges('limits/text')[0]) === undefined) return one;
  return joinVerdicts([one, judgeLimited(view, 'limits/text', 2)]);
}

/** The one number of the request. */
export const LIMIT_CASES: readonly ContractCase[] = [
  defineCase('limits/absent', {
    title: 'What a request without a limit gets: a page or a refusal',
    basis: [`${LIMIT}/default`, `${LIMIT}/minimum`],
    probes: ['limits/absent'],
    advice: 'Both are right: the sample has none, the generated validation refuses it. A 5xx is not.',
    judge: judgeAbsent,
  }),
  defineCase('limits/absent-observed', {
    title: 'How a request without a limit is answered here',
    basis: [`${LIMIT}/default`],
    severity: OBSERVED,
    probes: ['limits/absent'],
    advice: 'An observation; a profile makes the mock do the same.',
    judge: (view) => ({ ...judgeAbsent(view), findings: [] }),
  }),
  defineCase('limits/zero-equals-absent', {
    title: 'Limit 0 is the same as no limit',
    basis: [`${LIMIT}/minimum`, 'proto3-json: implicit presence'],
    probes: ['limits/absent', 'limits/zero'],
    advice: 'In proto3 an int32 has no presence, so the two are one case.',
    judge: judgeZero,
  }),
  refusedLimit({
    id: 'limits/negative',
    probes: ['limits/negative'],
    title: 'A negative limit is refused with 400',
    basis: [`${LIMIT}/minimum`],
    advice: 'The rule is limit > 0.',
  }),
  refusedLimit({
    id: 'limits/above-maximum',
    probes: ['limits/above'],
    title: 'A limit above the maximum is refused with 400',
    basis: [`${LIMIT}/maximum`],
    advice:
      'The rule is limit <= the maximum; cutting it silently makes clients believe they have everything.',
  }),
  refusedLimit({
    id: 'limits/too-wide',
    probes: ['limits/too-wide'],
    title: 'A limit of 2^31 is refused with 400',
    basis: [`${LIMIT}/format`, 'proto3-json: int32'],
    advice: 'The number does not fit an int32.',
  }),
  refusedLimit({
    id: 'limits/fraction',
    probes: ['limits/fraction'],
    title: 'A limit of 1.5 is refused with 400',
    basis: [`${LIMIT}/type`, 'proto3-json: int32'],
    advice: 'Numbers are rounded silently.',
  }),
  refusedLimit({
    id: 'limits/wrong-type',
    probes: ['limits/boolean', 'limits/array', 'limits/word', 'limits/empty-text'],
    title: 'A limit that is no number is refused with 400',
    basis: [`${LIMIT}/type`, 'proto3-json: int32'],
    advice: 'Types are coerced silently.',
  }),
  defineCase('limits/number-spellings', {
    title: 'A limit of "2" is the limit 2, and one of 100.0 is the limit 100',
    basis: [`${LIMIT}/type`, 'proto3-json: int32 accepts numbers and texts'],
    probes: ['page/first', 'limits/text', 'limits/float'],
    advice: 'Proto3 JSON accepts both; generated clients of some languages send texts.',
    judge: (view) => joinVerdicts([judgeLimited(view, 'limits/text', 2), judgeFloat(view)]),
  }),
  defineCase('limits/maximum-accepted', {
    title: 'The maximum itself is accepted',
    basis: [`${LIMIT}/maximum`],
    probes: ['page/empty'],
    advice: 'Off by one in the rule, or another maximum than documented.',
    judge: (view) => judgeAccepted(view, 'page/empty'),
  }),
  defineCase('limits/honoured', {
    title: 'A page has as many sessions as asked for, when there are that many',
    basis: [`${LIMIT}/description`],
    probes: [CONTROL, 'page/first', 'limits/text'],
    examinesSessions: true,
    precondition: 'there are sessions',
    advice: 'The limit is off by one.',
    judge: (view) =>
      pageOf(view.exchanges('page/first')[0]) === undefined
        ? nothing('there is no first page')
        : judgeHonoured(view),
  }),
];
