import { type ContractCase, defineCase, type Finding, MOCK_ONLY, nothing, type Verdict } from '../case.ts';
import { count, describeAnswer } from '../expectations.ts';
import { sentMessage, windowExchange } from '../learn/window.ts';
import { idsOf, metadataOf, nextCursorOf, pageOf, type RunView, sessionsOf } from '../run-view.ts';
import { sameValue } from '../same-value.ts';

const CHAINS = ['walk/small', 'walk/other', 'walk/one', 'walk/tied'];
/** Single pages with a limit; the last has the largest of all. */
const WHOLE_PAGES = ['preflight/accepted', 'page/first', 'page/window', 'page/tied', 'limits/float'];
const NEXT = ['#/components/schemas/ListMetadata/properties/nextCursor/**'];

function judgeExact(view: RunView): Verdict {
  const [exchange] = view.exchanges('page/exact');
  const whole = idsOf(windowExchange(view));
  if (exchange === undefined) return nothing('there is no whole window');
  const isEqual = sameValue(idsOf(exchange), whole);
  return {
    subjects: whole.length,
    findings: isEqual
      ? []
      : [
          {
            expected: `all ${whole.length} sessions`,
            got: describeAnswer(exchange),
            where: '/sessions',
            exchange,
          },
        ],
  };
}

function judgeLastCursor(view: RunView): Verdict {
  const [exchange] = view.exchanges('page/exact');
  if (pageOf(exchange) === undefined || exchange === undefined) return nothing('there is no whole window');
  const hasCursor = nextCursorOf(exchange) !== undefined;
  const findings = hasCursor
    ? [{ expected: 'no nextCursor', got: 'one', where: '/listMetadata/nextCursor', exchange }]
    : [];
  return {
    subjects: 1,
    findings,
    observed: `an exactly full last page has ${hasCursor ? 'a' : 'no'} cursor`,
  };
}

function judgePhantom(view: RunView): Verdict {
  const later = CHAINS.flatMap((probe) => view.exchanges(probe).slice(1));
  const empty = later.filter(
    (exchange) => pageOf(exchange) !== undefined && sessionsOf(exchange).length === 0,
  );
  const findings = empty.slice(0, 1).map((exchange) => ({
    expected: 'sessions, because the page before said that more follow',
    got: 'an empty page',
    where: '/sessions',
    exchange,
  }));
  return {
    subjects: later.length,
    findings,
    observed: empty.length === 0 ? 'no empty page at the end' : 'an empty page at the end',
  };
}

function judgeEmptyResult(view: RunView): Verdict {
  const [exchange] = view.exchanges('page/empty');
  const page = pageOf(exchange);
  if (exchange === undefined || page === undefined)
    return nothing(`the empty window got ${describeAnswer(exchange)}`);
  // A window that is not respected is the finding of another case.
  if (sessionsOf(exchange).length > 0) return nothing('the window of 2001 is not empty');
  const findings: Finding[] = [];
  if ('sessions' in page)
    findings.push({
      expected: 'no sessions member',
      got: view.settings.show(page['sessions']),
      where: '/sessions',
      exchange,
    });
  if ('nextCursor' in metadataOf(exchange))
    findings.push({ expected: 'no nextCursor', got: 'one', where: '/listMetadata/nextCursor', exchange });
  return { subjects: 1, findings };
}

function judgeFullPages(view: RunView): Verdict {
  const probes = [...CHAINS, ...WHOLE_PAGES];
  const pages = probes
    .flatMap((probe) => view.exchanges(probe))
    .filter((exchange) => nextCursorOf(exchange) !== undefined);
  const findings = pages.flatMap((exchange): Finding[] => {
    const limit = Number(sentMessage(exchange)['limit']);
    const { length } = sessionsOf(exchange);
    return length >= limit
      ? []
      : [
          {
            expected: `${count(limit, 'session')}, because more follow`,
            got: String(length),
            where: '/sessions',
            exchange,
          },
        ];
  });
  return { subjects: pages.length, findings };
}

/** Where pages and the data end. */
export const END_CASES: readonly ContractCase[] = [
  defineCase('pagination/exact-boundary', {
    title: 'A limit equal to the number of sessions gives all of them',
    basis: ['#/components/schemas/ListSessionsV2Request/properties/limit/description'],
    probes: ['page/window', 'page/exact'],
    examinesSessions: true,
    precondition: 'the window has sessions',
    advice: 'Off by one at the end of the data.',
    judge: judgeExact,
  }),
  defineCase('pagination/no-cursor-on-last-page', {
    title: 'An exactly full last page has no cursor',
    basis: NEXT,
    severity: MOCK_ONLY,
    probes: ['page/window', 'page/exact'],
    examinesSessions: true,
    precondition: 'the window has sessions',
    advice: 'The mock looks one session ahead; others may not.',
    judge: judgeLastCursor,
  }),
  defineCase('pagination/no-phantom-page', {
    title: 'A cursor leads to a page with sessions',
    basis: NEXT,
    severity: MOCK_ONLY,
    probes: CHAINS,
    examinesSessions: true,
    precondition: 'a walk of two pages',
    advice: 'Look one session ahead before you give a cursor.',
    judge: judgePhantom,
  }),
  defineCase('pagination/full-pages', {
    title: 'A page that has a successor is full',
    basis: ['#/components/schemas/ListSessionsV2Request/properties/limit/description'],
    probes: [...CHAINS, ...WHOLE_PAGES],
    examinesSessions: true,
    precondition: 'a page has a cursor',
    advice: 'The limit is capped silently, or sessions are filtered after the page was cut.',
    judge: judgeFullPages,
  }),
  defineCase('pagination/empty-result', {
    title: 'An empty page has neither sessions nor nextCursor',
    basis: ['#/components/responses/Page/description', 'proto3-json: empty lists are omitted'],
    probes: ['page/empty'],
    advice: 'Proto3 JSON leaves empty lists out.',
    judge: judgeEmptyResult,
  }),
];
