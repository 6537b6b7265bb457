import { type ContractCase, defineCase, type Finding, nothing, type Verdict } from '../case.ts';
import { windowExchange } from '../learn/window.ts';
import { groupFindings, type SeenSession, seenSessions } from '../pages.ts';
import { idOf, type RunView, sessionsOf } from '../run-view.ts';
import { changedMembers, sessionsDifference } from '../same-page.ts';

function judgeRepeat(view: RunView): Verdict {
  const first = windowExchange(view);
  const [again] = view.exchanges('page/window-again');
  if (first === undefined || again === undefined) return nothing('there is no window with sessions');
  const difference = sessionsDifference(sessionsOf(first), sessionsOf(again));
  return {
    subjects: sessionsOf(first).length,
    findings: difference === undefined ? [] : [{ ...difference, exchange: again }],
  };
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
        got: `another ${changedMembers(first.session, seen.session).join(', ')}`,
        where: '/sessions/*',
        exchange: seen.exchange,
      });
  }
  return { subjects: firsts.size, findings: groupFindings(findings) };
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
