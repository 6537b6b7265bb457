import { type ContractCase, defineCase, type Finding, nothing, type Verdict } from '../case.ts';
import { windowExchange } from '../learn/window.ts';
import { groupFindings, type SeenSession, seenSessions } from '../pages.ts';
import { idOf, type JsonObject, type RunView, sessionsOf } from '../run-view.ts';
import { canonicalText, sameValue } from '../same-value.ts';

/** A session as it must be on every look: whole once it is completed, its unchanging part before. */
function settled(session: JsonObject): JsonObject {
  if (session['sessionStatus'] === 'completed') return session;
  const { sessionStatus: _status, endTime: _end, duration: _duration, ...rest } = session;
  return rest;
}

function judgeRepeat(view: RunView): Verdict {
  const first = windowExchange(view);
  const [again] = view.exchanges('page/window-again');
  if (first === undefined || again === undefined) return nothing('there is no window with sessions');
  const one = sessionsOf(first).map(settled);
  const two = sessionsOf(again).map(settled);
  const findings = sameValue(one, two)
    ? []
    : [
        {
          expected: `the same ${one.length} sessions in the same order`,
          got: differenceOf(one, two),
          where: '/sessions',
          exchange: again,
        },
      ];
  return { subjects: one.length, findings };
}

function differenceOf(one: readonly JsonObject[], two: readonly JsonObject[]): string {
  if (one.length !== two.length) return `${two.length} sessions`;
  const isReordered = sameValue(one.map(canonicalText).sort(), two.map(canonicalText).sort());
  return isReordered ? 'another order' : 'other values';
}

function judgeOneValue(view: RunView): Verdict {
  const firsts = new Map<string, SeenSession>();
  const findings: Finding[] = [];
  for (const seen of seenSessions(view)) {
    if (seen.session['sessionStatus'] !== 'completed') continue;
    const id = idOf(seen.session);
    const first = firsts.get(id);
    if (first === undefined) firsts.set(id, seen);
    else
      findings.push({
        expected: 'a completed session to stay as it is',
        got: `another ${changedMembers(first.session, seen.session)}`,
        where: '/sessions/*',
        exchange: seen.exchange,
      });
  }
  return { subjects: firsts.size, findings: groupFindings(findings) };
}

function changedMembers(a: JsonObject, b: JsonObject): string {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return names.filter((name) => !sameValue(a[name] ?? null, b[name] ?? null)).join(', ');
}

/** What must hold between two looks at a session. */
export const CONSISTENCY_CASES: readonly ContractCase[] = [
  defineCase('invariants/same-request-twice', {
    title: 'The same request for a closed window gives the same sessions twice',
    basis: ['#/paths/*/*/x-connect-idempotency', '#/paths/*/post/description'],
    probes: ['page/window', 'page/window-again'],
    examinesSessions: true,
    precondition: 'the window has sessions',
    advice: 'Data is made up per request, or replicas disagree.',
    judge: judgeRepeat,
  }),
  defineCase('invariants/one-value', {
    title: 'A completed session has the same values wherever it appears',
    basis: ['#/components/schemas/SessionObject/description'],
    probes: 'all',
    examinesSessions: true,
    precondition: 'completed sessions were seen',
    advice: 'Pages, windows and queries read from different places.',
    judge: judgeOneValue,
  }),
];
