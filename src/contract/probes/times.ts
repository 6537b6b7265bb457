import {
  chosenWindow,
  distinctStarts,
  messageOfWindow,
  offsetTimeText,
  timeText,
  windowSessions,
} from '../learn/window.ts';
import { call, type Probe, type RequestMessage, singleProbe } from '../probe.ts';
import { type JsonObject, type RunView, startOf, type TimeWindow } from '../run-view.ts';

const AFTER_WINDOW = ['page/window'];
const AFTER_START_MS = 2;

/**
 * A whole millisecond between two sessions near the middle of the window, just after the earlier one, so that a bound
 * that is rounded to seconds shows; undefined where there is none.
 */
export function splitPoint(view: RunView): number | undefined {
  const starts = distinctStarts(windowSessions(view));
  const points = starts.slice(1).flatMap((ms, at) => {
    const point = Math.floor(starts[at] ?? ms) + AFTER_START_MS;
    return point < ms ? [point] : [];
  });
  return points[Math.floor(points.length / 2)];
}

/** A session of the window whose start is written as text, for the question whether bounds are inclusive. */
export function boundarySession(
  view: RunView,
): { readonly session: JsonObject; readonly text: string } | undefined {
  const sessions = windowSessions(view).filter((session) => startOf(session) !== undefined);
  const session = sessions[Math.floor(sessions.length / 2)];
  const text = session?.['startTime'];
  return session !== undefined && typeof text === 'string' ? { session, text } : undefined;
}

function inWindow(
  [id, template]: readonly [id: string, template: string],
  message: (window: TimeWindow, view: RunView) => RequestMessage | undefined,
): Probe {
  return singleProbe([id, template], { needs: AFTER_WINDOW }, (view) => {
    const window = chosenWindow(view);
    const members = window === undefined ? undefined : message(window, view);
    if (members === undefined) return undefined;
    return call(view.settings, { limit: view.settings.pageLimit, ...members });
  });
}

function splitWindow(view: RunView, part: (at: number) => RequestMessage): RequestMessage | undefined {
  const at = splitPoint(view);
  return at === undefined ? undefined : part(at);
}

/** Windows: halves of the window, single bounds, exact bounds, broken and equal spellings. */
export const TIME_PROBES: readonly Probe[] = [
  inWindow(['time/older-half', 'POST {"limit":50,<older half of the window>}'], ({ startMs }, view) =>
    splitWindow(view, (at) => messageOfWindow({ startMs, endMs: at })),
  ),
  inWindow(['time/newer-half', 'POST {"limit":50,<newer half of the window>}'], ({ endMs }, view) =>
    splitWindow(view, (at) => messageOfWindow({ startMs: at, endMs })),
  ),
  inWindow(['time/start-only', 'POST {"limit":50,"startTimestamp":<middle>}'], (_, view) =>
    splitWindow(view, (at) => ({ startTimestamp: timeText(at) })),
  ),
  inWindow(['time/end-only', 'POST {"limit":50,"endTimestamp":<middle>}'], (_, view) =>
    splitWindow(view, (at) => ({ endTimestamp: timeText(at) })),
  ),
  inWindow(
    ['time/at-start', 'POST {"limit":50,"startTimestamp":<start of a session>,…}'],
    ({ endMs }, view) => {
      const at = boundarySession(view);
      return at === undefined ? undefined : { startTimestamp: at.text, endTimestamp: timeText(endMs) };
    },
  ),
  inWindow(
    ['time/at-end', 'POST {"limit":50,"endTimestamp":<start of a session>,…}'],
    ({ startMs }, view) => {
      const at = boundarySession(view);
      return at === undefined ? undefined : { startTimestamp: timeText(startMs), endTimestamp: at.text };
    },
  ),
  inWindow(['time/inverted', 'POST {"limit":50,<window with its ends swapped>}'], ({ startMs, endMs }) =>
    messageOfWindow({ startMs: endMs, endMs: startMs }),
  ),
  inWindow(['time/offset', 'POST {"limit":50,<window written with +02:00>}'], ({ startMs, endMs }) => ({
    startTimestamp: offsetTimeText(startMs),
    endTimestamp: offsetTimeText(endMs),
  })),
  singleProbe(['time/malformed', 'POST {"limit":2,"startTimestamp":"not a time"}'], {}, ({ settings }) =>
    call(settings, { limit: Math.min(2, settings.pageLimit), startTimestamp: 'not a time' }),
  ),
];
