import { isJsonObject } from './schema-object.ts';

/** One step escaped for a JSON pointer: `~` is `~0`, `/` is `~1`. */
export function escapeStep(step: string): string {
  return /[~/]/.test(step) ? step.replaceAll('~', '~0').replaceAll('/', '~1') : step;
}

/** A pointer one step further: `joinPointer('#/paths', '/a')` is `#/paths/~1a`. */
export function joinPointer(pointer: string, step: string | number): string {
  return `${pointer}/${escapeStep(String(step))}`;
}

/**
 * The steps of a pointer, with or without the leading `#` and its percent-escapes.
 * `#/paths/~1a` gives `['paths', '/a']`. Throws RangeError for a text that is no JSON pointer.
 */
export function parsePointer(pointer: string): string[] {
  const text = pointer.startsWith('#') ? decodeFragment(pointer.slice(1)) : pointer;
  if (text === '') return [];
  if (!text.startsWith('/')) throw new RangeError(`not a JSON pointer: ${pointer}`);
  return text
    .slice(1)
    .split('/')
    .map((step) => (step.includes('~') ? step.replaceAll('~1', '/').replaceAll('~0', '~') : step));
}

/** The pointer as the kit writes it: with `#`, without percent-escapes. */
export function canonicalPointer(pointer: string): string {
  if (pointer.startsWith('#') && !pointer.includes('%')) return pointer;
  return `#${parsePointer(pointer)
    .map((step) => `/${escapeStep(step)}`)
    .join('')}`;
}

/** What stands at a pointer, or undefined where there is nothing. Never looks at inherited properties. */
export function valueAt(root: unknown, pointer: string): unknown {
  let value = root;
  for (const step of parsePointer(pointer)) {
    if (Array.isArray(value)) value = /^(0|[1-9][0-9]*)$/.test(step) ? value[Number(step)] : undefined;
    else if (isJsonObject(value) && Object.hasOwn(value, step)) value = value[step];
    else return undefined;
  }
  return value;
}

function decodeFragment(fragment: string): string {
  if (!fragment.includes('%')) return fragment;
  try {
    return decodeURIComponent(fragment);
  } catch {
    // A stray percent sign: component names may hold one, so the text is taken as it is.
    return fragment;
  }
}
