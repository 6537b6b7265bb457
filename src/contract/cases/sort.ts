import { type ContractCase, defineCase, type Finding, MOCK_ONLY, nothing, type Verdict } from '../case.ts';
import { describeAnswer, judgeSurvived } from '../expectations.ts';
import { idSet, isSameSet } from '../learn/query.ts';
import { acceptsSort, sortSpelling, sortTrials, timeOrder } from '../learn/sort.ts';
import { isWindowComplete, windowSessions } from '../learn/window.ts';
import { pageOf, type RunView, sessionsOf, startOf } from '../run-view.ts';
import { sameValue } from '../same-value.ts';

const SORT = ['#/components/schemas/ListSessionsV2Request/properties/sortBy/**'];
const PLAIN = ['page/first', 'page/window', 'walk/small'];

function judgeDefaultMonotone(view: RunView): Verdict {
  const pages = PLAIN.flatMap((probe) => view.exchanges(probe)).filter(
    (exchange) => timeOrder(sessionsOf(exchange)) !== 'flat',
  );
  const findings = pages.flatMap((exchange): Finding[] =>
    timeOrder(sessionsOf(exchange)) === 'mixed'
      ? [
          {
            expected: 'starts in one direction',
            got: 'a mixed order',
            where: '/sessions/*/startTime',
            exchange,
          },
        ]
      : [],
  );
  return { subjects: pages.length, findings };
}

function judgeNewestFirst(view: RunView): Verdict {
  const pages = PLAIN.flatMap((probe) => view.exchanges(probe)).filter(
    (exchange) => timeOrder(sessionsOf(exchange)) !== 'flat',
  );
  const orders = new Set(pages.map((exchange) => timeOrder(sessionsOf(exchange))));
  const wrong = pages.find((exchange) => timeOrder(sessionsOf(exchange)) !== 'descending');
  const findings =
    wrong === undefined
      ? []
      : [
          {
            expected: 'newest first',
            got: timeOrder(sessionsOf(wrong)),
            where: '/sessions/*/startTime',
            exchange: wrong,
          },
        ];
  return { subjects: pages.length, findings, observed: `default order: ${[...orders].join(', ')}` };
}

/** The newest and the oldest start come first, and both pages are the same sessions the other way round. */
function judgeOpposite(view: RunView): Verdict {
  const whole = windowSessions(view);
  if (timeOrder(whole) === 'flat') return nothing('fewer than two different starts in the window');
  if (!acceptsSort(view)) return nothing('no spelling of sortBy was accepted');
  const up = sortTrials(view).find(({ sortBy }) => sortBy === sortSpelling(view, 'ascending'));
  const down = sortTrials(view).find(({ sortBy }) => sortBy === sortSpelling(view, 'descending'));
  if (up === undefined || down === undefined) {
    const exchange = sortTrials(view).find((trial) => pageOf(trial.exchange) !== undefined)?.exchange;
    const finding = {
      expected: 'one spelling for oldest first and one for newest first',
      got: 'the same order for every spelling that was accepted',
      where: '/sessions/*/startTime',
    };
    return { subjects: 1, findings: [exchange === undefined ? finding : { ...finding, exchange }] };
  }
  return { subjects: whole.length, findings: oppositeFindings(view, up, down) };
}

type Trial = ReturnType<typeof sortTrials>[number];

function oppositeFindings(view: RunView, up: Trial, down: Trial): Finding[] {
  if (!isWindowComplete(view)) return [];
  const upwards = sessionsOf(up.exchange).map(startOf);
  const downwards = sessionsOf(down.exchange).map(startOf);
  const isMirrored = sameValue(upwards, downwards.toReversed());
  const isSame = isSameSet(idSet(sessionsOf(up.exchange)), idSet(windowSessions(view)));
  if (isMirrored && isSame) return [];
  return [
    {
      expected: `the sessions of the window, oldest first with ${up.sortBy}, newest first with ${down.sortBy}`,
      got: isSame ? 'orders that do not mirror each other' : 'other sessions',
      where: '/sessions',
      exchange: up.exchange,
    },
  ];
}

function judgeSpelling(view: RunView): Verdict {
  const up = sortSpelling(view, 'ascending');
  const down = sortSpelling(view, 'descending');
  const [trial] = sortTrials(view);
  if (trial === undefined || timeOrder(windowSessions(view)) === 'flat')
    return nothing('fewer than two different starts in the window');
  const right = {
    up: view.settings.profile?.sortAscending ?? '-start_time',
    down: view.settings.profile?.sortDescending ?? 'start_time',
  };
  const observed = `oldest first: ${up ?? 'unknown'}; newest first: ${down ?? 'unknown'}`;
  const findings =
    up === right.up && down === right.down
      ? []
      : [
          {
            expected: `oldest first: ${right.up}; newest first: ${right.down}`,
            got: observed,
            exchange: trial.exchange,
          },
        ];
  return { subjects: 1, findings, observed };
}

function judgeUnknownRefused(view: RunView): Verdict {
  const [exchange] = view.exchanges('sort/unknown');
  if (exchange === undefined) return nothing('not sent');
  const isRefused = exchange.answer?.status === 400;
  return {
    subjects: 1,
    findings: isRefused ? [] : [{ expected: '400', got: describeAnswer(exchange), exchange }],
    observed: `an unknown sort key gets ${describeAnswer(exchange)}`,
  };
}

/** The order of pages. */
export const SORT_CASES: readonly ContractCase[] = [
  defineCase('sort/default-monotone', {
    title: 'Without sortBy, starts run in one direction',
    basis: SORT,
    probes: PLAIN,
    examinesSessions: true,
    precondition: 'two different starts on a page',
    advice: 'The order is that of storage, so pages cannot be trusted.',
    judge: judgeDefaultMonotone,
  }),
  defineCase('sort/newest-first', {
    title: 'Without sortBy, the newest session comes first',
    basis: SORT,
    severity: MOCK_ONLY,
    probes: PLAIN,
    examinesSessions: true,
    precondition: 'two different starts on a page',
    advice: 'Seen on the real service, documented nowhere.',
    judge: judgeNewestFirst,
  }),
  defineCase('sort/directions-opposite', {
    title: 'Sorting by start in both directions gives mirrored pages',
    basis: SORT,
    probes: ['page/window', 'sort/learn'],
    examinesSessions: true,
    precondition: 'two different starts, and some spelling of sortBy is accepted',
    advice: 'sortBy is ignored, or its direction is.',
    judge: judgeOpposite,
  }),
  defineCase('sort/spelling', {
    title: 'A bare sort key is newest first, one with a minus is oldest first',
    basis: [...SORT, 'heuristic: Quickwit sorts this way'],
    severity: MOCK_ONLY,
    probes: ['page/window', 'sort/learn'],
    examinesSessions: true,
    precondition: 'two different starts in the window',
    advice: 'Undocumented; the mock follows Quickwit.',
    judge: judgeSpelling,
  }),
  defineCase('sort/unknown-key-refused', {
    title: 'An unknown sort key is refused with 400',
    basis: SORT,
    severity: MOCK_ONLY,
    probes: ['sort/unknown'],
    advice: 'Ignoring it gives an order that was not asked for.',
    judge: judgeUnknownRefused,
  }),
  defineCase('sort/unknown-key-survived', {
    title: 'An unknown sort key gives no server error',
    basis: SORT,
    probes: ['sort/unknown'],
    advice: 'The key reaches the database unchecked.',
    judge: (view) => judgeSurvived(view, 'sort/unknown'),
  }),
];
