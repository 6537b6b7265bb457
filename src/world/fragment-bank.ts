/** Texts as bytes, one after another, that rows are put together from with `copyWithin`. */
export interface FragmentBank {
  readonly bytes: Buffer;
  /** Bytes of the longest text of each list, added up. */
  readonly longest: number;
  /** Where each text of a list begins and, one further, ends: text `n` is `[places[n], places[n + 1])`. */
  readonly lists: readonly Int32Array[];
}

/** Puts lists of texts into one bank. */
export function createFragmentBank(lists: readonly (readonly string[])[]): FragmentBank {
  const bytes = Buffer.from(lists.map((texts) => texts.join('')).join(''));
  let place = 0;
  let longest = 0;
  const places = lists.map((texts) => {
    const borders = new Int32Array(texts.length + 1);
    let most = 0;
    for (const [number, text] of texts.entries()) {
      borders[number] = place;
      const size = Buffer.byteLength(text);
      most = Math.max(most, size);
      place += size;
    }
    borders[texts.length] = place;
    longest += most;
    return borders;
  });
  return { bytes, longest, lists: places };
}

/** Texts up to this length are copied byte by byte, which costs less than a call. */
const SHORT_BYTES = 16;

/** Copies one text of a bank that is the arena's own head, and gives the place after it. */
export function copyFragment(arena: Uint8Array, place: number, list: Int32Array, number: number): number {
  const from = list[number] ?? 0;
  const until = list[number + 1] ?? 0;
  const size = until - from;
  if (size > SHORT_BYTES) arena.copyWithin(place, from, until);
  else for (let byte = 0; byte < size; byte += 1) arena[place + byte] = arena[from + byte] ?? 0;
  return place + size;
}
