import type { ContractCase } from './case.ts';
import type { Probe } from './probe.ts';

/** What a run will look at and ask. */
export interface Plan {
  readonly cases: readonly ContractCase[];
  /** In an order in which every probe comes after those it needs. */
  readonly probes: readonly Probe[];
  /** Most requests all probes together may send; repeats after 429 and 5xx aside. */
  readonly maxRequests: number;
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
  /** True: leave out what is never sent to the live service. */
  readonly isLive: boolean;
}

/** Id of the probe that every run begins with. */
export const PREFLIGHT_PROBE = 'preflight/accepted';

/** Selects cases by their globs, and the probes they need, directly or through others. */
export function createPlan(options: PlanOptions): Plan {
  const cases = options.cases.filter(({ id }) => isSelected(id, options));
  const allowed = options.probes.filter((probe) => isAllowed(probe, options));
  const wanted = cases.some(({ probes }) => probes === 'all')
    ? allowed.map(({ id }) => id)
    : [PREFLIGHT_PROBE, ...cases.flatMap(({ probes }) => probes)];
  const probes = withNeeds(wanted, new Map(allowed.map((probe) => [probe.id, probe])));
  return { cases, probes, maxRequests: probes.reduce((sum, { bound }) => sum + bound, 0) };
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
