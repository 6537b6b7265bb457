import { seenSessions } from '../pages.ts';
import { idOf, type JsonObject, type RunView } from '../run-view.ts';

/** In how many percent of the sessions each top-level field is there, rounded. */
export function presenceOf(view: RunView): Readonly<Record<string, number>> {
  const sessions = new Map<string, JsonObject>(
    seenSessions(view).map(({ session }) => [idOf(session), session]),
  );
  const counts: Record<string, number> = {};
  for (const session of sessions.values()) {
    for (const name of Object.keys(session)) counts[name] = (counts[name] ?? 0) + 1;
  }
  return Object.fromEntries(
    Object.entries(counts)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, times]) => [name, Math.round((100 * times) / sessions.size)]),
  );
}
