import { sortCandidates, tiedSortBy } from '../learn/sort.ts';
import {
  candidateWindow,
  chosenWindow,
  EMPTY_WINDOW,
  isWindowComplete,
  messageOfWindow,
  windowExchange,
  windowMessage,
  windowSessions,
} from '../learn/window.ts';
import { call, chainProbe, type Probe, type RequestMessage, singleProbe } from '../probe.ts';
import { nextCursorOf, type RunView, sessionsOf } from '../run-view.ts';

const AFTER_WINDOW = ['page/window'];

/** The page size that cuts the window into about this many pages. */
export function sizeFor(view: RunView, pages: number): number {
  return Math.max(1, Math.ceil(windowSessions(view).length / pages));
}

/** Page size of the first walk. */
export function smallSize(view: RunView): number {
  return sizeFor(view, 4);
}

/** Size of the first page of the second walk: another one, so that its border falls elsewhere. */
export function otherSize(view: RunView): number {
  const size = Math.max(1, Math.floor((2 * windowSessions(view).length) / 3));
  return size === smallSize(view) ? size + 1 : size;
}

interface WalkOptions {
  readonly id: string;
  readonly template: string;
  readonly bound: number;
  readonly needs?: readonly string[];
  readonly smoke?: boolean;
  readonly live?: boolean;
  /** First message of the walk; undefined where there is nothing to walk through. */
  readonly first: (view: RunView) => RequestMessage | undefined;
}

function walkProbe({ id, template, bound, first, ...traits }: WalkOptions): Probe {
  return chainProbe([id, template], { needs: AFTER_WINDOW, ...traits, bound }, (view, done) => {
    const message = first(view);
    if (message === undefined) return undefined;
    if (done.length === 0) return call(view.settings, message);
    const cursor = nextCursorOf(done.at(-1));
    return cursor === undefined ? undefined : call(view.settings, { ...message, cursor });
  });
}

function ofWindow(size: (view: RunView) => number): WalkOptions['first'] {
  return (view) =>
    windowSessions(view).length === 0 ? undefined : { limit: size(view), ...windowMessage(view) };
}

/** Whole pages and walks through the window. */
export const PAGE_PROBES: readonly Probe[] = [
  singleProbe(
    ['page/first', 'POST {"limit":50}, in the window where one is given'],
    { smoke: true },
    (view) => {
      const { window, pageLimit } = view.settings;
      return call(view.settings, {
        limit: pageLimit,
        ...(window === undefined ? {} : messageOfWindow(window)),
      });
    },
  ),
  chainProbe(
    ['page/window', 'POST {"limit":50,<window>}, narrower while it does not fit'],
    { bound: 2, smoke: true, needs: ['page/first'] },
    (view, done) => {
      if (done.length > 0 && isWindowComplete(view)) return undefined;
      const window = candidateWindow(view, done.length);
      if (window === undefined) return undefined;
      return call(view.settings, { limit: view.settings.pageLimit, ...messageOfWindow(window) });
    },
  ),
  singleProbe(
    ['page/window-again', 'POST {"limit":50,<window>} again'],
    { repeat: true, needs: AFTER_WINDOW },
    (view) => windowExchange(view)?.request,
  ),
  walkProbe({
    id: 'walk/small',
    template: 'POST {"limit":<quarter>,<window>}, then its cursors',
    bound: 5,
    first: ofWindow(smallSize),
  }),
  chainProbe(
    ['walk/other', 'POST {"limit":<two thirds>,<window>}, then its cursor with {"limit":50}'],
    { bound: 2, needs: AFTER_WINDOW },
    (view, done) => {
      if (windowSessions(view).length === 0) return undefined;
      if (done.length === 0) return call(view.settings, { limit: otherSize(view), ...windowMessage(view) });
      const cursor = nextCursorOf(done.at(-1));
      if (cursor === undefined) return undefined;
      return call(view.settings, { limit: view.settings.pageLimit, ...windowMessage(view), cursor });
    },
  ),
  walkProbe({
    id: 'walk/one',
    template: 'POST {"limit":1,<window>}, then its cursors, three pages',
    bound: 3,
    smoke: true,
    first: ofWindow(() => 1),
  }),
  singleProbe(
    ['page/exact', 'POST {"limit":<sessions of the window>,<window>}'],
    { needs: AFTER_WINDOW },
    (view) => {
      const count = windowSessions(view).length;
      if (count === 0 || !isWindowComplete(view)) return undefined;
      return call(view.settings, { limit: count, ...windowMessage(view) });
    },
  ),
  singleProbe(
    ['page/empty', 'POST {"limit":<maximum>} in a window of 2001'],
    { smoke: true },
    ({ settings }) => call(settings, { limit: settings.document.maxLimit ?? 100_000, ...EMPTY_WINDOW }),
  ),
  singleProbe(
    ['page/tied', 'POST {"limit":50,"sortBy":<few values>,<window>}'],
    { needs: ['page/window', 'sort/learn'] },
    (view) => tiedCall(view, view.settings.pageLimit),
  ),
  walkProbe({
    id: 'walk/tied',
    template: 'POST {"limit":<third>,"sortBy":<few values>,<window>}, then its cursors',
    bound: 3,
    needs: ['page/window', 'sort/learn', 'page/tied'],
    first: (view) => (sessionsOf(view.exchanges('page/tied')[0]).length < 2 ? undefined : tiedMessage(view)),
  }),
];

function tiedMessage(view: RunView): RequestMessage | undefined {
  const sortBy = tiedSortBy(view);
  if (sortBy === undefined) return undefined;
  return { limit: sizeFor(view, 3), sortBy, ...windowMessage(view) };
}

function tiedCall(view: RunView, limit: number): ReturnType<typeof call> | undefined {
  const message = tiedMessage(view);
  if (message === undefined || chosenWindow(view) === undefined) return undefined;
  return call(view.settings, { ...message, limit });
}

/** Candidates for the spelling of a sort, asked one after the other until both directions are known. */
export const SORT_LEARN_PROBE: Probe = chainProbe(
  ['sort/learn', 'POST {"limit":50,"sortBy":<spelling>,<window>} until both directions are known'],
  { bound: 4, needs: AFTER_WINDOW },
  (view, done) => {
    if (windowSessions(view).length === 0) return undefined;
    const sortBy = sortCandidates(view)[done.length];
    if (sortBy === undefined) return undefined;
    return call(view.settings, { limit: view.settings.pageLimit, sortBy, ...windowMessage(view) });
  },
);
