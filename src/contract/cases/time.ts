import {
  type ContractCase,
  defineCase,
  type Finding,
  MOCK_ONLY,
  nothing,
  type Severities,
  type Verdict,
} from '../case.ts';
import type { Exchange } from '../exchange.ts';
import { describeAnswer, joinVerdicts, judgeSurvived, reactionOf } from '../expectations.ts';
import { idSet, isSameSet } from '../learn/query.ts';
import { boundMeaning } from '../learn/time.ts';
import {
  chosenWindow,
  isWindowComplete,
  sentMessage,
  windowExchange,
  windowSessions,
} from '../learn/window.ts';
import { instantOf, pageOf, type RunView, sessionsOf, startOf } from '../run-view.ts';

const START = ['#/components/schemas/ListSessionsV2Request/properties/startTimestamp/**'];
const END = ['#/components/schemas/ListSessionsV2Request/properties/endTimestamp/**'];
const BOTH = [...START, ...END];
const MALFORMED = ['time/malformed', 'time/malformed-end'];
const SLACK_MS = 1;

/** Sessions of an answer that lie outside the window its request named. */
function outside(exchange: Exchange): number {
  const message = sentMessage(exchange);
  const from = instantOf(message['startTimestamp'] ?? message['start_timestamp']) ?? -Infinity;
  const to = instantOf(message['endTimestamp'] ?? message['end_timestamp']) ?? Infinity;
  const starts = sessionsOf(exchange)
    .map(startOf)
    .filter((ms) => ms !== undefined);
  return starts.filter((ms) => ms < from - SLACK_MS || ms > to + SLACK_MS).length;
}

function windowFindings(exchanges: readonly Exchange[]): Finding[] {
  return exchanges.flatMap((exchange): Finding[] => {
    if (pageOf(exchange) === undefined)
      return [{ expected: 'a page', got: describeAnswer(exchange), exchange }];
    const strays = outside(exchange);
    return strays === 0
      ? []
      : [
          {
            expected: 'sessions that start inside the window',
            got: `${strays} outside`,
            where: '/sessions/*/startTime',
            exchange,
          },
        ];
  });
}

function judgeWindow(view: RunView): Verdict {
  const exchanges = ['page/window', 'page/empty', 'time/older-half', 'time/newer-half'].flatMap((probe) =>
    view.exchanges(probe),
  );
  const subjects = sessionsOf(view.exchanges('page/first')[0]).length;
  return {
    subjects: subjects === 0 ? 0 : exchanges.length,
    findings: windowFindings(exchanges),
    reason: 'there are no sessions',
  };
}

function judgeBounds(view: RunView): Verdict {
  const exchanges = ['time/start-only', 'time/end-only'].flatMap((probe) => view.exchanges(probe));
  if (exchanges.length === 0) return nothing('fewer than two different starts in the window');
  const findings = windowFindings(exchanges);
  const empty = exchanges.filter(
    (exchange) => pageOf(exchange) !== undefined && sessionsOf(exchange).length === 0,
  );
  const missing = empty.map((exchange) => ({
    expected: 'the sessions on this side of the bound',
    got: 'an empty page',
    where: '/sessions',
    exchange,
  }));
  return { subjects: exchanges.length, findings: [...findings, ...missing] };
}

function judgeSplit(view: RunView): Verdict {
  const [older] = view.exchanges('time/older-half');
  const [newer] = view.exchanges('time/newer-half');
  if (older === undefined || newer === undefined || !isWindowComplete(view))
    return nothing('the window cannot be split');
  const whole = idSet(windowSessions(view));
  const left = idSet(sessionsOf(older));
  const right = idSet(sessionsOf(newer));
  const findings: Finding[] = [];
  const shared = [...left].filter((id) => right.has(id)).length;
  if (shared > 0)
    findings.push({
      expected: 'no session in both halves',
      got: `${shared} in both`,
      where: '/sessions',
      exchange: newer,
    });
  if (!isSameSet(new Set([...left, ...right]), whole)) {
    findings.push({
      expected: `the ${whole.size} sessions of the window`,
      got: `${left.size} and ${right.size} in its halves`,
      where: '/sessions',
      exchange: older,
    });
  }
  return { subjects: whole.size, findings };
}

function judgeInverted(view: RunView): Verdict {
  const [exchange] = view.exchanges('time/inverted');
  if (exchange === undefined) return nothing('there is no window');
  const isRefused = reactionOf(exchange) === 'refused';
  const isEmpty = pageOf(exchange) !== undefined && sessionsOf(exchange).length === 0;
  const findings =
    isRefused || isEmpty
      ? []
      : [{ expected: 'an empty page or 400', got: describeAnswer(exchange), exchange }];
  return { subjects: 1, findings, observed: `an inverted window is ${isRefused ? 'refused' : 'empty'}` };
}

function judgeInvertedChoice(view: RunView): Verdict {
  const [exchange] = view.exchanges('time/inverted');
  if (exchange === undefined) return nothing('there is no window');
  const isEmpty = sessionsOf(exchange).length === 0;
  const reaction = reactionOf(exchange) === 'refused' ? 'refused' : isEmpty ? 'empty' : 'full';
  const right = view.settings.profile?.windowInverted ?? 'empty';
  const findings = reaction === right ? [] : [{ expected: right, got: describeAnswer(exchange), exchange }];
  return { subjects: 1, findings, observed: reaction };
}

function judgeMalformed(view: RunView): Verdict {
  const exchanges = MALFORMED.flatMap((probe) => view.exchanges(probe));
  const [first] = exchanges;
  if (first === undefined) return nothing('not sent');
  const wrong = exchanges.filter(({ answer }) => answer?.status !== 400);
  return {
    subjects: exchanges.length,
    findings: wrong.map((exchange) => ({ expected: '400', got: describeAnswer(exchange), exchange })),
    observed: `a malformed time gets ${describeAnswer(first)}`,
  };
}

function judgeMalformedAlike(view: RunView): Verdict {
  const [start, end] = MALFORMED.map((probe) => view.exchanges(probe)[0]);
  if (start === undefined || end === undefined) return nothing('not sent');
  const findings =
    reactionOf(start) === reactionOf(end)
      ? []
      : [
          {
            expected: `as startTimestamp: ${describeAnswer(start)}`,
            got: describeAnswer(end),
            exchange: end,
          },
        ];
  return { subjects: 2, findings };
}

function judgeOffset(view: RunView): Verdict {
  const [exchange] = view.exchanges('time/offset');
  const whole = windowExchange(view);
  if (exchange === undefined || whole === undefined) return nothing('there is no window');
  if (view.settings.audience !== 'mock' && reactionOf(exchange) === 'refused') {
    return { subjects: 1, findings: [], observed: 'offsets are refused' };
  }
  const isEqual =
    pageOf(exchange) !== undefined && isSameSet(idSet(sessionsOf(exchange)), idSet(sessionsOf(whole)));
  return {
    subjects: 1,
    findings: isEqual
      ? []
      : [
          {
            expected: 'the sessions of the same window in Z',
            got: describeAnswer(exchange),
            where: '/sessions',
            exchange,
          },
        ],
  };
}

function judgeBoundMeaning(view: RunView, side: 'start' | 'end', ours: 'inclusive' | 'exclusive'): Verdict {
  const observed = boundMeaning(view, side);
  const [exchange] = view.exchanges(side === 'start' ? 'time/at-start' : 'time/at-end');
  if (observed === undefined || exchange === undefined)
    return nothing('no session starts exactly at a bound');
  const { profile } = view.settings;
  const right = (side === 'start' ? profile?.windowStart : profile?.windowEnd) ?? ours;
  const findings = observed === right ? [] : [{ expected: right, got: observed, exchange }];
  return { subjects: 1, findings, observed: `${side}Timestamp is ${observed}` };
}

const METAMORPHIC: Severities = { mock: 'fail', any: 'fail', live: 'warn' };

/** Windows of time. */
export const TIME_CASES: readonly ContractCase[] = [
  defineCase('time/window-respected', {
    title: 'A window gives only sessions that start in it',
    basis: BOTH,
    probes: ['page/first', 'page/window', 'page/empty', 'time/older-half', 'time/newer-half'],
    examinesSessions: true,
    precondition: 'there are sessions',
    advice: 'A bound is ignored, or applied to another time than the start.',
    judge: judgeWindow,
  }),
  defineCase('time/each-bound-acts', {
    title: 'startTimestamp and endTimestamp each act alone',
    basis: BOTH,
    probes: ['page/window', 'time/start-only', 'time/end-only'],
    examinesSessions: true,
    precondition: 'two different starts in the window',
    advice: 'A bound is only read when both are there.',
    judge: judgeBounds,
  }),
  defineCase('time/split-partitions', {
    title: 'The halves of a window have all its sessions, each once',
    basis: BOTH,
    severity: METAMORPHIC,
    probes: ['page/window', 'time/older-half', 'time/newer-half'],
    examinesSessions: true,
    precondition: 'two different starts in the window',
    advice: 'Sessions near a bound are lost or doubled; rounding of times is a common reason.',
    judge: judgeSplit,
  }),
  defineCase('time/inverted-window', {
    title: 'A window whose end is before its start has no sessions',
    basis: BOTH,
    probes: ['page/window', 'time/inverted'],
    advice: 'Bounds are swapped silently, or one of them is ignored.',
    judge: judgeInverted,
  }),
  defineCase('time/inverted-window-choice', {
    title: 'An inverted window gives an empty page',
    basis: BOTH,
    severity: MOCK_ONLY,
    probes: ['page/window', 'time/inverted'],
    advice: 'Refusing it is as good; the mock gives an empty page.',
    judge: judgeInvertedChoice,
  }),
  defineCase('time/malformed', {
    title: 'A time that is none is refused with 400',
    basis: BOTH,
    severity: MOCK_ONLY,
    probes: MALFORMED,
    advice: 'Ignoring it answers another question than was asked.',
    judge: judgeMalformed,
  }),
  defineCase('time/malformed-survived', {
    title: 'A time that is none gives no server error',
    basis: BOTH,
    probes: MALFORMED,
    advice: 'A parse error escapes.',
    judge: (view) => joinVerdicts(MALFORMED.map((probe) => judgeSurvived(view, probe))),
  }),
  defineCase('time/malformed-alike', {
    title: 'Both bounds treat a time that is none in the same way',
    basis: BOTH,
    probes: MALFORMED,
    precondition: 'not sent to the live service',
    advice: 'Only one of the bounds is checked; the other is dropped silently.',
    judge: judgeMalformedAlike,
  }),
  defineCase('time/offset-equals-z', {
    title: 'A window written with an offset is the same window',
    basis: BOTH,
    severity: METAMORPHIC,
    probes: ['page/window', 'time/offset'],
    examinesSessions: true,
    precondition: 'there is a window',
    advice: 'The offset is cut off instead of applied, or times are compared as text.',
    judge: (view) => (chosenWindow(view) === undefined ? nothing('there is no window') : judgeOffset(view)),
  }),
  defineCase('time/start-inclusive', {
    title: 'startTimestamp is inclusive',
    basis: START,
    severity: MOCK_ONLY,
    probes: ['page/window', 'time/at-start'],
    examinesSessions: true,
    precondition: 'the window has sessions',
    advice: 'Undocumented; the mock follows Quickwit.',
    judge: (view) => judgeBoundMeaning(view, 'start', 'inclusive'),
  }),
  defineCase('time/end-exclusive', {
    title: 'endTimestamp is exclusive',
    basis: END,
    severity: MOCK_ONLY,
    probes: ['page/window', 'time/at-end'],
    examinesSessions: true,
    precondition: 'the window has sessions',
    advice: 'Undocumented; the mock follows Quickwit.',
    judge: (view) => judgeBoundMeaning(view, 'end', 'exclusive'),
  }),
];
