import { parseDuration } from '../../connect/duration.ts';
import {
  type ContractCase,
  defineCase,
  type Finding,
  type Severities,
  type Verdict,
  WARNED,
} from '../case.ts';
import { sentMessage } from '../learn/window.ts';
import { allPages, checkSessions, groupFindings, seenSessions } from '../pages.ts';
import { idOf, idsOf, instantOf, isObject, type RunView, sessionsOf, startOf } from '../run-view.ts';
import { typeIdTime } from '../type-id.ts';

const SESSION = '#/components/schemas/SessionObject/properties';
const TOLERANCE_MS = 1;
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

/** A span in milliseconds, in the form of the wire. Another form is judged elsewhere. */
function spanOf(value: unknown): number | undefined {
  const parts = typeof value === 'string' ? parseDuration(value) : undefined;
  return typeof parts === 'object' ? parts.seconds * 1000 + parts.nanos / 1e6 : undefined;
}

function judgeDurations(view: RunView): Verdict {
  return checkSessions(view, (session, { exchange }) => {
    const start = startOf(session);
    const end = instantOf(session['endTime']);
    const span = spanOf(session['duration']);
    if (start === undefined || end === undefined || span === undefined) return undefined;
    const off = Math.abs(end - start - span);
    return off <= TOLERANCE_MS
      ? []
      : [
          {
            expected: 'duration = endTime - startTime',
            got: `${Math.round(off)} ms off`,
            where: '/sessions/*/duration',
            exchange,
          },
        ];
  });
}

function judgeStatus(view: RunView): Verdict {
  return checkSessions(view, (session, { exchange }) => {
    const status = session['sessionStatus'];
    if (status !== 'completed' && status !== 'active') return undefined;
    const hasEnd = session['endTime'] !== undefined;
    if (hasEnd === (status === 'completed')) return [];
    const got = hasEnd ? 'an endTime' : 'no endTime';
    return [
      {
        expected: `${status}: ${hasEnd ? 'no endTime' : 'an endTime'}`,
        got,
        where: '/sessions/*/endTime',
        exchange,
      },
    ];
  });
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

function judgeUserKind(view: RunView): Verdict {
  return checkSessions(view, (session, { exchange }) => {
    const user = session['user'];
    if (!isObject(user)) return undefined;
    const isBoth = user['formal'] !== undefined && user['native'] !== undefined;
    return isBoth ? [{ expected: 'formal or native', got: 'both', where: '/sessions/*/user', exchange }] : [];
  });
}

function judgeParents(view: RunView): Verdict {
  const byId = new Map(seenSessions(view).map(({ session }) => [idOf(session), session]));
  return checkSessions(view, (session, { exchange }) => {
    const parent = byId.get(String(session['parentSessionId'] ?? ''));
    const own = startOf(session);
    const parents = parent === undefined ? undefined : startOf(parent);
    if (own === undefined || parents === undefined) return undefined;
    return parents <= own
      ? []
      : [
          {
            expected: 'the parent to start first',
            got: `${Math.round(parents - own)} ms later`,
            where: '/sessions/*/parentSessionId',
            exchange,
          },
        ];
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
    title: 'duration is endTime minus startTime',
    basis: [`${SESSION}/duration/**`],
    probes: 'all',
    examinesSessions: true,
    precondition: 'a session has ended',
    advice: 'Units mixed up, or rounded before subtracting.',
    judge: judgeDurations,
  }),
  defineCase('invariants/status', {
    title: 'Completed sessions have an end, active ones have none',
    basis: [`${SESSION}/sessionStatus/**`],
    severity: MEANING,
    probes: 'all',
    examinesSessions: true,
    advice: 'Status and end come from two places that disagree.',
    judge: judgeStatus,
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
    title: 'A user is formal or native, not both',
    basis: ['#/components/schemas/SessionObject.User/properties/*/**'],
    severity: WARNED,
    probes: 'all',
    examinesSessions: true,
    precondition: 'a session has a user',
    advice: 'The two are alternatives.',
    judge: judgeUserKind,
  }),
  defineCase('invariants/parent', {
    title: 'A parent session starts no later than its child',
    basis: [`${SESSION}/parentSessionId/**`],
    probes: 'all',
    examinesSessions: true,
    precondition: 'a child and its parent were both seen',
    advice: 'Parent and child are swapped.',
    judge: judgeParents,
  }),
];
