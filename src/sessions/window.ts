import { ConnectError } from '../connect/connect-error.ts';
import { parseTime } from '../query/parse-time.ts';
import type { World } from '../world/world.ts';
import type { ListRequest } from './list-request.ts';
import { attempt, readField } from './read-field.ts';
import { intersectRows, NO_ROWS, type RowRange } from './row-range.ts';
import type { SessionsSettings } from './settings.ts';

/** What a window is cut from. */
export interface WindowContext {
  readonly world: World;
  /** ms since 1970; later sessions are not revealed yet. */
  readonly now: number;
  readonly settings: SessionsSettings;
}

/**
 * The rows of the request's time window. Throws ConnectError `invalid_argument` for a time that cannot be
 * read. Source: assumed (format and bounds are not documented).
 */
export function resolveWindow(request: ListRequest, { world, now, settings }: WindowContext): RowRange {
  const start = readTime('startTimestamp', request.startTimestamp, settings);
  const end = readTime('endTimestamp', request.endTimestamp, settings);
  if (start === 'nothing' || end === 'nothing') return NO_ROWS;
  if (start !== undefined && end !== undefined && start > end && settings.invertedWindow === 'error') {
    throw new ConnectError('invalid_argument', 'startTimestamp must not be after endTimestamp');
  }
  const revealed: RowRange = { low: 0, high: world.count(now) };
  const low = start === undefined ? 0 : world.indexAt(firstInstant(start, settings));
  const high = end === undefined ? revealed.high : world.indexAt(endInstant(end, settings));
  return intersectRows(revealed, { low, high });
}

function firstInstant(start: number, settings: SessionsSettings): number {
  return settings.windowStart === 'inclusive' ? Math.ceil(start) : Math.floor(start) + 1;
}

function endInstant(end: number, settings: SessionsSettings): number {
  return settings.windowEnd === 'exclusive' ? Math.ceil(end) : Math.floor(end) + 1;
}

function readTime(
  field: string,
  text: string | undefined,
  { malformedTime }: SessionsSettings,
): number | 'nothing' | undefined {
  if (text === undefined || text === '') return undefined;
  if (malformedTime === 'error') return readField(field, () => parseTime(text));
  return attempt(() => parseTime(text)) ?? (malformedTime === 'empty' ? 'nothing' : undefined);
}
