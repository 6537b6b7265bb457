import { type ContractCase, defineCase, type Finding, nothing, type Verdict } from '../case.ts';
import type { Exchange } from '../exchange.ts';
import { count, describeAnswer } from '../expectations.ts';
import { attributeOf } from '../learn/query.ts';
import { isWindowComplete, sentMessage, windowExchange } from '../learn/window.ts';
import { idsOf, nextCursorOf, pageOf, type RunView, sessionsOf } from '../run-view.ts';
import { firstDifference } from '../same-value.ts';

const CURSOR = [
  '#/components/schemas/ListSessionsV2Request/properties/cursor/**',
  '#/components/schemas/ListMetadata/properties/nextCursor/**',
];
/** Walks with one limit from beginning to end. */
const EVEN_WALKS = ['walk/small', 'walk/tied'];
const WALKS = [...EVEN_WALKS, 'walk/other'];
const CHAINS = [...WALKS, 'walk/one'];

/** The ids of a walk, page after page. */
export function walkedIds(view: RunView, probe: string): readonly string[] {
  return view.exchanges(probe).flatMap(idsOf);
}

/** A broken page in a walk is said once, here, and not as missing sessions in every other case. */
function brokenPage(view: RunView, probes: readonly string[]): Exchange | undefined {
  return probes.flatMap((probe) => view.exchanges(probe)).find((exchange) => pageOf(exchange) === undefined);
}

function judgeWalksEnd(view: RunView): Verdict {
  const walks = EVEN_WALKS.map((probe) => view.exchanges(probe)).filter(({ length }) => length > 0);
  const total = sessionsOf(windowExchange(view)).length;
  if (walks.length === 0 || !isWindowComplete(view))
    return nothing('there is no whole window to walk through');
  const findings = walks.flatMap((walk): Finding[] => {
    const last = walk.at(-1);
    if (last !== undefined && pageOf(last) === undefined)
      return [{ expected: 'a page', got: describeAnswer(last), exchange: last }];
    const size = Number(sentMessage(walk[0])['limit']);
    const needed = Math.ceil(total / size) + 1;
    if (nextCursorOf(last) === undefined || walk.length < needed || last === undefined) return [];
    return [
      {
        expected: `an end after ${count(total, 'session')}`,
        got: `a cursor still on page ${walk.length}`,
        where: '/listMetadata/nextCursor',
        exchange: last,
      },
    ];
  });
  return { subjects: walks.length, findings };
}

function judgeNoRepeatedCursor(view: RunView): Verdict {
  const walks = CHAINS.map((probe) => view.exchanges(probe)).filter(({ length }) => length > 1);
  const findings = walks.flatMap((walk): Finding[] => {
    const cursors = walk.map(nextCursorOf).filter((cursor) => cursor !== undefined);
    const exchange = walk.at(-1);
    if (new Set(cursors).size === cursors.length || exchange === undefined) return [];
    return [
      {
        expected: 'another cursor on every page',
        got: 'the same cursor again',
        where: '/listMetadata/nextCursor',
        exchange,
      },
    ];
  });
  return { subjects: walks.length, findings };
}

function judgeNoDuplicates(view: RunView): Verdict {
  const walks = CHAINS.filter((probe) => view.exchanges(probe).length > 1);
  const findings = walks.flatMap((probe): Finding[] => {
    const ids = walkedIds(view, probe);
    const exchange = view.exchanges(probe).at(-1);
    const twice = ids.length - new Set(ids).size;
    if (twice === 0 || exchange === undefined) return [];
    return [
      {
        expected: 'every session once',
        got: `${count(twice, 'session')} again on a later page`,
        where: '/sessions',
        exchange,
      },
    ];
  });
  return { subjects: walks.length, findings };
}

/** Compares a walk with the big page; a walk cut off by its bound is compared as far as it went. */
function compareWalk(view: RunView, probe: string, whole: readonly string[]): Finding[] {
  const walk = view.exchanges(probe);
  const ids = walkedIds(view, probe);
  const exchange = walk.at(-1);
  if (exchange === undefined) return [];
  const isCutOff = nextCursorOf(exchange) !== undefined || !isWindowComplete(view);
  const lost = whole.filter((id) => !ids.includes(id)).length;
  if (!isCutOff && lost > 0) {
    return [
      {
        expected: `the ${count(whole.length, 'session')} of one big page`,
        got: `${count(lost, 'session')} missing`,
        where: '/sessions',
        exchange,
      },
    ];
  }
  const at = firstDifference(ids, whole);
  if (at === undefined) return [];
  return [
    {
      expected: 'the order of one big page',
      got: `another session at position ${at}`,
      where: '/sessions',
      exchange: walk[pageAt(walk, at)] ?? exchange,
    },
  ];
}

function pageAt(walk: readonly Exchange[], position: number): number {
  let seen = 0;
  return walk.findIndex((exchange) => {
    seen += sessionsOf(exchange).length;
    return position < seen;
  });
}

function judgeUnion(view: RunView): Verdict {
  const whole = idsOf(windowExchange(view));
  const broken = brokenPage(view, ['walk/small']);
  if (whole.length === 0 || view.exchanges('walk/small').length === 0) return nothing('the window is empty');
  if (broken !== undefined)
    return { subjects: 1, findings: [{ expected: 'a page', got: describeAnswer(broken), exchange: broken }] };
  return { subjects: whole.length, findings: compareWalk(view, 'walk/small', whole) };
}

function judgeTiedUnion(view: RunView): Verdict {
  const [big] = view.exchanges('page/tied');
  const walk = view.exchanges('walk/tied');
  const whole = idsOf(big);
  if (walk.length < 2 || whole.length === 0)
    return nothing('no sort with ties was accepted, or one page holds everything');
  const broken = brokenPage(view, ['walk/tied']);
  if (broken !== undefined)
    return { subjects: 1, findings: [{ expected: 'a page', got: describeAnswer(broken), exchange: broken }] };
  const ties = walk.filter((exchange, at) => at > 0 && hasTieAtBorder(walk[at - 1], exchange)).length;
  const observed =
    ties === 0 ? 'no ties across page borders in this data' : `${count(ties, 'page border')} inside ties`;
  return { subjects: ties, findings: compareWalk(view, 'walk/tied', whole), observed, reason: observed };
}

function hasTieAtBorder(before: Exchange | undefined, after: Exchange): boolean {
  const last = sessionsOf(before).at(-1);
  const first = sessionsOf(after)[0];
  return (
    last !== undefined && first !== undefined && attributeOf(last, 'status') === attributeOf(first, 'status')
  );
}

function judgeSizeInvariance(view: RunView): Verdict {
  const small = walkedIds(view, 'walk/small');
  const other = walkedIds(view, 'walk/other');
  const exchange = view.exchanges('walk/other').at(-1);
  if (small.length === 0 || other.length === 0 || exchange === undefined)
    return nothing('there are no two walks to compare');
  if (pageOf(exchange) === undefined) return nothing('the limit may not change during a walk');
  const at = firstDifference(small, other);
  const isShort = nextCursorOf(exchange) === undefined && other.length < small.length;
  const findings =
    at === undefined && !isShort
      ? []
      : [
          {
            expected: 'the same sessions in the same order',
            got: `a difference at position ${at ?? other.length}`,
            where: '/sessions',
            exchange,
          },
        ];
  return { subjects: other.length, findings };
}

function judgeChainOfOne(view: RunView): Verdict {
  const chain = view.exchanges('walk/one');
  const whole = idsOf(windowExchange(view));
  if (chain.length < 2 || whole.length < 2) return nothing('fewer than two sessions in the window');
  const ids = chain.flatMap(idsOf);
  const at = firstDifference(ids, whole);
  const isShort = ids.length < Math.min(chain.length, whole.length);
  const exchange = chain.at(-1);
  if ((at === undefined && !isShort) || exchange === undefined) return { subjects: ids.length, findings: [] };
  return {
    subjects: ids.length,
    findings: [
      {
        expected: 'the sessions of the big page one by one',
        got: `a difference at position ${at ?? ids.length}`,
        where: '/sessions',
        exchange,
      },
    ],
  };
}

/** Walks from page to page. */
export const WALK_CASES: readonly ContractCase[] = [
  defineCase('pagination/walk-ends', {
    title: 'A walk through a closed window comes to an end',
    basis: CURSOR,
    probes: ['page/window', ...EVEN_WALKS],
    examinesSessions: true,
    advice: 'The last page must have no nextCursor.',
    judge: judgeWalksEnd,
  }),
  defineCase('pagination/no-cursor-repeats', {
    title: 'No cursor comes twice in a walk',
    basis: CURSOR,
    probes: CHAINS,
    examinesSessions: true,
    precondition: 'a walk of two pages',
    advice: 'The position does not advance; clients would loop for ever.',
    judge: judgeNoRepeatedCursor,
  }),
  defineCase('pagination/no-duplicates', {
    title: 'No session comes twice in a walk',
    basis: CURSOR,
    probes: CHAINS,
    examinesSessions: true,
    precondition: 'a walk of two pages',
    advice: 'The cursor points at the last session instead of after it, or the order is not total.',
    judge: judgeNoDuplicates,
  }),
  defineCase('pagination/union-equals-one-big-page', {
    title: 'The pages of a walk together are one big page',
    basis: [...CURSOR, '#/components/schemas/ListSessionsV2Response/properties/sessions/**'],
    probes: ['page/window', 'walk/small'],
    examinesSessions: true,
    precondition: 'the window has sessions',
    advice: 'Sessions are lost or moved at page borders.',
    judge: judgeUnion,
  }),
  defineCase('pagination/union-with-ties', {
    title: 'Nothing is lost at page borders inside a run of equal sort keys',
    basis: [...CURSOR, '#/components/schemas/ListSessionsV2Request/properties/sortBy/**'],
    probes: ['page/window', 'sort/learn', 'page/tied', 'walk/tied'],
    examinesSessions: true,
    precondition: 'a page border falls inside a tie',
    advice: 'The cursor holds the sort key only: it needs a unique tie-breaker, and the order must be total.',
    judge: judgeTiedUnion,
  }),
  defineCase('pagination/size-invariance', {
    title: 'Another page size gives the same sessions in the same order',
    basis: CURSOR,
    probes: ['walk/small', 'walk/other'],
    examinesSessions: true,
    precondition: 'a walk of two pages',
    advice: 'The position depends on the page size.',
    judge: judgeSizeInvariance,
  }),
  defineCase('pagination/limit-one-chain', {
    title: 'Pages of one session follow the big page session by session',
    basis: CURSOR,
    probes: ['page/window', 'walk/one'],
    examinesSessions: true,
    precondition: 'two sessions in the window',
    advice: 'Off by one where a page has a single session.',
    judge: judgeChainOfOne,
  }),
];
