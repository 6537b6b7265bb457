import type { Keys } from './key.ts';
import { formsOfKey, PART_LENGTHS, partsOfKey } from './key-forms.ts';

/** Puts `$FORMAL_API_KEY` wherever a key stands in a text. Every sink of a report goes through one of these. */
export type Redactor = (text: string) => string;

const SHORTEST_SECRET = 4;
const SHORTEST_RESPELT = 8;
const PLACEHOLDER = '$FORMAL_API_KEY';

/** A redactor for the keys of a run, whole, in every form of {@link formsOfKey}. */
export function createRedactor(keys: Keys): Redactor {
  return createReplacer(secretsOf(keys).flatMap(formsOfKey));
}

/**
 * A redactor for texts that a server wrote. It also finds keys in another letter case, without their last character, and
 * in parts of more than six characters. It must see a text before anything is cut off, quoted or split.
 */
export function createForeignRedactor(keys: Keys): Redactor {
  const secrets = secretsOf(keys);
  const respelt = secrets.filter((key) => key.length >= SHORTEST_RESPELT).flatMap(respell);
  const replace = createReplacer([...secrets, ...respelt].flatMap(formsOfKey));
  const parts = new Set(secrets.flatMap((key) => [...partsOfKey(key)]));
  const finder = createFinder([...parts]);
  return (text) => {
    const whole = replace(text);
    return finder === undefined ? whole : replaceParts(whole, parts, finder);
  };
}

function secretsOf({ apiKey, limitedKey, otherKeys = [] }: Keys): readonly string[] {
  return [apiKey, limitedKey ?? '', ...otherKeys].filter((key) => key.length >= SHORTEST_SECRET);
}

function respell(key: string): string[] {
  return [key.toUpperCase(), key.toLowerCase(), key.slice(0, -1), key.normalize('NFD'), key.normalize('NFC')];
}

function createReplacer(forms: readonly string[]): Redactor {
  const finder = createFinder(forms);
  return finder === undefined ? (text) => text : (text) => text.replace(finder, () => PLACEHOLDER);
}

/** Matches any of the texts, the longest first; undefined where there are none. */
function createFinder(texts: readonly string[]): RegExp | undefined {
  if (texts.length === 0) return undefined;
  const sorted = [...new Set(texts)].sort((a, b) => b.length - a.length);
  return new RegExp(sorted.map((text) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|'), 'g');
}

/** Replaces every run of characters that overlapping parts cover. */
function replaceParts(text: string, parts: ReadonlySet<string>, finder: RegExp): string {
  let result = '';
  let done = 0;
  finder.lastIndex = 0;
  for (let match = finder.exec(text); match !== null; match = finder.exec(text)) {
    const end = runEnd(text, match.index, parts);
    result += text.slice(done, match.index) + PLACEHOLDER;
    done = end;
    finder.lastIndex = end;
  }
  return done === 0 ? text : result + text.slice(done);
}

function runEnd(text: string, start: number, parts: ReadonlySet<string>): number {
  let end = start;
  for (let at = start; at <= end; at++) {
    for (const length of PART_LENGTHS) {
      if (at + length > end && parts.has(text.slice(at, at + length))) end = at + length;
    }
  }
  return end;
}
