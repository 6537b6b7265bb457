import {
  type ContractCase,
  defineCase,
  type Finding,
  type Severities,
  type Verdict,
  WARNED,
} from '../case.ts';
import { durationError, millisecondsText } from '../exact-time.ts';
import { sentMessage } from '../learn/window.ts';
import { allPages, checkSessions, groupFindings, seenSessions } from '../pages.ts';
import { idOf, idsOf, instantOf, isObject, type RunView, sessionsOf, startOf } from '../run-view.ts';
import { typeIdTime } from '../type-id.ts';

const SESSION = '#/components/schemas/SessionObject/properties';
const FUTURE_MS = 60_000;
const MEANING: Severities = { mock: 'fail', any: 'warn', live: 'warn' };

function judgePageSize(view: RunView): Verdict {
  const limited = allPages(view).flatMap(({ exchange }) => {
    const limit = Number(sentMessage(exchange)['limit']);
    return Number.isInteger(limit) && limit > 0 ? [{ exchange, limit }] : [];
  });
  const findings = limited.flatMap(({ exchange, limit }): Finding[] => {
    const { length } = sessionsOf(exchange);
    return length <= limit
      ? []
      : [{ expected: `at most ${limit} sessions`, got: String(length), where: '/sessions', exchange }];
  });
  return {
    subjects: limited.filter(({ exchange }) => sessionsOf(exchange).length > 0).length,
    findings: groupFindings(findings),
  };
}

function judgeIds(view: RunView): Verdict {
  const findings: Finding[] = [];
  let subjects = 0;
  for (const { exchange } of allPages(view)) {
    const sessions = sessionsOf(exchange);
    subjects += sessions.length;
    if (sessions.some(({ id }) => typeof id !== 'string' || id === '')) {
      findings.push({ expected: 'an id', got: 'none', where: '/sessions/*/id', exchange });
    }
    const ids = idsOf(exchange);
    if (new Set(ids).size < ids.length) {
      findings.push({
        expected: 'ids that differ',
        got: `${ids.length - new Set(ids).size} twice on one page`,
        where: '/sessions/*/id',
        exchange,
      });
    }
  }
  return { subjects, findings: groupFindings(findings) };
}

function judgeOrderOfTimes(view: RunView): Verdict {
  return checkSessions(view, (session, { exchange }) => {
    const start = startOf(session);
    const end = instantOf(session['endTime']);
    if (start === undefined || end === undefined) return undefined;
    return end >= start
      ? []
      : [
          {
            expected: 'endTime at or after startTime',
            got: `${Math.round(start - end)} ms before it`,
            where: '/sessions/*/endTime',
            exchange,
          },
        ];
  });
}

function judgeDurations(view: RunView): Verdict {
  return checkSessions(view, (session, { exchange }) => {
    const off = durationError(session);
    const isMissing =
      session['duration'] === undefined && session['sessionStatus'] === 'completed' && off !== undefined;
    if (off === undefined) return undefined;
    if (off === 0n) return [];
    const got = isMissing ? 'no duration' : `${millisecondsText(off)} ms off`;
    return [{ expected: 'duration = endTime - startTime', got, where: '/sessions/*/duration', exchange }];
  });
}

/** What each status says about the end. That idle sessions are open is assumed, so it has a case of its own. */
const HAS_END: Readonly<Record<string, boolean>> = { completed: true, active: false };
const IDLE_HAS_END: Readonly<Record<string, boolean>> = { idle: false };

function judgeEnds(view: RunView, meaning: Readonly<Record<string, boolean>>): Verdict {
  return checkSessions(view, (session, { exchange }) => {
    const status = String(session['sessionStatus']);
    const shouldHaveEnd = meaning[status];
    if (shouldHaveEnd === undefined) return undefined;
    const hasEnd = session['endTime'] !== undefined;
    if (hasEnd === shouldHaveEnd) return [];
    const describe = (has: boolean): string => (has ? 'an endTime' : 'no endTime');
    return [
      {
        expected: `${status}: ${describe(shouldHaveEnd)}`,
        got: describe(hasEnd),
        where: '/sessions/*/endTime',
        exchange,
      },
    ];
  });
}

function judgePresent(view: RunView): Verdict {
  return checkSessions(view, (session, { exchange }) =>
    ['startTime', 'sessionStatus']
      .filter((name) => session[name] === undefined)
      .map((name) => ({ expected: `a ${name}`, got: 'none', where: `/sessions/*/${name}`, exchange })),
  );
}

function judgeIdTime(view: RunView): Verdict {
  return checkSessions(view, (session, { exchange }) => {
    const inId = typeIdTime(idOf(session));
    const start = startOf(session);
    if (inId === undefined || start === undefined) return undefined;
    const off = Math.abs(inId - Math.floor(start));
    return off === 0
      ? []
      : [
          {
            expected: 'the time in the id to be startTime',
            got: `${off} ms off`,
            where: '/sessions/*/id',
            exchange,
          },
        ];
  });
}

function judgeFuture(view: RunView): Verdict {
  return checkSessions(view, (session, { exchange }) => {
    const start = startOf(session);
    if (start === undefined) return undefined;
    const date = instantOf(exchange.answer?.headers['date']) ?? 0;
    const ahead = start - Math.max(view.settings.nowMs, date);
    return ahead <= FUTURE_MS
      ? []
      : [
          {
            expected: 'a start in the past',
            got: `${Math.round(ahead / 1000)} s ahead of the server's clock`,
            where: '/sessions/*/startTime',
            exchange,
          },
        ];
  });
}

const KINDS = ['formal', 'native'];

function judgeUserKind(view: RunView): Verdict {
  return checkSessions(view, (session, { exchange }) => {
    const user = session['user'];
    if (!isObject(user)) return undefined;
    const where = '/sessions/*/user';
    const present = KINDS.filter((kind) => user[kind] !== undefined);
    if (present.length > 1) return [{ expected: 'formal or native', got: 'both', where, exchange }];
    const [kind] = present;
    const type = String(user['type']);
    if (kind === undefined || !KINDS.includes(type) || type === kind) return [];
    return [
      { expected: `the type ${kind}, as its member says`, got: type, where: `${where}/type`, exchange },
    ];
  });
}

function judgeParents(view: RunView): Verdict {
  const byId = new Map(seenSessions(view).map(({ session }) => [idOf(session), session]));
  return checkSessions(view, (session, { exchange }) => {
    const where = '/sessions/*/parentSessionId';
    const parentId = session['parentSessionId'];
    if (parentId !== undefined && parentId === session['id'])
      return [{ expected: 'another session as parent', got: 'the session itself', where, exchange }];
    const parent = byId.get(String(parentId ?? ''));
    const own = startOf(session);
    const parents = parent === undefined ? undefined : startOf(parent);
    if (own === undefined || parents === undefined) return undefined;
    const got = `${Math.round(parents - own)} ms later`;
    return parents <= own ? [] : [{ expected: 'the parent to start first', got, where, exchange }];
  });
}

/** What must hold between the members of a session, and between looks at it. */
export const INVARIANT_CASES: readonly ContractCase[] = [
  defineCase('invariants/page-within-limit', {
    title: 'A page has at most as many sessions as asked for',
    basis: ['#/components/schemas/ListSessionsV2Request/properties/limit/description'],
    probes: 'all',
    examinesSessions: true,
    advice: 'The limit is ignored, rounded up, or off by one.',
    judge: judgePageSize,
  }),
  defineCase('invariants/ids', {
    title: 'Every session has an id of its own',
    basis: [`${SESSION}/id/**`],
    probes: 'all',
    examinesSessions: true,
    advice: 'A join multiplies rows, or rows without an id slip through.',
    judge: judgeIds,
  }),
  defineCase('invariants/end-after-start', {
    title: 'No session ends before it starts',
    basis: [`${SESSION}/startTime/**`, `${SESSION}/endTime/**`],
    probes: 'all',
    examinesSessions: true,
    precondition: 'a session has ended',
    advice: 'Clocks of two machines, or two columns swapped.',
    judge: judgeOrderOfTimes,
  }),
  defineCase('invariants/duration', {
    title: 'Completed sessions have a duration, and it is endTime minus startTime to the last digit',
    basis: [`${SESSION}/duration/**`],
    probes: 'all',
    examinesSessions: true,
    precondition: 'a session has ended',
    advice: 'Units mixed up, or one of the three is rounded.',
    judge: judgeDurations,
  }),
  defineCase('invariants/start-and-status', {
    title: 'Every session has a start and a status',
    basis: [`${SESSION}/startTime/**`, `${SESSION}/sessionStatus/**`],
    probes: 'all',
    examinesSessions: true,
    advice: 'A column is not selected, or a field was renamed.',
    judge: judgePresent,
  }),
  defineCase('invariants/status', {
    title: 'Completed sessions have an end, active ones have none',
    basis: [`${SESSION}/sessionStatus/**`],
    probes: 'all',
    examinesSessions: true,
    precondition: 'a session is completed or active',
    advice: 'Status and end come from two places that disagree.',
    judge: (view) => judgeEnds(view, HAS_END),
  }),
  defineCase('invariants/idle-is-open', {
    title: 'Idle sessions have no end',
    basis: [`${SESSION}/sessionStatus/**`],
    severity: MEANING,
    probes: 'all',
    examinesSessions: true,
    precondition: 'a session is idle',
    advice: 'No document says what idle means; here it is open and quiet.',
    judge: (view) => judgeEnds(view, IDLE_HAS_END),
  }),
  defineCase('invariants/id-time', {
    title: 'The time inside a session id is its start',
    basis: [`${SESSION}/id/description`],
    severity: WARNED,
    probes: 'all',
    examinesSessions: true,
    precondition: 'ids are TypeIDs of version 7',
    advice: 'Ids were made at another moment than the start; paging by id would then lose sessions.',
    judge: judgeIdTime,
  }),
  defineCase('invariants/no-future', {
    title: 'No session starts in the future',
    basis: [`${SESSION}/startTime/description`],
    probes: 'all',
    examinesSessions: true,
    advice: 'A time zone is added twice, or a clock is wrong.',
    judge: judgeFuture,
  }),
  defineCase('invariants/formal-or-native', {
    title: 'A user is formal or native, not both, and its type says which',
    basis: ['#/components/schemas/SessionObject.User/properties/*/**'],
    severity: WARNED,
    probes: 'all',
    examinesSessions: true,
    precondition: 'a session has a user',
    advice: 'The two are alternatives, and the type names the one that is there.',
    judge: judgeUserKind,
  }),
  defineCase('invariants/parent', {
    title: 'A parent session is another one and starts no later than its child',
    basis: [`${SESSION}/parentSessionId/**`],
    probes: 'all',
    examinesSessions: true,
    precondition: 'a child and its parent were both seen',
    advice: 'Parent and child are swapped, or the wrong column is read.',
    judge: judgeParents,
  }),
];
