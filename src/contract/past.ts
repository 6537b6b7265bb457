import type { RequestMessage } from './exchange.ts';
import { EMPTY_WINDOW, messageOfWindow } from './learn/window.ts';
import type { RunSettings } from './run-view.ts';

type PastSettings = Pick<RunSettings, 'past' | 'pageLimit'>;

/**
 * Bounds of time that a message gets where the run keeps to the past, as members: the past window for an ordinary
 * limit; for any other limit, or none, the empty window, so that a server without validation has nothing to give.
 * Empty where the run is free to look anywhere.
 */
function boundsFor({ past, pageLimit }: PastSettings, limit: unknown, isForData: boolean): RequestMessage {
  if (past === undefined) return {};
  const number = Number(limit);
  const isOrdinary =
    typeof limit !== 'boolean' && Number.isInteger(number) && number > 0 && number <= pageLimit;
  return isOrdinary || isForData ? messageOfWindow(past) : EMPTY_WINDOW;
}

/** The message, with the bounds it does not have itself where the run keeps to the past. */
export function keepMessageInPast(
  settings: PastSettings,
  message: RequestMessage,
  isForData = false,
): RequestMessage {
  // Once more at the end: bounds of its own count, in the order the message has them.
  return { ...message, ...boundsFor(settings, message['limit'], isForData), ...message };
}

/** The same for a body that is a text, which need not be JSON to its end. A text with bounds stays as it is. */
export function keepTextInPast(settings: PastSettings, text: string, isForData = false): string {
  if (!text.startsWith('{') || /start_?timestamp/i.test(text)) return text;
  const limit = /"limit"\s*:\s*"?([^",}\s]*)/.exec(text)?.[1];
  const bounds = boundsFor(settings, limit, isForData);
  if (Object.keys(bounds).length === 0) return text;
  const members = JSON.stringify(bounds).slice(1, -1);
  return text === '{}' ? `{${members}}` : `{${members},${text.slice(1)}`;
}
