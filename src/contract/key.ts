/** The keys of one run. They are filled in at the socket and nowhere else. */
export interface Keys {
  /** The key under test. */
  readonly apiKey: string;
  /** A valid key without the right to list sessions. */
  readonly limitedKey?: string;
  /** Further keys that must not appear in a report, such as those of a recording. Never sent. */
  readonly otherKeys?: readonly string[];
}

/** A key no server knows. */
export const WRONG_KEY = 'formal-contract-wrong-key';

const FILLERS: Readonly<Record<string, (keys: Keys) => string>> = {
  '{KEY}': ({ apiKey }) => apiKey,
  '{KEY:shorter}': ({ apiKey }) => apiKey.slice(0, -1),
  '{KEY:longer}': ({ apiKey }) => `${apiKey}x`,
  '{KEY:other-case}': ({ apiKey }) => swapCase(apiKey),
  '{KEY:url}': ({ apiKey }) => encodeURIComponent(apiKey),
  '{LIMITED_KEY}': ({ limitedKey }) => limitedKey ?? '',
};

/** Puts the keys where the placeholders `{KEY}`, `{KEY:shorter}`, `{KEY:longer}` … stand. */
export function fillKey(text: string, keys: Keys): string {
  return text.replace(/\{(?:KEY|LIMITED_KEY)(?::[a-z-]+)?\}/g, (place) => FILLERS[place]?.(keys) ?? place);
}

/** True when the key changes under a swap of letter case. */
export function hasLetters(apiKey: string): boolean {
  return swapCase(apiKey) !== apiKey;
}

function swapCase(text: string): string {
  return text.replace(/[a-z]|[A-Z]/g, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}
