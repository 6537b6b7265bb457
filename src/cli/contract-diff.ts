import { diffReports, formatDiff } from '../contract/diff.ts';
import { EXIT, type ExitCode } from '../contract/exit-code.ts';
import { assertPastWindow } from '../contract/manners.ts';
import { type ContractOptions, resolveContractOptions } from '../contract/options.ts';
import type { ContractReport } from '../contract/outcome.ts';
import type { Audience } from '../contract/run-view.ts';
import { KitError } from '../errors.ts';
import { type ContractFlags, optionsFromFlags } from './contract-flags.ts';
import { judgeTarget } from './contract-run.ts';
import { type LocatedTarget, locateTarget, readKey } from './contract-target.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Pair<T> = readonly [left: T, right: T];

/** As good as unlimited: requests go one after the other anyway. */
const FAST = 10_000;

/**
 * Asks two servers the same, by the stricter manners and severities of both, and prints where they differ. The left one
 * gets FORMAL_API_KEY, the right one FORMAL_API_KEY_RIGHT, or the same key where neither or both are the live service.
 */
export async function diffTargets(targets: Pair<string>, flags: ContractFlags): Promise<ExitCode> {
  const [left, right] = [
    locateTarget(targets[0], flags, process.env),
    locateTarget(targets[1], flags, process.env),
  ];
  const keys = await keysOfSides([left, right], flags, process.env);
  const shared = sharedOptions([left, right], flags);
  await checkSides([left, right], { flags, shared });
  const judge = (
    target: string,
    { isLive }: LocatedTarget,
    key: string | undefined,
  ): Promise<ContractReport> =>
    judgeTarget(target, {
      flags: withoutKeyFile(flags),
      env: { ...process.env, FORMAL_API_KEY: key, FORMAL_API_KEY_LIMITED: undefined },
      options: { ...shared, ...paceOf(isLive, flags) },
      isAlone: false,
    });
  const one = await judge(targets[0], left, keys[0]);
  if (one.stopped !== undefined) return reportStop(one);
  const two = await judge(targets[1], right, keys[1]);
  if (two.stopped !== undefined) return reportStop(two);
  const differences = diffReports(one, two);
  process.stdout.write(formatDiff(differences));
  return differences.length === 0 ? EXIT.ok : EXIT.broken;
}

function reportStop({ target, stopped, exitCode }: ContractReport): ExitCode {
  process.stderr.write(`formal-mock: ${target}: ${stopped ?? ''}\n`);
  return exitCode;
}

/** What both sides are asked, and how they are judged. */
function sharedOptions(sides: Pair<LocatedTarget>, { audience }: ContractFlags): Partial<ContractOptions> {
  const audiences: readonly Audience[] = sides.map((side) => side.audience);
  const strictest = (['live', 'any', 'mock'] as const).find((name) => audiences.includes(name));
  const shared = audience ?? strictest ?? 'any';
  const isCareful = sides.some(({ isLive }) => isLive) || shared === 'live';
  return { audience: shared, isCareful };
}

function paceOf(isLive: boolean, { rps }: ContractFlags): Partial<ContractOptions> {
  return isLive || rps !== undefined ? {} : { requestsPerSecond: FAST };
}

/** Everything that is wrong with the flags for either side is said before the first request. */
async function checkSides(
  sides: Pair<LocatedTarget>,
  { flags, shared }: { readonly flags: ContractFlags; readonly shared: Partial<ContractOptions> },
): Promise<void> {
  const options = await optionsFromFlags(flags);
  for (const { url = 'http://localhost', isLive } of sides) {
    resolveContractOptions({ ...options, ...shared, isLive, url, apiKey: 'not sent' });
    if (isLive) assertPastWindow(options.window, Date.now());
  }
}

function withoutKeyFile({ apiKeyFile: _, ...flags }: ContractFlags): ContractFlags {
  return flags;
}

/** The keys of both sides; a mock has its own. Throws KitError where a key of the live service would go elsewhere. */
async function keysOfSides(
  [left, right]: Pair<LocatedTarget>,
  flags: ContractFlags,
  env: Environment,
): Promise<Pair<string | undefined>> {
  const named = env['FORMAL_API_KEY_RIGHT']?.trim() ?? '';
  const isMixed = left.url !== undefined && right.url !== undefined && left.isLive !== right.isLive;
  if (isMixed && named === '') throw wrongKey('the key of the right server', 'nothing');
  const leftKey = left.url === undefined ? undefined : await readKey(flags, env);
  if (right.url === undefined) return [leftKey, undefined];
  const rightKey = named === '' ? (leftKey ?? (await readKey(flags, env))) : named;
  if (isMixed && rightKey === leftKey)
    throw wrongKey('another key than that of the left server', 'the same key');
  return [leftKey, rightKey];
}

function wrongKey(expected: string, value: string): KitError {
  return new KitError('ERR_OPTION_INVALID', {
    option: 'FORMAL_API_KEY_RIGHT',
    expected: `${expected}, because a key of the live service is sent to no other server`,
    value,
  });
}
