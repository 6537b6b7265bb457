import type { ContractCase } from './case.ts';
import { LIVE_BOUNDS } from './manners.ts';
import type { Probe } from './probe.ts';

/** What a run will look at and ask. */
export interface Plan {
  readonly cases: readonly ContractCase[];
  /** In an order in which every probe comes after those it needs. */
  readonly probes: readonly Probe[];
  /** Most requests all probes together may send; repeats after 429 and 5xx aside. */
  readonly maxRequests: number;
  /** Ids of probes that were asked for and do not fit into the budget of the live service. */
  readonly leftOut: readonly string[];
}

/** Which cases and probes to take. */
export interface PlanOptions {
  readonly cases: readonly ContractCase[];
  readonly probes: readonly Probe[];
  /** Globs of case ids; empty for all. */
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly smoke: boolean;
  readonly deep: boolean;
  /** True: the caller can make the server start a session. */
  readonly canInsert?: boolean;
  /** True: leave out what is never sent to the live service, and of `deep` what does not fit into its budget. */
  readonly isLive: boolean;
}

/** Id of the probe that every run begins with. */
export const PREFLIGHT_PROBE = 'preflight/accepted';

/** Selects cases by their globs, and the probes they need, directly or through others. */
export function createPlan(options: PlanOptions): Plan {
  const cases = options.cases.filter(({ id }) => isSelected(id, options));
  const allowed = options.probes
    .filter((probe) => isAllowed(probe, options))
    .map((probe) => ({ ...probe, bound: boundOf(probe, options) }));
  const known = new Map(allowed.map((probe) => [probe.id, probe]));
  const wanted = withNeeds(wantedProbes(cases, allowed, options), known);
  const probes = options.isLive ? withinBudget(wanted) : wanted;
  return {
    cases,
    probes,
    maxRequests: sumOfBounds(probes),
    leftOut: wanted.filter((probe) => !probes.includes(probe)).map(({ id }) => id),
  };
}

function boundOf({ bound, boundLive }: Probe, { isLive, smoke }: PlanOptions): number {
  return isLive && !smoke ? boundLive : bound;
}

/**
 * Cases that look at every answer bring all probes only where nothing was picked, or where nothing else was: beside other
 * cases that were picked they look at what those ask.
 */
function wantedProbes(
  cases: readonly ContractCase[],
  allowed: readonly Probe[],
  { only }: Pick<PlanOptions, 'only'>,
): readonly string[] {
  const asking = cases.flatMap(({ probes }) => (probes === 'all' ? [] : probes));
  const isPassive = cases.some(({ probes }) => probes === 'all');
  const isPicked = only.length > 0 && asking.length > 0;
  return isPassive && !isPicked ? allowed.map(({ id }) => id) : asking;
}

function sumOfBounds(probes: readonly Probe[]): number {
  return probes.reduce((sum, { bound }) => sum + bound, 0);
}

/** Leaves out the last of the probes that only `deep` asks for, as many as do not fit. */
function withinBudget(probes: readonly Probe[]): readonly Probe[] {
  const kept = [...probes];
  while (sumOfBounds(kept) > LIVE_BOUNDS.maxRequests) {
    const at = kept.findLastIndex(({ deep }) => deep);
    if (at < 0) break;
    kept.splice(at, 1);
  }
  return kept;
}

function isSelected(id: string, { only, skip }: PlanOptions): boolean {
  const isWanted = only.length === 0 || only.some((glob) => matchesGlob(glob, id));
  return isWanted && !skip.some((glob) => matchesGlob(glob, id));
}

function isAllowed(probe: Probe, { smoke, deep, isLive, canInsert = false }: PlanOptions): boolean {
  if (probe.insertsBefore !== undefined && !canInsert) return false;
  return (probe.live || !isLive) && (probe.smoke || !smoke) && (!probe.deep || deep);
}

/** Depth first, so that needs come before what needs them; the preflight always comes first. */
function withNeeds(wanted: readonly string[], known: ReadonlyMap<string, Probe>): Probe[] {
  const ordered = new Map<string, Probe>();
  const add = (id: string): void => {
    const probe = known.get(id);
    if (probe === undefined || ordered.has(id)) return;
    for (const need of probe.needs) add(need);
    ordered.set(id, probe);
  };
  for (const id of [PREFLIGHT_PROBE, ...wanted]) add(id);
  return [...ordered.values()];
}

/** What was asked for and does not fit into the budget of the live service, in words; nothing where all does. */
export function leftOutNotes({ leftOut }: Plan): readonly string[] {
  const { maxRequests } = LIVE_BOUNDS;
  return leftOut.length === 0
    ? []
    : [`left out, because the live service is asked at most ${maxRequests} times: ${leftOut.join(', ')}`];
}

/** Matches globs such as `pagination/*`: a star stands for any text, slashes included. */
export function matchesGlob(glob: string, text: string): boolean {
  const parts = glob.split('*');
  const [head = '', ...rest] = parts;
  if (rest.length === 0) return glob === text;
  const tail = rest.pop() ?? '';
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length) return false;
  let at = head.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - tail.length;
}
