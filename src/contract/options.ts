import { KitError } from '../errors.ts';
import type { LoadedDocument } from '../openapi/loaded-document.ts';
import type { ContractFacts } from './facts.ts';
import type { KnownFailure } from './known-failures.ts';
import { assertLiveBounds, isLiveUrl, LIVE_BOUNDS } from './manners.ts';
import type { Audience, TimeWindow } from './run-view.ts';

/** What to judge, by what, and how. Everything but `url` and `apiKey` has a default. */
export interface ContractOptions {
  /** Base URL of the server, `https://host` or `http://localhost:4010`; a path is kept. */
  readonly url: string;
  /** The key under test. It is sent to `url` only and appears in no report. */
  readonly apiKey: string;
  /** A valid key without the right to list sessions; without it the 403 case is skipped. */
  readonly limitedKey?: string;
  /** Decides severities. Default `live` for the live service, otherwise `any`. */
  readonly audience?: Audience;
  /**
   * The server is the live service: at most 90 requests, 2 a second, nothing that hurts, closed windows in the past,
   * and no other option can loosen that. Default true for hosts of Formal, which cannot be asked otherwise, else false.
   */
  readonly isLive?: boolean;
  /**
   * Asks what the live service may be asked and nothing else; a server of one's own may be asked faster. Default true for
   * the live service and for the audience `live`, else false.
   */
  readonly isCareful?: boolean;
  /** Document to judge by. Default: the package's own openapi.yaml. */
  readonly document?: LoadedDocument;
  /** Globs of case ids to run; a star stands for any text. Default: all. */
  readonly only?: readonly string[];
  /** Globs of case ids to leave out. Default: none. */
  readonly skip?: readonly string[];
  /** At most 15 requests. Default false. */
  readonly smoke?: boolean;
  /** Also asks what only `learn` needs to know. Default false. */
  readonly deep?: boolean;
  /** Fails the performance case when the 95th percentile is above this, in milliseconds. Default: only observed. */
  readonly maxP95Ms?: number;
  /** Failures that are expected for now. Default: none. */
  readonly known?: readonly KnownFailure[];
  /** Warnings fail the run. Default false. */
  readonly failOnWarn?: boolean;
  /** Budget of requests. Default 15 with `smoke`, 90 where the run is careful, otherwise 160. */
  readonly maxRequests?: number;
  /** Requests per second. Default 2 where the run is careful, otherwise as fast as the answers come. */
  readonly requestsPerSecond?: number;
  /** Window of time to look into; for the live service one that has ended. Default: chosen from the newest sessions. */
  readonly window?: TimeWindow;
  /** Puts values of sessions into the report. Default: where the run is not careful. */
  readonly showValues?: boolean;
  /** Facts of an earlier `learn`, asserted from then on. */
  readonly profile?: ContractFacts;
  /** Longest time for one answer, in milliseconds, 1..600000. Default 10000. */
  readonly timeoutMs?: number;
  /** Largest answer, in bytes. Default 16 MiB. */
  readonly maxBodyBytes?: number;
  /** Longest run, in milliseconds. Default 300000. */
  readonly maxRunMs?: number;
  /** The server's idea of now, in milliseconds since 1970. Default: its Date header, else this machine's clock. */
  readonly nowMs?: number;
  /** Makes the server start one more session, now. Without it one case is skipped; never called on a live run. */
  readonly insertSession?: () => Promise<void>;
  /** Stops the run; exit code 130. */
  readonly signal?: AbortSignal;
}

/** Options with everything filled in. */
export type ResolvedOptions = Required<
  Omit<
    ContractOptions,
    | 'limitedKey'
    | 'document'
    | 'maxP95Ms'
    | 'requestsPerSecond'
    | 'window'
    | 'profile'
    | 'nowMs'
    | 'insertSession'
    | 'signal'
  >
> &
  Pick<
    ContractOptions,
    | 'limitedKey'
    | 'document'
    | 'maxP95Ms'
    | 'requestsPerSecond'
    | 'window'
    | 'profile'
    | 'nowMs'
    | 'insertSession'
    | 'signal'
  >;

const SMOKE_REQUESTS = 15;
const FULL_REQUESTS = 160;

const DEFAULTS = {
  only: [],
  skip: [],
  smoke: false,
  deep: false,
  known: [],
  failOnWarn: false,
  timeoutMs: 10_000,
  maxBodyBytes: 16 * 1024 * 1024,
  maxRunMs: 300_000,
} as const;

/** Fills defaults and checks bounds. Throws KitError ERR_OPTION_INVALID. */
export function resolveContractOptions(options: ContractOptions): ResolvedOptions {
  const given = definedOnly(options);
  const isLive = isLiveUrl(given.url) || given.isLive === true;
  if (isLive) assertLiveBounds(given);
  const audience = given.audience ?? (isLive ? 'live' : 'any');
  const isCareful = isLive || (given.isCareful ?? audience === 'live');
  const resolved: ResolvedOptions = {
    ...DEFAULTS,
    maxRequests: defaultRequests({ isCareful, smoke: given.smoke ?? DEFAULTS.smoke }),
    showValues: !isCareful,
    ...(isCareful ? { requestsPerSecond: LIVE_BOUNDS.requestsPerSecond } : {}),
    ...given,
    isLive,
    isCareful,
    audience,
    url: checkUrl(options),
  };
  checkBounds(resolved);
  return Object.freeze(resolved);
}

/** Options given as undefined count as not given. */
function definedOnly(options: ContractOptions): ContractOptions {
  // Only members without a value are left out, and none of the required ones has none.
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as unknown as ContractOptions;
}

function defaultRequests(run: { readonly isCareful: boolean; readonly smoke: boolean }): number {
  if (run.smoke) return SMOKE_REQUESTS;
  return run.isCareful ? LIVE_BOUNDS.maxRequests : FULL_REQUESTS;
}

function checkUrl({ url, apiKey }: ContractOptions): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || !['http:', 'https:'].includes(parsed.protocol)) {
    throw invalid('url', 'an http or https URL', url);
  }
  if (parsed.username !== '' || parsed.search !== '' || parsed.hash !== '') {
    throw invalid('url', 'a URL without user, query and fragment', parsed.origin);
  }
  if (parsed.protocol === 'http:' && !isLoopback(parsed.hostname)) {
    throw invalid('url', 'https, because a key must not travel in clear text except to this machine', url);
  }
  if (apiKey === '' || /[\r\n\0]/.test(apiKey))
    throw invalid('apiKey', 'a key in one line', 'an empty or broken one');
  return url.replace(/\/+$/, '');
}

/** True for this machine's own addresses. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

function checkBounds(options: ResolvedOptions): void {
  checkNumber('timeoutMs', options.timeoutMs, 600_000);
  checkNumber('maxRunMs', options.maxRunMs, 24 * 3_600_000);
  checkNumber('maxRequests', options.maxRequests, 10_000);
  checkNumber('maxBodyBytes', options.maxBodyBytes, 1024 ** 3);
  if (options.requestsPerSecond !== undefined)
    checkNumber('requestsPerSecond', options.requestsPerSecond, 10_000);
  if (options.maxP95Ms !== undefined) checkNumber('maxP95Ms', options.maxP95Ms, 600_000);
  const { window } = options;
  if (window !== undefined && !(window.startMs < window.endMs)) {
    throw invalid('window', 'a start before its end', `${window.startMs}..${window.endMs}`);
  }
}

function checkNumber(option: string, value: number, most: number): void {
  if (value > 0 && value <= most) return;
  throw invalid(option, `above 0 and at most ${most}`, String(value));
}

function invalid(option: string, expected: string, value: string): KitError {
  return new KitError('ERR_OPTION_INVALID', { option, expected, value });
}
