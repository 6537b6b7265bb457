import { type ContractCase, defineCase, nothing, type Verdict } from '../case.ts';
import type { Exchange } from '../exchange.ts';
import { describeAnswer, joinVerdicts, judgeSurvived, reactionOf } from '../expectations.ts';
import { idSet, isSameSet, learntField, learntIdField, probeValue, sessionToFind } from '../learn/query.ts';
import { isWindowComplete, windowExchange, windowSessions } from '../learn/window.ts';
import { pageOf, type RunView, sessionsOf } from '../run-view.ts';

const QUERY = ['#/components/schemas/ListSessionsV2Request/properties/query/**'];
const BROKEN = ['query/broken', 'query/broken-quote'];
const FIELDS = ['page/window', 'query/status', 'query/technology'];

/** What became of learning a name: the mock must know one, a stranger may have names of its own. */
function judgeLearnt(view: RunView, probe: string, name: string | undefined): Verdict {
  const tried = view.exchanges(probe);
  const [first] = tried;
  if (first === undefined) return nothing('no session has such a value');
  if (name !== undefined) return { subjects: tried.length, findings: [], observed: `${probe}: ${name}` };
  const whole = windowSessions(view);
  const isIgnored = tried.every(
    (exchange) =>
      pageOf(exchange) !== undefined &&
      sessionsOf(exchange).length >= Math.min(whole.length, 5) &&
      whole.length > 1,
  );
  if (view.settings.audience !== 'mock' && !isIgnored)
    return nothing('none of the names tried is known to this server');
  const got = isIgnored ? 'every session, whatever was asked' : describeAnswer(first);
  return {
    subjects: 1,
    findings: [{ expected: 'the sessions that match', got, where: '/sessions', exchange: first }],
  };
}

function judgeById(view: RunView): Verdict {
  if (sessionToFind(view) === undefined) return nothing('the window has no session');
  return judgeLearnt(view, 'query/id', learntIdField(view));
}

function judgeEquality(view: RunView): Verdict {
  if (!isWindowComplete(view)) return nothing('the window does not fit on one page');
  const verdicts = (['status', 'technology'] as const)
    .filter((attribute) => probeValue(view, attribute) !== undefined)
    .map((attribute) => judgeLearnt(view, `query/${attribute}`, learntField(view, attribute)?.name));
  const subjects = verdicts.reduce((sum, verdict) => sum + verdict.subjects, 0);
  const observed = verdicts.flatMap((verdict) => verdict.observed ?? []).join('; ');
  return {
    subjects,
    findings: verdicts.flatMap(({ findings }) => findings),
    reason: 'no field name is known',
    ...(observed === '' ? {} : { observed }),
  };
}

function judgeBroken(view: RunView): Verdict {
  const exchanges = BROKEN.flatMap((probe) => view.exchanges(probe));
  if (pageOf(windowExchange(view)) === undefined) return nothing('there is no window');
  const isMock = view.settings.audience === 'mock';
  const wrong = exchanges.filter((exchange) => {
    const status = exchange.answer?.status ?? 599;
    return isMock ? status !== 400 : sessionsOf(exchange).length > 0 || status >= 500;
  });
  return {
    subjects: exchanges.length,
    findings: wrong.map((exchange) => ({ expected: '400', got: describeAnswer(exchange), exchange })),
    observed: `a broken query gets ${[...new Set(exchanges.map(describeAnswer))].join(' or ')}`,
  };
}

function judgeUnknownField(view: RunView): Verdict {
  const [exchange] = view.exchanges('query/unknown-field');
  if (exchange === undefined || windowSessions(view).length === 0)
    return nothing('the window has no sessions');
  const isRight =
    reactionOf(exchange) === 'refused' ||
    (pageOf(exchange) !== undefined && sessionsOf(exchange).length === 0);
  return {
    subjects: 1,
    findings: isRight
      ? []
      : [{ expected: 'an empty page or 400', got: describeAnswer(exchange), where: '/sessions', exchange }],
    observed: `an unknown field gets ${describeAnswer(exchange)}`,
  };
}

/** Compares an answer with one that differs in nothing but an absent query. */
function judgeSameAsAbsent(probe: Exchange | undefined, twin: Exchange | undefined): Verdict {
  if (probe === undefined || twin === undefined) return nothing('there is no window');
  const isEqual = pageOf(probe) !== undefined && isSameSet(idSet(sessionsOf(probe)), idSet(sessionsOf(twin)));
  return {
    subjects: sessionsOf(twin).length,
    findings: isEqual
      ? []
      : [
          {
            expected: 'the page without a query',
            got: describeAnswer(probe),
            where: '/sessions',
            exchange: probe,
          },
        ],
  };
}

/** A language without a star refuses it, which is learnt; only what is taken must be read as everything. */
function judgeStar(view: RunView): Verdict {
  const [exchange] = view.exchanges('query/star');
  if (view.settings.audience !== 'mock' && reactionOf(exchange) === 'refused') {
    return nothing(`the query * is refused here: ${describeAnswer(exchange)}`);
  }
  return judgeSameAsAbsent(exchange, windowExchange(view));
}

/** The query language, without assuming its field names. */
export const QUERY_CASES: readonly ContractCase[] = [
  defineCase('query/by-id', {
    title: 'A query for an id gives that session and no other',
    basis: QUERY,
    probes: ['page/window', 'query/id'],
    examinesSessions: true,
    precondition: 'the window has sessions',
    advice: 'The query is ignored, or the id has another name: see `learn`.',
    judge: judgeById,
  }),
  defineCase('query/equality', {
    title: 'A query for a value gives exactly the sessions that have it',
    basis: QUERY,
    probes: FIELDS,
    examinesSessions: true,
    precondition: 'the window fits on one page',
    advice: 'The query is ignored or matches too much; or the field has another name.',
    judge: judgeEquality,
  }),
  defineCase('query/broken', {
    title: 'A query that cannot be parsed is refused and never gives sessions',
    basis: [...QUERY, '#/components/responses/InvalidArgument/**'],
    probes: ['page/window', ...BROKEN],
    advice: 'Giving all sessions for a typing mistake is a data leak.',
    judge: judgeBroken,
  }),
  defineCase('query/broken-survived', {
    title: 'A query that cannot be parsed gives no server error',
    basis: QUERY,
    probes: BROKEN,
    advice: 'The parser throws past the handler.',
    judge: (view) => joinVerdicts(BROKEN.map((probe) => judgeSurvived(view, probe))),
  }),
  defineCase('query/unknown-field', {
    title: 'A field nobody knows matches nothing or is refused',
    basis: QUERY,
    probes: ['page/window', 'query/unknown-field'],
    examinesSessions: true,
    precondition: 'the window has sessions',
    advice: 'A clause that is dropped silently turns a filter into everything.',
    judge: judgeUnknownField,
  }),
  defineCase('query/star-equals-absent', {
    title: 'The query * is the same as none',
    basis: QUERY,
    probes: ['page/window', 'query/star'],
    examinesSessions: true,
    precondition: 'the window has sessions',
    advice: 'A star alone selects everything.',
    judge: judgeStar,
  }),
  defineCase('query/empty-equals-absent', {
    title: 'The empty query is the same as none',
    basis: [...QUERY, 'proto3-json: implicit presence'],
    probes: ['walk/small', 'cursor/empty'],
    examinesSessions: true,
    precondition: 'the window has sessions',
    advice: 'In proto3 the empty text and an absent field are one case.',
    judge: (view) => judgeSameAsAbsent(view.exchanges('cursor/empty')[0], view.exchanges('walk/small')[0]),
  }),
];
