import type { ContractFacts } from '../../../src/contract/facts.ts';
import type { Steps } from './honest-server.ts';

/** The honest server with one thing wrong. */
export interface Defect {
  readonly name: string;
  /** Cases that must not pass on it. */
  readonly fails?: readonly string[];
  /** Cases that only observe, and must observe something else than on the honest server. */
  readonly observes?: readonly string[];
  /** Number of sessions; the default where absent. */
  readonly count?: number;
  readonly limitedKey?: string;
  /** Also asks what only `learn` needs. */
  readonly deep?: boolean;
  readonly maxP95Ms?: number;
  /** What was learnt before the server broke. */
  readonly profile?: ContractFacts;
  readonly steps: (honest: Steps) => Partial<Steps>;
}
