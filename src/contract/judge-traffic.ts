import type { LoadedDocument } from '../openapi/loaded-document.ts';
import { ALL_CASES } from './cases/all-cases.ts';
import { createContractDocument } from './contract-document.ts';
import type { Exchange } from './exchange.ts';
import { EXIT, type ExitCode } from './exit-code.ts';
import { judgeCase } from './judge.ts';
import type { Outcome } from './outcome.ts';
import type { Audience, RunSettings, RunView } from './run-view.ts';
import { createShowValue } from './show.ts';
import { veilView } from './veil.ts';

/** By what recorded answers are judged. */
export interface TrafficOptions {
  readonly document: LoadedDocument;
  /** Default `any`. */
  readonly audience?: Audience;
  /** Puts values into the findings. Default true. */
  readonly showValues?: boolean;
  /** Instant by which "in the future" is judged, milliseconds since 1970. Default: the answers' Date headers. */
  readonly nowMs?: number;
  /** Keys that no finding may hold; the first is looked for in the answers. Default: none. */
  readonly secrets?: readonly string[];
  /** True: a 5xx is a finding, for a service should not give any. Default false: a test may be about one. */
  readonly judgesServerErrors?: boolean;
  /** Where the requests went, for curl lines. Default: nowhere. */
  readonly baseUrl?: string;
  /** Cases to leave out, because they ask for what a single answer cannot show. */
  readonly skip?: readonly string[];
}

/** Cases about a whole run, which say nothing about recorded answers. */
const ABOUT_RUNS: readonly string[] = [
  'performance/observed',
  'performance/p95',
  'drift/never-seen',
  'drift/presence',
];

/** Judges answers that somebody else got, by every case that looks at answers alone. Nothing is sent. */
export function judgeTraffic(exchanges: readonly Exchange[], options: TrafficOptions): readonly Outcome[] {
  const { secrets = [], judgesServerErrors = false, skip = [], baseUrl = '' } = options;
  const view = createTrafficView(exchanges, options);
  const skipped = [
    ...ABOUT_RUNS,
    ...(judgesServerErrors ? [] : ['errors/no-server-error']),
    ...(secrets.length === 0 ? ['auth/key-never-echoed'] : []),
    ...skip,
  ];
  return ALL_CASES.filter(({ id, probes }) => probes === 'all' && !skipped.includes(id)).map((subject) =>
    judgeCase(subject, { view, baseUrl }),
  );
}

function createTrafficView(exchanges: readonly Exchange[], options: TrafficOptions): RunView {
  const dates = exchanges
    .map(({ answer }) => Date.parse(answer?.headers['date'] ?? ''))
    .filter((ms) => !Number.isNaN(ms));
  const document = createContractDocument(options.document);
  const [apiKey = '', ...otherKeys] = options.secrets ?? [];
  const showsValues = options.showValues ?? true;
  const settings: RunSettings = {
    audience: options.audience ?? 'any',
    document,
    pageLimit: document.maxLimit ?? 100_000,
    pastWindows: [],
    hasLimitedKey: false,
    apiKey,
    nowMs: options.nowMs ?? (dates.length === 0 ? Number.MAX_SAFE_INTEGER : Math.max(...dates)),
    show: createShowValue({ values: showsValues }),
    showsValues,
  };
  const view: RunView = { settings, exchanges: () => [], all: () => exchanges };
  const keys = { apiKey, otherKeys };
  return veilView(view, { keys, document: options.document, hidesNames: !showsValues });
}

/** Exit code of judged traffic. */
export function exitCodeOfTraffic(outcomes: readonly Outcome[], failOnWarn = false): ExitCode {
  const broken = ['fail', 'stale', ...(failOnWarn ? ['warn'] : [])];
  if (outcomes.some(({ status }) => status === 'error')) return EXIT.bug;
  if (outcomes.some(({ status }) => broken.includes(status))) return EXIT.broken;
  return outcomes.some(({ subjects }) => subjects > 0) ? EXIT.ok : EXIT.nothingVerified;
}
