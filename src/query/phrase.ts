/** Tells whether the tokens hold the phrase, its words side by side and in order. */
export function holdsPhrase(tokens: readonly string[], phrase: readonly string[]): boolean {
  return holdsRun(tokens, phrase, (token, word) => token === word);
}

/** {@link holdsPhrase}, where the last word of the phrase may be the beginning of a token. */
export function holdsPhrasePrefix(tokens: readonly string[], phrase: readonly string[]): boolean {
  const last = phrase.length - 1;
  return holdsRun(tokens, phrase, (token, word, index) =>
    index === last ? token.startsWith(word) : token === word,
  );
}

type WordTest = (token: string, word: string, index: number) => boolean;

function holdsRun(tokens: readonly string[], phrase: readonly string[], isSame: WordTest): boolean {
  for (let start = 0; start + phrase.length <= tokens.length; start += 1) {
    if (phrase.every((word, index) => isSame(tokens[start + index] ?? '', word, index))) return true;
  }
  return false;
}

/**
 * Tells whether the words can be placed on equal tokens so that (place in the text - place in the phrase) differs
 * by at most `slop` over all words; swapping two neighbours costs 2. Source: measured (tantivy).
 */
export function holdsSloppyPhrase(
  tokens: readonly string[],
  phrase: readonly string[],
  slop: number,
): boolean {
  const shifts = shiftsByWord(tokens, phrase);
  if (shifts === undefined) return false;
  const hits = shifts
    .flatMap((list, word) => list.map((shift): Hit => ({ shift, word })))
    .sort((left, right) => left.shift - right.shift);
  const window = new WordWindow(phrase.length);
  let first = 0;
  for (const hit of hits) {
    window.add(hit.word, 1);
    for (; hit.shift - (hits[first]?.shift ?? 0) > slop; first += 1) window.add(hits[first]?.word ?? 0, -1);
    if (window.isFull) return true;
  }
  return false;
}

interface Hit {
  readonly shift: number;
  readonly word: number;
}

/** Counts how often each word of the phrase is inside the window. */
class WordWindow {
  readonly #counts: number[];
  #covered = 0;

  constructor(words: number) {
    this.#counts = new Array<number>(words).fill(0);
  }

  get isFull(): boolean {
    return this.#covered === this.#counts.length;
  }

  add(word: number, change: 1 | -1): void {
    const before = this.#counts[word] ?? 0;
    this.#counts[word] = before + change;
    if (before === 0) this.#covered += 1;
    if (before + change === 0) this.#covered -= 1;
  }
}

function shiftsByWord(tokens: readonly string[], phrase: readonly string[]): number[][] | undefined {
  const places = new Map<string, number[]>();
  tokens.forEach((token, place) => {
    const known = places.get(token);
    if (known === undefined) places.set(token, [place]);
    else known.push(place);
  });
  const shifts: number[][] = [];
  for (const [index, word] of phrase.entries()) {
    const found = places.get(word);
    if (found === undefined) return undefined;
    shifts.push(found.map((place) => place - index));
  }
  return shifts;
}
