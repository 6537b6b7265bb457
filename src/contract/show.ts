/** Writes a value of an answer into a report: as it is, or as its shape where sessions are personal data. */
export type ShowValue = (value: unknown) => string;

const MAX_SHOWN = 160;

/** A {@link ShowValue} that shows values, or only their shapes: `string(12)`, `array(3)`. */
export function createShowValue(options: { readonly values: boolean }): ShowValue {
  return options.values ? showPlain : shapeOf;
}

const ENUM_WORD = /^[a-z][a-z0-9_]{0,30}$/;

/**
 * True for a text that looks like a value of an enumeration: one lower-case word. Such a word is shown even where values
 * are not, for it is what has to go into the document; anything else in its place may be somebody's data.
 */
export function isEnumWord(value: unknown): value is string {
  return typeof value === 'string' && ENUM_WORD.test(value);
}

function showPlain(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}… (${text.length} characters)` : text;
}

/** Characters of a value without its letters and digits: `2026-01-15` becomes `9999-99-99`. */
function maskOf(text: string): string {
  const mask = text
    .replace(/\p{Lu}/gu, 'A')
    .replace(/\p{Ll}/gu, 'a')
    .replace(/\p{Nd}/gu, '9');
  return mask.length > 40 ? `${mask.slice(0, 40)}…` : mask;
}

/** The shape of a value: type and size; short strings with their pattern of letters and digits. */
export function shapeOf(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value === 'string') return `string(${value.length}) like ${JSON.stringify(maskOf(value))}`;
  if (Array.isArray(value)) return `array(${value.length})`;
  if (typeof value === 'object') return `object(${Object.keys(value).length} keys)`;
  return typeof value;
}
