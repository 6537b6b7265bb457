import { KitError } from '../errors.ts';
import type { TimeWindow } from './run-view.ts';

/** Most requests in total and per second that the live service may be asked for. */
export const LIVE_BOUNDS = { maxRequests: 90, requestsPerSecond: 2 } as const;

const LIVE_DOMAINS = ['joinformal.com', 'formal.ai'];

/** True for the hosts of the live service, which nobody can ask otherwise than by the live manners. */
export function isLiveUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const host = new URL(url).hostname.replace(/\.+$/, '');
  return LIVE_DOMAINS.some((domain) => host === domain || host.endsWith(`.${domain}`));
}

/** What a run was given that the live manners bound. */
export interface BoundedOptions {
  readonly isLive?: boolean;
  readonly maxRequests?: number;
  readonly requestsPerSecond?: number;
}

/** Options may tighten the live manners and never loosen them. Throws KitError ERR_OPTION_INVALID. */
export function assertLiveBounds(options: BoundedOptions): void {
  if (options.isLive === false) throw invalid('isLive', 'true for a host of Formal', 'false');
  for (const name of ['maxRequests', 'requestsPerSecond'] as const) {
    const value = options[name];
    const most = LIVE_BOUNDS[name];
    if (value !== undefined && value > most)
      throw invalid(name, `at most ${most} for the live service`, String(value));
  }
}

/** The live service is only looked at in the past. Throws KitError ERR_OPTION_INVALID for any other window. */
export function assertPastWindow(window: TimeWindow | undefined, nowMs: number): void {
  if (window === undefined || window.endMs <= nowMs) return;
  const value = `an end at ${new Date(window.endMs).toISOString()}`;
  throw invalid('window', 'closed and in the past for the live service', value);
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DEPTHS_IN_DAYS = [7, 3650];

/**
 * The windows in which a considerate run looks for sessions, the first that has any counts: the week before the last
 * hour, then the ten years before it. A smoke run looks into the second alone; a given window is the only one.
 */
export function pastWindows(
  nowMs: number,
  { smoke, window }: { readonly smoke: boolean; readonly window?: TimeWindow | undefined },
): readonly TimeWindow[] {
  if (window !== undefined) return [window];
  // Whole hours make runs within an hour ask the same.
  const endMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS - HOUR_MS;
  const windows = DEPTHS_IN_DAYS.map((days) => ({ startMs: endMs - days * DAY_MS, endMs }));
  return smoke ? windows.slice(-1) : windows;
}

function invalid(option: string, expected: string, value: string): KitError {
  return new KitError('ERR_OPTION_INVALID', { option, expected, value });
}
