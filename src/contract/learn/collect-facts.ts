import { defaultOperator } from '../cases/query-algebra.ts';
import { codeOf, describeAnswer, reactionOf } from '../expectations.ts';
import type { ContractFacts } from '../facts.ts';
import { QUESTIONS } from '../probes/discovery.ts';
import { nextCursorOf, pageOf, type RunView, sessionsOf } from '../run-view.ts';
import { countMeaning, edgesMeaning } from './metadata.ts';
import { presenceOf } from './presence.ts';
import { learntField, learntIdField, unknownNames } from './query.ts';
import { sortSpelling, timeOrder } from './sort.ts';
import { boundMeaning } from './time.ts';
import { windowExchange } from './window.ts';

type PartialFacts = { readonly [Name in keyof ContractFacts]: ContractFacts[Name] | undefined };

/** Everything this run observed of what nobody documents. */
export function collectFacts(view: RunView): ContractFacts {
  return definedOnly({
    ...limitFacts(view),
    ...orderFacts(view),
    ...windowFacts(view),
    ...queryFacts(view),
    ...wireFacts(view),
  });
}

function definedOnly(facts: PartialFacts): ContractFacts {
  // Only members without a value are left out, so what remains has the declared types.
  return Object.fromEntries(
    Object.entries(facts).filter(([, value]) => value !== undefined),
  ) as ContractFacts;
}

function limitFacts(view: RunView): PartialFacts {
  const reactionToLimit = (probe: string): ContractFacts['limitAbsent'] => {
    const [exchange] = view.exchanges(probe);
    // The size of a page says something only where more would have followed.
    return nextCursorOf(exchange) === undefined ? reactionOf(exchange) : sessionsOf(exchange).length;
  };
  return { limitAbsent: reactionToLimit('limits/absent'), limitZero: reactionToLimit('limits/zero') };
}

function orderFacts(view: RunView): PartialFacts {
  const order = timeOrder(sessionsOf(windowExchange(view)));
  const names = {
    descending: 'newest first',
    ascending: 'oldest first',
    mixed: 'other',
    flat: undefined,
  } as const;
  const unknown = reactionOf(view.exchanges('sort/unknown')[0]);
  return {
    sortAscending: sortSpelling(view, 'ascending'),
    sortDescending: sortSpelling(view, 'descending'),
    sortUnknown: unknown === 'accepted' ? 'ignored' : unknown,
    defaultOrder: names[order],
  };
}

function windowFacts(view: RunView): PartialFacts {
  const [inverted] = view.exchanges('time/inverted');
  const [malformed] = view.exchanges('time/malformed');
  const [exact] = view.exchanges('page/exact');
  const hasCursor = nextCursorOf(exact) !== undefined;
  return {
    windowStart: boundMeaning(view, 'start'),
    windowEnd: boundMeaning(view, 'end'),
    windowInverted: reactionOf(inverted) === 'accepted' ? 'empty' : asRefused(reactionOf(inverted)),
    timeMalformed: malformedReaction(reactionOf(malformed), sessionsOf(malformed).length),
    cursorOnLastPage: pageOf(exact) === undefined ? undefined : hasCursor ? 'present' : 'absent',
    count: countMeaning(view),
    pageEdges: edgesMeaning(view),
  };
}

function asRefused(reaction: 'accepted' | 'refused' | undefined): 'refused' | undefined {
  return reaction === 'refused' ? 'refused' : undefined;
}

function malformedReaction(
  reaction: 'accepted' | 'refused' | undefined,
  sessions: number,
): ContractFacts['timeMalformed'] | undefined {
  if (reaction !== 'accepted') return reaction;
  return sessions === 0 ? 'empty' : 'ignored';
}

function queryFacts(view: RunView): PartialFacts {
  const [unknown] = view.exchanges('query/unknown-field');
  const [broken] = view.exchanges('query/broken');
  return {
    idField: learntIdField(view),
    statusField: learntField(view, 'status')?.name,
    technologyField: learntField(view, 'technology')?.name,
    unknownFields: unknownNames(view),
    defaultOperator: defaultOperator(view),
    queryUnknownField:
      pageOf(unknown) !== undefined && sessionsOf(unknown).length === 0
        ? 'empty'
        : asRefused(reactionOf(unknown)),
    queryBroken: codeOf(broken),
    discovered: discoveredAnswers(view),
    cursorForeignQuery: reactionOf(view.exchanges('cursor/other-query')[0]),
  };
}

function discoveredAnswers(view: RunView): ContractFacts['discovered'] | undefined {
  const answers = QUESTIONS.flatMap(({ id }) => {
    const [exchange] = view.exchanges(id);
    return exchange === undefined ? [] : [[id, describeAnswer(exchange)] as const];
  });
  return answers.length === 0 ? undefined : Object.fromEntries(answers);
}

function wireFacts(view: RunView): PartialFacts {
  const reaction = (probe: string): 'accepted' | 'refused' | undefined =>
    reactionOf(view.exchanges(probe)[0]);
  const support = (probe: string): 'supported' | 'refused' | undefined => {
    const [exchange] = view.exchanges(probe);
    return exchange?.answer === undefined
      ? undefined
      : exchange.answer.status === 200
        ? 'supported'
        : 'refused';
  };
  const shortly = (probe: string): string | undefined => {
    const [exchange] = view.exchanges(probe);
    return reaction(probe) === 'accepted' ? 'accepted' : exchange?.answer && describeAnswer(exchange);
  };
  const [zipped] = view.exchanges('protocol/gzip-response');
  return {
    connectGet: support('protocol/get'),
    binary: support('protocol/binary'),
    gzipRequest: support('protocol/gzip-request'),
    gzipResponse:
      zipped === undefined
        ? undefined
        : zipped.answer?.headers['content-encoding'] === 'gzip'
          ? 'applied'
          : 'not applied',
    bearer: reaction('auth/bearer'),
    unknownEncoding: shortly('protocol/unknown-encoding'),
    protocolVersion2: shortly('protocol/version-2'),
    timeoutMalformed: shortly('protocol/timeout-bad'),
    duplicateKey: reaction('body/duplicate-key'),
    byteOrderMark: reaction('body/byte-order-mark'),
    invalidUtf8: reaction('body/not-utf8'),
    presence: presenceOf(view),
  };
}
