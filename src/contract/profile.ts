import type { ContractProfile } from './facts.ts';
import type { ContractReport } from './outcome.ts';

/** The profile of the server a report is about; its form is `fixtures/contract/profile.schema.json`. */
export function profileFromReport({ target, startedAt, facts }: ContractReport): ContractProfile {
  return { profileVersion: 1, target, learntAt: startedAt, facts };
}
