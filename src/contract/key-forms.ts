const SHORTEST_SECRET = 4;

/**
 * Every way in which a key may be written: raw, JSON-escaped once and twice, URL-encoded in either way and twice, HTML-
 * and XML-escaped, in hexadecimal, shell-quoted, as a JSON pointer, read in the wrong character set, and in base64 at
 * each of the three alignments, standard and URL alphabet. Forms too short to be told from words are left out.
 */
export function formsOfKey(key: string): readonly string[] {
  const json = JSON.stringify(key).slice(1, -1);
  const percent = encodeURIComponent(key);
  const plain = [key, json, asciiJson(json), JSON.stringify(json).slice(1, -1), json.replace(/\//g, '\\/')];
  const forms = [
    ...plain,
    percent,
    percent.toLowerCase(),
    percent.replace(/%20/g, '+'),
    encodeURIComponent(percent),
    percentAll(key),
    encodeURI(key),
    escapeMarkup(key, '&apos;'),
    escapeMarkup(key, '&#39;'),
    key.replace(/[^\x20-\x7e]/gu, (letter) => `&#${letter.codePointAt(0)};`),
    key.replace(/~/g, '~0').replace(/\//g, '~1'),
    key.replace(/[\\"$`]/g, '\\$&'),
    ...plain.map((form) => form.replace(/'/g, "'\\''")),
    Buffer.from(key, 'utf8').toString('latin1'),
    Buffer.from(key, 'utf8').toString('hex'),
    Buffer.from(key, 'utf8').toString('hex').toUpperCase(),
    ...base64Forms(key),
  ];
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST_SECRET);
}

function asciiJson(json: string): string {
  return json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${hex(unit.charCodeAt(0), 4)}`);
}

function hex(value: number, width: number): string {
  return value.toString(16).padStart(width, '0');
}

/** Every byte outside letters and digits escaped, as strict encoders do. */
function percentAll(key: string): string {
  return Buffer.from(key, 'utf8')
    .toString('latin1')
    .replace(/[^A-Za-z0-9]/g, (unit) => `%${hex(unit.charCodeAt(0), 2).toUpperCase()}`);
}

function escapeMarkup(key: string, apostrophe: string): string {
  return key
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, apostrophe);
}

/** The characters that depend on the key alone, wherever in a longer text it was encoded. */
function base64Forms(key: string): string[] {
  const bytes = Buffer.from(key, 'utf8');
  return [0, 1, 2].flatMap((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const skipped = Math.ceil((shift * 8) / 6);
    const whole = Math.floor(((shift + bytes.length) * 8) / 6);
    const core = text.slice(skipped, whole);
    return [core, core.replace(/\+/g, '-').replace(/\//g, '_')];
  });
}

const PART = 7;
const WORDY_PART = 12;
const SHORTEST_WITH_PARTS = 12;

/**
 * Pieces by which a part of a key is known: seven characters, or twelve where they are words that may stand anywhere.
 * Empty for keys too short to have telling parts.
 */
export function partsOfKey(key: string): ReadonlySet<string> {
  const parts = new Set<string>();
  if (key.length < SHORTEST_WITH_PARTS) return parts;
  for (const form of formsOfKey(key)) {
    for (let at = 0; at + PART <= form.length; at++) {
      const part = form.slice(at, at + PART);
      if (isTelling(part)) parts.add(part);
      else if (at + WORDY_PART <= form.length) parts.add(form.slice(at, at + WORDY_PART));
    }
  }
  return parts;
}

/** Words, numbers and escapes of a few characters stand in texts that have nothing to do with the key. */
function isTelling(part: string): boolean {
  const isWordy = /^(?:[A-Za-z]?[a-z._ -]*|[0-9._ :-]*)$/.test(part);
  const isMostlyEscape = (part.match(/[%\\&][0-9A-Za-z#]{0,3}/g) ?? []).join('').length > 3;
  return !isWordy && !isMostlyEscape;
}

/** The lengths a part may have, the shorter first. */
export const PART_LENGTHS: readonly number[] = [PART, WORDY_PART];
