import type { JsonReading } from './exchange.ts';

const STRICT_UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const MAX_DUPLICATES = 5;
/** As deep as protobuf readers go. Source: documented (protobuf's default recursion limit). */
const MAX_DEPTH = 100;
/** A repeated key is looked for in so many characters: who writes one writes it early. */
const MAX_SCANNED = 1024 * 1024;

/**
 * Reads bytes as exactly one JSON value: UTF-8, no byte order mark, nothing after it, at most 100 levels deep. Keys
 * that stand twice in one object are reported, because JSON.parse would silently drop the first.
 */
export function readJson(bytes: Uint8Array): JsonReading {
  if (bytes.byteLength === 0) return { ok: false, reason: 'the body is empty' };
  const text = decodeUtf8(bytes);
  if (text === undefined) return { ok: false, reason: 'the body is not UTF-8' };
  if (text.startsWith('\uFEFF')) return { ok: false, reason: 'the body begins with a byte order mark' };
  if (isTooDeep(text)) return { ok: false, reason: `the body is nested deeper than ${MAX_DEPTH} levels` };
  try {
    const duplicateKeys = findDuplicateKeys(text.slice(0, MAX_SCANNED));
    return { ok: true, value: JSON.parse(text), duplicateKeys };
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

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Counts brackets outside strings, so that nothing after it needs a stack as deep as a server likes. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = stringEnd(text, at);
    // `[` and `{`, `]` and `}` differ in the same bit.
    else if ((code & ~0x20) === 0x5b) depth += 1;
    else if ((code & ~0x20) === 0x5d) depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

function stringEnd(text: string, start: number): number {
  let at = start + 1;
  for (; at < text.length && text.charCodeAt(at) !== QUOTE; at++) {
    if (text.charCodeAt(at) === BACKSLASH) at += 1;
  }
  return at;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

/** Keys that stand twice in one object of a JSON text, or of the beginning of one; at most five. */
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
  const key = readKey(pending);
  if (keys.has(key)) found.push(key);
  keys.add(key);
}

/** The scan comes before the text is known to be JSON, so a string may have escapes there are none of. */
function readKey(token: string): string {
  try {
    return String(JSON.parse(token));
  } catch {
    return token;
  }
}
