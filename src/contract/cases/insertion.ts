import { type ContractCase, defineCase, type Finding, nothing, type Verdict } from '../case.ts';
import { describeAnswer } from '../expectations.ts';
import { idsOf, pageOf, type RunView } from '../run-view.ts';

function judgeInsertion(view: RunView): Verdict {
  const [one] = view.exchanges('preflight/accepted');
  const [two] = view.exchanges('walk/insertion');
  if (one === undefined || two === undefined)
    return nothing('no session can be started here, or there is no second page');
  if (pageOf(two) === undefined)
    return {
      subjects: 1,
      findings: [{ expected: 'the second page', got: describeAnswer(two), exchange: two }],
    };
  const before = idsOf(one);
  const after = idsOf(two);
  const findings: Finding[] = [];
  const again = after.filter((id) => before.includes(id)).length;
  if (again > 0)
    findings.push({
      expected: 'every session once',
      got: `${again} again on the second page`,
      where: '/sessions',
      exchange: two,
    });
  const known = idsOf(view.exchanges('page/first')[0]);
  const last = before.at(-1);
  const next = last === undefined ? undefined : known[known.indexOf(last) + 1];
  if (again === 0 && next !== undefined && known.includes(String(last)) && after[0] !== next) {
    findings.push({
      expected: 'the session that followed before',
      got: 'another',
      where: '/sessions/0',
      exchange: two,
    });
  }
  return { subjects: after.length, findings };
}

/** Pages of a list that grows while it is read. */
export const INSERTION_CASES: readonly ContractCase[] = [
  defineCase('pagination/insert-during-walk', {
    title: 'A session that starts during a walk moves nothing',
    basis: ['#/components/schemas/ListSessionsV2Request/properties/cursor/**'],
    probes: ['preflight/accepted', 'page/first', 'walk/insertion'],
    examinesSessions: true,
    precondition: 'the caller can make the server start a session; never on the live service',
    advice: 'The cursor is an offset: what is inserted before it pushes a session onto the next page.',
    judge: judgeInsertion,
  }),
];
