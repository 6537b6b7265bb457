import { boundarySession } from '../probes/times.ts';
import { idOf, idsOf, pageOf, type RunView } from '../run-view.ts';

/** Whether a session that starts exactly at a bound is inside; undefined where that was not asked or answered. */
export function boundMeaning(view: RunView, side: 'start' | 'end'): 'inclusive' | 'exclusive' | undefined {
  const [exchange] = view.exchanges(side === 'start' ? 'time/at-start' : 'time/at-end');
  const boundary = boundarySession(view);
  if (pageOf(exchange) === undefined || boundary === undefined) return undefined;
  return idsOf(exchange).includes(idOf(boundary.session)) ? 'inclusive' : 'exclusive';
}
