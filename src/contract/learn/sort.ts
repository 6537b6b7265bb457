import type { Exchange } from '../exchange.ts';
import { type JsonObject, pageOf, type RunView, sessionsOf, startOf } from '../run-view.ts';
import { sentMessage } from './window.ts';

const SPELLINGS = [
  '-start_time',
  'start_time',
  'start_time:asc',
  'start_time desc',
  'startTime',
  '-startTime',
];

/** How the sessions of a page run in time; `flat` where fewer than two different starts are there. */
export type TimeOrder = 'ascending' | 'descending' | 'flat' | 'mixed';

/** The order of a page's start times. */
export function timeOrder(sessions: readonly JsonObject[]): TimeOrder {
  const starts = sessions.map(startOf).filter((ms) => ms !== undefined);
  if (new Set(starts).size < 2) return 'flat';
  const pairs = starts.slice(1).map((ms, at) => ms - (starts[at] ?? ms));
  if (pairs.every((step) => step >= 0)) return 'ascending';
  return pairs.every((step) => step <= 0) ? 'descending' : 'mixed';
}

/** The answers to one spelling each, in the order asked. */
export function sortTrials(
  view: RunView,
): readonly { readonly sortBy: string; readonly exchange: Exchange }[] {
  return view
    .exchanges('sort/learn')
    .map((exchange) => ({ sortBy: String(sentMessage(exchange)['sortBy']), exchange }));
}

/** The first spelling that gave this order. */
export function sortSpelling(view: RunView, order: 'ascending' | 'descending'): string | undefined {
  return sortTrials(view).find(({ exchange }) => timeOrder(sessionsOf(exchange)) === order)?.sortBy;
}

/** Spellings to try, the profile's first; ends once both directions are known. */
export function sortCandidates(view: RunView): readonly string[] {
  const { profile } = view.settings;
  const known = [profile?.sortAscending, profile?.sortDescending].filter((text) => text !== undefined);
  const all = [...new Set([...known, ...SPELLINGS])];
  const isKnown =
    sortSpelling(view, 'ascending') !== undefined && sortSpelling(view, 'descending') !== undefined;
  return isKnown ? all.slice(0, sortTrials(view).length) : all;
}

/** A sort by a thing with few values, in the spelling that worked for time; it makes ties across page borders. */
export function tiedSortBy(view: RunView): string | undefined {
  const spelling = sortSpelling(view, 'descending');
  if (spelling === undefined) return undefined;
  return /startTime/.test(spelling)
    ? spelling.replace('startTime', 'sessionStatus')
    : spelling.replace('start_time', 'session_status');
}

/** True when the server answered a spelling with a page at all. */
export function acceptsSort(view: RunView): boolean {
  return sortTrials(view).some(({ exchange }) => pageOf(exchange) !== undefined);
}
