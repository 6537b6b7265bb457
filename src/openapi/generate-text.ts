import { type Belief, believableText, plainText } from './believable-text.ts';
import { drawsOf } from './draw.ts';
import type { Facets } from './facets.ts';
import { textFits } from './fits.ts';
import { formattedText } from './format-text.ts';
import { FORMATS } from './formats.ts';
import { NoValueError } from './generation.ts';
import { DEFAULT_NAMES } from './name-source.ts';
import { textForPattern } from './pattern-text.ts';
import { letters, sizedText } from './sized-text.ts';
import { splicedTexts } from './spliced-text.ts';
import { subjectOf } from './subject.ts';

/** A text that meets its facets: by its name, its format, an example, its pattern, or plain words. */
export function generateText(facets: Facets, belief: Belief): string {
  const text =
    (belief.isFresh === true ? undefined : firstText(BELIEVABLE, facets, belief)) ??
    (isHopeless(facets) ? undefined : firstText(belief.isFresh === true ? FRESH : MADE_UP, facets, belief));
  if (text === undefined) throw new NoValueError(`no text meets ${describe(facets)}`);
  return text;
}

/** Texts to try, the likeliest first. */
type Source = (facets: Facets, belief: Belief) => Iterable<string>;

function firstText(sources: readonly Source[], facets: Facets, belief: Belief): string | undefined {
  for (const source of sources) {
    for (const text of source(facets, belief)) if (textFits(text, facets)) return text;
  }
  return undefined;
}

const BELIEVABLE: readonly Source[] = [
  (facets, belief) => resized(believableText(belief), facets),
  ({ formats }, belief) => formats.flatMap((format) => formattedText(format, belief) ?? []),
  ({ examples }, { draw }) => {
    const texts = examples.filter((example) => typeof example === 'string');
    return texts.length === 0 ? [] : [draw.pick(texts)];
  },
];

const MADE_UP: readonly Source[] = [
  patternTexts,
  (facets, belief) => resized(plainText(belief), facets),
  ({ minLength, maxLength }) => ['a'.repeat(Math.min(Math.max(1, minLength), maxLength))],
  sizedTexts,
  wholeSecond,
  splicedTexts,
];

/** What is tried where believable texts were all there already. */
const FRESH: readonly Source[] = [patternTexts, sizedTexts, anyLetters, ...BELIEVABLE, ...MADE_UP];

/** Facets known to have a text made up for them, or none; found out once, by draws that are always the same. */
const hopeless = new WeakMap<Facets, boolean>();

const HOPELESS_ROUNDS = 3;

function isHopeless(facets: Facets): boolean {
  if (facets.patterns.length === 0 && facets.formats.length === 0) return false;
  const known = hopeless.get(facets);
  if (known !== undefined) return known;
  const found = Array.from({ length: HOPELESS_ROUNDS }, (_, round) => probeBelief(round)).some(
    (belief) => firstText([...BELIEVABLE, ...MADE_UP], facets, belief) !== undefined,
  );
  hopeless.set(facets, !found);
  return !found;
}

function probeBelief(round: number): Belief {
  const key = `probe ${round}`;
  const names = DEFAULT_NAMES;
  return {
    words: '',
    names,
    now: 0,
    draw: drawsOf(key),
    subject: subjectOf({ names, now: 0, key, entity: '' }),
  };
}

/** Draws of a pattern whose texts must have a format too, or meet other patterns. */
const DRAWS = 150;

function* patternTexts(facets: Facets, { draw }: Belief): Iterable<string> {
  const { patterns, formats } = facets;
  for (const pattern of patterns) {
    for (let number = 0; number < (formats.length + patterns.length > 1 ? DRAWS : 1); number++) {
      const text = textForPattern(pattern, draw, facets);
      if (text === undefined) break;
      yield text;
    }
  }
}

/** Lengths tried from each end of the bounds. */
const LENGTHS = 30;

/** Usual length of a text that means nothing. */
const USUAL = 24;

/** Texts of the format that have a length in bounds: of a usual one first, then of the shortest and the longest. */
function* sizedTexts(facets: Facets, { draw }: Belief): Iterable<string> {
  for (const format of facets.formats) {
    for (const length of lengthsIn(facets)) {
      const text = sizedText(format, length, draw);
      if (text !== undefined) yield text;
    }
  }
}

function* lengthsIn({ minLength, maxLength }: Facets): Iterable<number> {
  const usual = Math.min(Math.max(USUAL, minLength), maxLength);
  const longest = Math.min(maxLength, minLength + 10 * LENGTHS);
  for (let step = 0; step < LENGTHS; step++) {
    const lengths = [usual - step, usual + step, minLength + step, longest - step];
    yield* lengths.filter((length) => length >= minLength && length <= maxLength);
  }
}

/** A time written without a fraction, which patterns often forbid. */
function* wholeSecond({ formats }: Facets, belief: Belief): Iterable<string> {
  for (const format of formats) {
    const text = formattedText(format, belief) ?? '';
    yield text.replace(/\.\d+/, '');
    yield text.replace(/\.\d+/, '').replace(/Z$/, '+00:00');
    yield text.replace(/(?:\.\d+)?Z$/, '.000Z');
  }
}

function* anyLetters({ minLength, maxLength }: Facets, belief: Belief): Iterable<string> {
  const { draw } = belief;
  yield `${plainText(belief)}-${draw.int(2, 9999)}`;
  yield letters(draw.int(minLength, Math.min(maxLength, minLength + 12)), draw);
}

/** A text cut or repeated to the length asked for; what has a pattern or a checked format must stay as it is. */
function resized(text: string | undefined, facets: Facets): readonly string[] {
  if (text === undefined) return [];
  const isBound = facets.patterns.length > 0 || facets.formats.some((format) => FORMATS.get(format)?.string);
  const characters = [...text];
  if (isBound) return [text];
  if (characters.length > facets.maxLength) return [cut(characters, facets.maxLength)];
  const times = Math.ceil(facets.minLength / (characters.length + 1));
  if (characters.length >= facets.minLength || times > 10_000) return [text];
  const longer = Array.from({ length: times + 1 }, () => text)
    .join(' ')
    .slice(0, Math.min(facets.maxLength, facets.minLength + characters.length))
    .trimEnd()
    .padEnd(facets.minLength, 'x');
  return [longer];
}

function cut(characters: readonly string[], length: number): string {
  return characters
    .slice(0, length)
    .join('')
    .replace(/[-\s]$/, 'x');
}

function describe({ patterns, formats, minLength, maxLength }: Facets): string {
  const parts = [
    ...patterns.map((pattern) => `pattern ${pattern}`),
    ...formats.map((format) => `format ${format}`),
    ...(minLength > 0 ? [`minLength ${minLength}`] : []),
    ...(maxLength < Infinity ? [`maxLength ${maxLength}`] : []),
  ];
  return parts.join(', ');
}
