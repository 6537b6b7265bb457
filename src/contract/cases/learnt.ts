import { type ContractCase, defineCase, type Finding, nothing, type Verdict } from '../case.ts';
import type { ContractFacts } from '../facts.ts';
import { collectFacts } from '../learn/collect-facts.ts';
import type { RunView } from '../run-view.ts';

type FactName = keyof ContractFacts;

/** Facts that depend on the data, or on which names were tried first. */
const OTHERWISE: readonly FactName[] = ['presence', 'discovered', 'unknownFields'];

/** The facts that have one right answer once they are learnt. */
const LIMITS: readonly FactName[] = ['limitAbsent', 'limitZero'];

function isSame(name: FactName, learnt: unknown, observed: unknown): boolean {
  if (learnt === observed) return true;
  // A page that held everything has no size to compare with.
  return (
    LIMITS.includes(name) &&
    learnt !== 'refused' &&
    observed !== 'refused' &&
    [learnt, observed].includes('accepted')
  );
}

function judgeLearnt(view: RunView): Verdict {
  const { profile } = view.settings;
  if (profile === undefined) return nothing('no profile was given');
  const facts = collectFacts(view);
  // The keys of a profile are names of facts: the file was checked against its schema.
  const names = (Object.keys(profile) as FactName[]).filter(
    (name) => !OTHERWISE.includes(name) && facts[name] !== undefined,
  );
  const findings = names
    .filter((name) => !isSame(name, profile[name], facts[name]))
    .map(
      (name): Finding => ({
        expected: `${name}: ${String(profile[name])}, as learnt`,
        got: String(facts[name]),
      }),
    );
  return { subjects: names.length, findings };
}

/** What an earlier run learnt, asserted from then on. */
export const LEARNT_CASES: readonly ContractCase[] = [
  defineCase('drift/learnt-facts', {
    title: 'What nobody documents is as the profile says',
    basis: ['heuristic: what was observed once holds until the server changes'],
    probes: 'all',
    precondition: 'a profile is given',
    advice:
      'The server has changed in a way no document announces; learn again once you know that it was meant.',
    judge: judgeLearnt,
  }),
];
