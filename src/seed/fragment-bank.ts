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
