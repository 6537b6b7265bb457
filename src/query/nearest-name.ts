const MAX_NAME_LENGTH = 64;

const MAX_SUGGESTIONS = 20;

/** {@link nearestName} for the names of one text; stops after 20, so that many bad names cost little. */
export function createSuggester(known: readonly string[]): (name: string) => string | undefined {
  let left = MAX_SUGGESTIONS;
  return (name) => {
    left -= 1;
    return left < 0 ? undefined : nearestName(name, known);
  };
}

/** The known name most similar to a mistyped one, or undefined when none is close. */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  if (name.length > MAX_NAME_LENGTH) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(name, candidate);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Fewest insertions, deletions, replacements and swaps of neighbours between two texts. */
function editDistance(left: string, right: string): number {
  let before: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const cost = left.charAt(row - 1) === right.charAt(column - 1) ? 0 : 1;
      const swap = isSwap(left, right, [row, column])
        ? (before[column - 2] ?? 0) + 1
        : Number.POSITIVE_INFINITY;
      const [above = 0, diagonal = 0, behind = 0] = [
        previous[column],
        previous[column - 1],
        current[column - 1],
      ];
      current[column] = Math.min(above + 1, behind + 1, diagonal + cost, swap);
    }
    before = previous;
    previous = current;
  }
  return previous[right.length] ?? 0;
}

function isSwap(left: string, right: string, [row, column]: readonly [number, number]): boolean {
  if (row < 2 || column < 2) return false;
  return (
    left.charAt(row - 1) === right.charAt(column - 2) && left.charAt(row - 2) === right.charAt(column - 1)
  );
}
