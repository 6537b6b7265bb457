import { closest, distance } from 'fastest-levenshtein';

/** ` (did you mean X?)` for the nearest of the known names, or an empty text when none is near. */
export function suggestName(unknown: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const best = closest(unknown, known);
  const limit = Math.max(2, Math.floor(unknown.length / 3));
  return distance(unknown, best) <= limit ? ` (did you mean ${best}?)` : '';
}
