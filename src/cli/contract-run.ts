import type { ContractOptions } from '../contract/options.ts';
import type { ContractReport } from '../contract/outcome.ts';
import { runContract } from '../contract/run.ts';
import { type ContractFlags, optionsFromFlags } from './contract-flags.ts';
import { openContractTarget } from './contract-target.ts';

/** How a target is judged. */
export interface Judging {
  readonly flags: ContractFlags;
  /** Where keys come from. Default: the environment of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Options that count more than flags and target. Default: none. */
  readonly options?: Partial<ContractOptions>;
  /** False: the run is compared with another, so no session may start in one of them. Default true. */
  readonly isAlone?: boolean;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Judges `mock`, `live` or a URL; Ctrl-C and SIGTERM end the run with a report. Throws KitError for wrong flags. */
export async function judgeTarget(
  target: string,
  { flags, env = process.env, options, isAlone = true }: Judging,
): Promise<ContractReport> {
  const fromFlags = await optionsFromFlags(flags);
  const { close, insertSession, ...server } = await openContractTarget(target, flags, env);
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  for (const signal of SIGNALS) process.once(signal, interrupt);
  try {
    return await runContract({
      ...fromFlags,
      ...server,
      ...(insertSession !== undefined && isAlone ? { insertSession } : {}),
      ...options,
      signal: interruption.signal,
    });
  } finally {
    for (const signal of SIGNALS) process.off(signal, interrupt);
    await close();
  }
}
