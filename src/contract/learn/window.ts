import type { Exchange, RequestMessage } from '../exchange.ts';
import {
  isObject,
  type JsonObject,
  nextCursorOf,
  type RunView,
  sessionsOf,
  startOf,
  type TimeWindow,
} from '../run-view.ts';

const EDGE_MS = 1000;
const SETTLED_MS = 10 * 60_000;

/** Start times of a page's sessions, distinct, oldest first. */
export function distinctStarts(sessions: readonly JsonObject[]): number[] {
  const starts = sessions.map(startOf).filter((ms) => ms !== undefined);
  return [...new Set(starts)].sort((a, b) => a - b);
}

/**
 * The window most probes look into: closed, in the past, its ends between two sessions so that it does not matter
 * whether bounds are inclusive, and with sessions outside on both sides where there are enough.
 * `narrowing` counts the halvings after a window held more than one page.
 */
export function candidateWindow(view: RunView, narrowing: number): TimeWindow | undefined {
  const whole = wholeWindow(view);
  if (whole === undefined) return undefined;
  const span = Math.floor((whole.endMs - whole.startMs) / 4 ** narrowing);
  return { startMs: whole.endMs - Math.max(span, 1), endMs: whole.endMs };
}

/** The given window; where it holds more than a page, or none is given, one around the first page. */
function wholeWindow(view: RunView): TimeWindow | undefined {
  const given = view.settings.window;
  if (given !== undefined && !isGivenTooLarge(view)) return given;
  const around = windowAround(settledStarts(view));
  if (given === undefined || around === undefined) return given ?? around;
  return { startMs: Math.max(given.startMs, around.startMs), endMs: Math.min(given.endMs, around.endMs) };
}

/** True when a window was given that holds more sessions than one page. */
export function isGivenTooLarge(view: RunView): boolean {
  const [first] = view.exchanges('page/first');
  return view.settings.window !== undefined && nextCursorOf(first) !== undefined;
}

function settledStarts({ settings, exchanges }: RunView): number[] {
  const all = distinctStarts(sessionsOf(exchanges('page/first')[0]));
  const settled = all.filter((ms) => ms < settings.nowMs - SETTLED_MS);
  return settled.length >= Math.min(all.length, 4) ? settled : all;
}

function windowAround(starts: readonly number[]): TimeWindow | undefined {
  const first = starts[0];
  const last = starts.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const outer = { startMs: Math.floor(first) - EDGE_MS, endMs: Math.ceil(last) + 1 };
  if (starts.length < 4) return outer;
  const gaps = starts.slice(1).map((ms, at) => gapBetween(starts[at] ?? ms, ms));
  const startMs = gaps.slice(0, Math.ceil(gaps.length / 3)).find((ms) => ms !== undefined);
  const endMs = gaps.slice(-Math.floor(gaps.length / 3)).findLast((ms) => ms !== undefined);
  return { startMs: startMs ?? outer.startMs, endMs: endMs ?? outer.endMs };
}

/** A whole millisecond strictly between two instants, if there is one. */
function gapBetween(lower: number, upper: number): number | undefined {
  const middle = Math.floor((lower + upper) / 2);
  return middle > lower && middle < upper ? middle : undefined;
}

/** The window of this run; undefined before there is data to choose it from. */
export function chosenWindow(view: RunView): TimeWindow | undefined {
  const sent = view.exchanges('page/window').length;
  return sent === 0 ? undefined : candidateWindow(view, sent - 1);
}

/** The page of the whole window, the yardstick for walks, sorts and queries. */
export function windowExchange(view: RunView): Exchange | undefined {
  return view.exchanges('page/window').at(-1);
}

/** Sessions of the whole window; empty where the window is empty or was never asked for. */
export function windowSessions(view: RunView): readonly JsonObject[] {
  return sessionsOf(windowExchange(view));
}

/** True when the window fitted on one page, so that its sessions are all there are. */
export function isWindowComplete(view: RunView): boolean {
  const exchange = windowExchange(view);
  if (exchange?.answer === undefined) return false;
  return nextCursorOf(exchange) === undefined || sessionsOf(exchange).length < view.settings.pageLimit;
}

/** The page that other ways of asking for it are compared with: of the window, or the first where there is none. */
export function twinExchange(view: RunView): Exchange | undefined {
  return windowExchange(view) ?? view.exchanges('page/first')[0];
}

/** The message of {@link twinExchange}. */
export function twinMessage(view: RunView): RequestMessage {
  return { limit: view.settings.pageLimit, ...windowMessage(view) };
}

/** An instant as requests write it. */
export function timeText(ms: number): string {
  return new Date(ms).toISOString();
}

/** The same instant with an offset of two hours. */
export function offsetTimeText(ms: number): string {
  return new Date(ms + 2 * 3_600_000).toISOString().replace('Z', '+02:00');
}

/** `startTimestamp` and `endTimestamp` of the run's window; empty before it is chosen. */
export function windowMessage(view: RunView): RequestMessage {
  const window = chosenWindow(view);
  return window === undefined ? {} : messageOfWindow(window);
}

/** A window as members of a request. */
export function messageOfWindow(window: TimeWindow): RequestMessage {
  return { startTimestamp: timeText(window.startMs), endTimestamp: timeText(window.endMs) };
}

/** A window far before there were sessions anywhere: it is empty on every server. */
export const EMPTY_WINDOW: RequestMessage = {
  startTimestamp: '2001-01-01T00:00:00Z',
  endTimestamp: '2001-01-02T00:00:00Z',
};

/** The message a request of ours carried; empty where its body is not a JSON object. */
export function sentMessage(exchange: Exchange | undefined): RequestMessage {
  const body = exchange?.request.body;
  if (body === undefined) return {};
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
