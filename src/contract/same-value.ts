/** A JSON value as text, the same for every order of keys. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => {
    if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
    return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** True when two JSON values are equal, key order aside. */
export function sameValue(a: unknown, b: unknown): boolean {
  return canonicalText(a) === canonicalText(b);
}

/** Position of the first difference of two lists; undefined where the shorter is a prefix of the longer. */
export function firstDifference(a: readonly string[], b: readonly string[]): number | undefined {
  const at = a.slice(0, b.length).findIndex((item, index) => item !== b[index]);
  return at < 0 ? undefined : at;
}
