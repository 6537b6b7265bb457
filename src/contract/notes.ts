import { chosenWindow, isGivenTooLarge, timeText } from './learn/window.ts';
import { countLookedAt } from './pages.ts';
import { leftOutNotes, type Plan } from './plan.ts';
import { clockNotes } from './preflight.ts';
import type { RunView } from './run-view.ts';

/** Things worth knowing of a run that are nobody's failure. */
export function notesOf(view: RunView, plan: Plan, startedMs: number): readonly string[] {
  return [
    ...clockNotes(view.all()[0], startedMs),
    ...leftOutNotes(plan),
    ...windowNotes(view),
    ...sizeNotes(view),
  ];
}

function sizeNotes(view: RunView): readonly string[] {
  const { seen, of } = countLookedAt(view);
  return seen === of ? [] : [`the answers held ${of} sessions: looked into ${seen} of them`];
}

function windowNotes(view: RunView): readonly string[] {
  const chosen = chosenWindow(view);
  if (chosen === undefined || !isGivenTooLarge(view)) return [];
  const part = `${timeText(chosen.startMs)}..${timeText(chosen.endMs)}`;
  return [`the given window holds more than ${view.settings.pageLimit} sessions: looked into ${part} of it`];
}
