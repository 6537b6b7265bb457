import { scanJson } from '../openapi/scan-json.ts';
import { fixtureError } from '../sessions/fixture-error.ts';
import type { FixtureOperation, FixtureSource } from '../sessions/fixtures.ts';

/** One entry of a fixture file as it is written. */
export interface FixtureEntry {
  readonly kind: FixtureOperation['kind'];
  readonly value: unknown;
  readonly source: FixtureSource;
  /** The line of a member of the entry, by JSON pointer. */
  lineOf(member: string): number;
}

const KINDS = ['add', 'patch', 'drop'] as const;

/** The entries of a fixture file's text, in order. Throws KitError `ERR_FIXTURE_INVALID`. */
export function parseFixtureEntries(file: string, text: string): readonly FixtureEntry[] {
  if (!file.endsWith('.ndjson')) return entriesOf(parseJson({ file, text, firstLine: 1 }));
  return text.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return [];
    return entriesOf(parseJson({ file, text: line, firstLine: i + 1 }), true);
  });
}

interface Text {
  readonly file: string;
  readonly text: string;
  /** Line of the text's beginning in the file. */
  readonly firstLine: number;
}

interface Parsed extends Text {
  readonly value: unknown;
}

function parseJson(given: Text): Parsed {
  const { file, text } = given;
  const { mistake, repeated } = scanJson(text, []);
  // JSON allows a name twice and the last one counts, which nobody means.
  const twice = repeated && {
    offset: repeated.offset,
    reason: `the name ${JSON.stringify(repeated.name)} is there twice`,
  };
  const wrong = mistake ?? twice;
  if (wrong === undefined) return { ...given, value: JSON.parse(text) };
  throw fixtureError({ file, line: lineAt(given, wrong.offset), pointer: '' }, wrong.reason);
}

/** An array of sessions, or an object with `add`, `patch` and `drop`; a line holds one entry, or a session to add. */
function entriesOf(parsed: Parsed, isLine = false): readonly FixtureEntry[] {
  const { value } = parsed;
  if (Array.isArray(value)) return listEntries(parsed, 'add', value, '');
  if (typeof value !== 'object' || value === null) throw unreadable(parsed, '');
  const members = Object.entries(value);
  const isPlain = isLine && !members.some(([name]) => KINDS.some((kind) => kind === name));
  if (isPlain) return [entryOf(parsed, 'add', value, '')];
  return members.flatMap(([name, list]) => {
    const kind = KINDS.find((known) => known === name);
    if (name === '$schema') return [];
    if (kind === undefined) throw unreadable(parsed, `/${name}`);
    if (Array.isArray(list)) return listEntries(parsed, kind, list, `/${kind}`);
    if (!isLine) throw unreadable(parsed, `/${name}`);
    return [entryOf(parsed, kind, list, `/${kind}`)];
  });
}

function listEntries(
  parsed: Parsed,
  kind: FixtureEntry['kind'],
  list: readonly unknown[],
  pointer: string,
): readonly FixtureEntry[] {
  return list.map((value, i) => entryOf(parsed, kind, value, `${pointer}/${i}`));
}

function entryOf(parsed: Parsed, kind: FixtureEntry['kind'], value: unknown, pointer: string): FixtureEntry {
  const lineOf = (member: string): number =>
    lineAt(parsed, scanJson(parsed.text, stepsOf(pointer + member)).offset);
  return { kind, value, source: { file: parsed.file, line: lineOf(''), pointer }, lineOf };
}

function unreadable(parsed: Parsed, pointer: string): Error {
  const { file, text } = parsed;
  const line = lineAt(parsed, scanJson(text, stepsOf(pointer)).offset);
  const reason = 'a fixture file holds a list of sessions, or an object of lists: add, patch, drop';
  return fixtureError({ file, line, pointer }, reason);
}

function stepsOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function lineAt({ text, firstLine }: Text, offset: number): number {
  return firstLine + text.slice(0, offset).split('\n').length - 1;
}
