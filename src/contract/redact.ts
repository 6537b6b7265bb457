import type { Keys } from './key.ts';

/** Puts `$FORMAL_API_KEY` wherever a key stands in a text. Every sink of a report goes through one of these. */
export type Redactor = (text: string) => string;

const SHORTEST_SECRET = 4;
const PLACEHOLDER = '$FORMAL_API_KEY';

/**
 * A redactor for the keys of a run. It finds a key raw, JSON-escaped, URL-encoded in either way, HTML- and
 * XML-escaped, and in base64 at each of the three alignments, standard and URL alphabet.
 */
export function createRedactor(keys: Keys): Redactor {
  const secrets = [keys.apiKey, keys.limitedKey ?? ''].filter((key) => key.length >= SHORTEST_SECRET);
  const forms = [...new Set(secrets.flatMap(formsOf))].sort((a, b) => b.length - a.length);
  return (text) => forms.reduce((left, form) => left.split(form).join(PLACEHOLDER), text);
}

function formsOf(key: string): string[] {
  const json = JSON.stringify(key).slice(1, -1);
  const asciiJson = json.replace(/[^\x20-\x7e]/g, (unit) => `\\u${hex(unit.charCodeAt(0), 4)}`);
  const percent = encodeURIComponent(key);
  const forms = [
    key,
    json,
    asciiJson,
    JSON.stringify(json).slice(1, -1),
    percent,
    percent.toLowerCase(),
    percent.replace(/%20/g, '+'),
    percentAll(key),
    encodeURI(key),
    escapeMarkup(key),
    Buffer.from(key, 'utf8').toString('latin1'),
    Buffer.from(key, 'utf8').toString('hex'),
    ...base64Forms(key),
  ];
  return forms.filter((form) => form.length >= SHORTEST_SECRET);
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

function escapeMarkup(key: string): string {
  return key
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&apos;');
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
