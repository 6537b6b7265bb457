import type { JsonReading } from './exchange.ts';

const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const MAX_DUPLICATES = 5;

/**
 * Reads bytes as exactly one JSON value: UTF-8, no byte order mark, nothing after it. Keys that stand twice in one
 * object are reported, because JSON.parse would silently drop the first.
 */
export function readJson(bytes: Uint8Array): JsonReading {
  if (bytes.byteLength === 0) return { ok: false, reason: 'the body is empty' };
  const text = decodeUtf8(bytes);
  if (text === undefined) return { ok: false, reason: 'the body is not UTF-8' };
  if (text.startsWith('\uFEFF')) return { ok: false, reason: 'the body begins with a byte order mark' };
  try {
    return { ok: true, value: JSON.parse(text), duplicateKeys: findDuplicateKeys(text) };
  } catch {
    return { ok: false, reason: 'the body is not one JSON value' };
  }
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return STRICT_UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/** Keys that stand twice in one object of a valid JSON text, at most five. */
export function findDuplicateKeys(text: string): string[] {
  const scan: KeyScan = { open: [], pending: undefined, found: [] };
  for (const [token] of text.matchAll(TOKEN)) {
    takeToken(scan, token);
    if (scan.found.length >= MAX_DUPLICATES) break;
  }
  return scan.found;
}

interface KeyScan {
  /** The keys of each open object; undefined for an open array. */
  readonly open: (Set<string> | undefined)[];
  /** The string just read: a key if a colon follows. */
  pending: string | undefined;
  readonly found: string[];
}

function takeToken(scan: KeyScan, token: string): void {
  if (token === '{') scan.open.push(new Set());
  else if (token === '[') scan.open.push(undefined);
  else if (token === '}' || token === ']') scan.open.pop();
  else if (token === ':') noteKey(scan);
  scan.pending = token.startsWith('"') ? token : undefined;
}

function noteKey({ open, pending, found }: KeyScan): void {
  const keys = open.at(-1);
  if (keys === undefined || pending === undefined) return;
  const key = String(JSON.parse(pending));
  if (keys.has(key)) found.push(key);
  keys.add(key);
}
