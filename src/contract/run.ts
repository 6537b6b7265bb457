import { fileURLToPath } from 'node:url';
import { KitError } from '../errors.ts';
import { loadDocument } from '../openapi/load-document.ts';
import { ALL_CASES } from './cases/all-cases.ts';
import { type ContractDocument, createContractDocument } from './contract-document.ts';
import { type Courier, createCourier, tooLong } from './courier.ts';
import { EXIT, type ExitCode, type RunStopped } from './exit-code.ts';
import { judgeCase, skipCase } from './judge.ts';
import type { Keys } from './key.ts';
import { applyKnownFailures, assertKnownCases } from './known-failures.ts';
import { collectFacts } from './learn/collect-facts.ts';
import { assertPastWindow, pastWindows } from './manners.ts';
import { openTarget, type Target } from './network.ts';
import { notesOf } from './notes.ts';
import { type ContractOptions, type ResolvedOptions, resolveContractOptions } from './options.ts';
import type { ContractReport, Outcome } from './outcome.ts';
import { createPlan, matchesGlob, type Plan } from './plan.ts';
import type { Probe } from './probe.ts';
import { ALL_PROBES } from './probes/all-probes.ts';
import { createForeignRedactor } from './redact.ts';
import { redactReport } from './redact-report.ts';
import type { RunSettings, RunView } from './run-view.ts';
import { createView, type RunState, sendProbes } from './send-probes.ts';
import { createShowValue } from './show.ts';
import { veilView } from './veil.ts';

const DATA_LIMIT = 50;
const CASE_IDS = ALL_CASES.map(({ id }) => id);

/** What a run plays on: replaceable so that the suite itself can be tested in another order. */
export interface Suite {
  readonly cases: typeof ALL_CASES;
  readonly probes: readonly Probe[];
}

/**
 * Judges a server and gives the report; never throws for what a server does. Throws KitError for options that
 * are wrong. The report holds no key.
 */
export async function runContract(options: ContractOptions, suite?: Suite): Promise<ContractReport> {
  const resolved = resolveContractOptions(options);
  const document = createContractDocument(options.document ?? (await loadDocument(packagedDocument())));
  const plan = planRun(resolved, suite);
  assertKnownCases(resolved.known, CASE_IDS);
  const { url: baseUrl, timeoutMs, maxBodyBytes, signal } = resolved;
  const keys = keysOf(resolved);
  const target = openTarget({
    baseUrl,
    keys,
    timeoutMs,
    maxBodyBytes,
    ...(signal === undefined ? {} : { signal }),
  });
  try {
    if (resolved.isLive) assertPastWindow(resolved.window, target.wallClock());
    const report = await runPlan({ resolved, document, plan, target, keys });
    return redactReport(report, keys);
  } finally {
    target.close();
  }
}

/** The plan of a run with these options; sends nothing. Throws KitError for a pattern that matches no case. */
export function planRun(
  resolved: ResolvedOptions,
  suite: Suite = { cases: ALL_CASES, probes: ALL_PROBES },
): Plan {
  const { only, skip, smoke, deep, isCareful } = resolved;
  for (const glob of [...only, ...skip]) {
    if (suite.cases.some(({ id }) => matchesGlob(glob, id))) continue;
    const expected = 'a pattern that matches a case (see `formal-mock contract list`)';
    throw new KitError('ERR_OPTION_INVALID', { option: 'only or skip', expected, value: glob });
  }
  return createPlan({
    ...suite,
    only,
    skip,
    smoke,
    deep,
    isLive: isCareful,
    canInsert: resolved.insertSession !== undefined,
  });
}

/** Path of the openapi.yaml that comes with the package. */
export function packagedDocument(): string {
  return fileURLToPath(new URL('../../openapi.yaml', import.meta.url));
}

function keysOf({ apiKey, limitedKey }: ResolvedOptions): Keys {
  return { apiKey, ...(limitedKey === undefined ? {} : { limitedKey }) };
}

interface RunParts {
  readonly resolved: ResolvedOptions;
  readonly document: ContractDocument;
  readonly plan: Plan;
  readonly target: Target;
  readonly keys: Keys;
}

async function runPlan({ resolved, document, plan, target, keys }: RunParts): Promise<ContractReport> {
  const startedMs = target.wallClock();
  const startedAt = target.elapsed();
  const courier = createCourierFor(resolved, target);
  const settings = createSettings(resolved, { document, nowMs: resolved.nowMs ?? startedMs });
  const state: RunState = { answers: new Map(), floods: [], settings };
  const stopped = await sendProbes(state, { resolved, plan, courier });
  const hidesNames = !resolved.showValues;
  const view = veilView(createView(state, courier), { keys, document: document.loaded, hidesNames });
  const isLate = (): boolean => target.elapsed() - startedAt > resolved.maxRunMs;
  const outcomes = judgeAll(plan, { view, resolved, stopped, isLate });
  const late = isLate() ? tooLong(resolved.maxRunMs) : undefined;
  const known = applyKnownFailures(outcomes, resolved.known, {
    audience: resolved.audience,
    url: resolved.url,
    today: new Date(startedMs).toISOString().slice(0, 10),
    caseIds: CASE_IDS,
  });
  return {
    reportVersion: 1,
    target: resolved.url,
    audience: resolved.audience,
    startedAt: new Date(startedMs).toISOString(),
    durationMs: Math.round(target.elapsed() - startedAt),
    requests: courier.log.length,
    exitCode: exitCodeOf(known, { plan, resolved, stopped, late }),
    ...stoppedText(stopped?.message ?? late, keys),
    notes: notesOf(view, plan, startedMs),
    outcomes: known,
    facts: late === undefined ? collectFacts(view) : {},
  };
}

function stoppedText(text: string | undefined, keys: Keys): Pick<ContractReport, 'stopped'> {
  return text === undefined ? {} : { stopped: createForeignRedactor(keys)(text) };
}

function createCourierFor(resolved: ResolvedOptions, target: Target): Courier {
  const { maxRequests, requestsPerSecond, maxRunMs, isCareful } = resolved;
  return createCourier({
    target,
    maxRequests,
    maxRunMs,
    retriesOfUnavailable: isCareful ? 2 : 0,
    ...(requestsPerSecond === undefined ? {} : { requestsPerSecond }),
  });
}

function createSettings(
  resolved: ResolvedOptions,
  { document, nowMs }: Pick<RunSettings, 'document' | 'nowMs'>,
): RunSettings {
  const { audience, window, profile, maxP95Ms, smoke } = resolved;
  return {
    audience,
    document,
    nowMs,
    pastWindows: resolved.isCareful ? pastWindows(nowMs, { smoke, window }) : [],
    pageLimit: Math.min(DATA_LIMIT, document.maxLimit ?? DATA_LIMIT),
    hasLimitedKey: resolved.limitedKey !== undefined,
    apiKey: resolved.apiKey,
    show: createShowValue({ values: resolved.showValues }),
    showsValues: resolved.showValues,
    ...(window === undefined ? {} : { window }),
    ...(profile === undefined ? {} : { profile }),
    ...(maxP95Ms === undefined ? {} : { maxP95Ms }),
  };
}

interface Judging {
  readonly view: RunView;
  readonly resolved: ResolvedOptions;
  readonly stopped: RunStopped | undefined;
  /** True once the run has taken too long; what is left is skipped then. */
  readonly isLate: () => boolean;
}

function judgeAll(plan: Plan, { view, resolved, stopped, isLate }: Judging): Outcome[] {
  return plan.cases.map((subject) => {
    // A chain that was cut off looks like a server that stopped answering, so nothing is said about it.
    const isCutOff = stopped !== undefined && subject.probes !== 'all';
    if (isCutOff || isLate()) return skipCase(subject, 'the run ended early');
    return judgeCase(subject, { view, baseUrl: resolved.url });
  });
}

interface Ending {
  readonly plan: Plan;
  readonly resolved: ResolvedOptions;
  readonly stopped: RunStopped | undefined;
  /** Why judging ended before its end, if it did. */
  readonly late: string | undefined;
}

function exitCodeOf(outcomes: readonly Outcome[], { plan, resolved, stopped, late }: Ending): ExitCode {
  const has = (...statuses: readonly string[]): boolean =>
    outcomes.some(({ status }) => statuses.includes(status));
  if (has('error')) return EXIT.bug;
  if (stopped !== undefined) return stopped.exitCode;
  if (has('fail', 'stale') || (resolved.failOnWarn && has('warn'))) return EXIT.broken;
  if (late !== undefined) return EXIT.budget;
  return isSomethingVerified(outcomes, plan) ? EXIT.ok : EXIT.nothingVerified;
}

function isSomethingVerified(outcomes: readonly Outcome[], { cases }: Plan): boolean {
  const examining = cases.filter(({ examinesSessions }) => examinesSessions).map(({ id }) => id);
  const relevant = examining.length === 0 ? outcomes : outcomes.filter(({ id }) => examining.includes(id));
  return relevant.some(({ subjects }) => subjects > 0);
}
