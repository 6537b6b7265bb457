import {
  type Document,
  type DocumentOptions,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Pair,
  type ParseOptions,
  parseAllDocuments,
  parseDocument,
  type SchemaOptions,
} from 'yaml';
import { KitError } from '../errors.ts';
import { parsePointer } from './json-pointer.ts';
import { countMembers, scanJson } from './scan-json.ts';

/** A document's text and where it came from. */
export interface DocumentSource {
  /** The file's name as the user wrote it. */
  readonly file: string;
  readonly text: string;
  /** What the text stands for, where somebody has parsed it already; it will be changed. */
  readonly tree?: unknown;
}

/** A place in a text; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One thing wrong with a document. */
export interface DocumentProblem {
  /** JSON pointer with a leading `#`: where in the document. */
  readonly pointer: string;
  /** What is wrong, what was expected, and what to do: one line. */
  readonly reason: string;
}

/** A problem with the text itself, so before there is anything to point into. */
export class SyntaxProblem extends Error {
  /** Offset of the mistake in the text. */
  readonly offset: number;

  constructor(offset: number, reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.offset = offset;
  }
}

/** The value a text stands for. Throws {@link SyntaxProblem}. */
export function parseText({ file, text, tree }: DocumentSource): unknown {
  if (tree !== undefined) return tree;
  if (!startsWithBrace(text)) return parseYaml(text);
  try {
    return withoutRepeats(text, JSON.parse(text));
  } catch (cause) {
    if (cause instanceof SyntaxProblem) throw cause;
    if (isYamlFile(file)) return parseYaml(text);
    const mistake = scanJson(text, []).mistake ?? { offset: 0, reason: 'not valid JSON' };
    throw new SyntaxProblem(mistake.offset, mistake.reason, { cause });
  }
}

/** The value, unless a name stands twice in an object of its text: the one before would be lost. */
function withoutRepeats(text: string, value: unknown): unknown {
  if (membersOf(value) === countMembers(text)) return value;
  const { repeated } = scanJson(text, []);
  if (repeated === undefined) return value;
  throw new SyntaxProblem(repeated.offset, `the key "${repeated.name}" stands twice in one object`);
}

/** How many members the objects in a value have together; what is nested too deeply is refused elsewhere. */
function membersOf(value: unknown): number {
  let members = 0;
  const open: unknown[] = [value ?? []];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    const held: readonly unknown[] = Object.values(Object(one));
    if (!Array.isArray(one)) members += held.length;
    for (const inner of held) if (typeof inner === 'object' && inner !== null) open.push(inner);
  }
  return members;
}

/** Where the value at a pointer stands, or its closest ancestor. Reads the text again: for errors only. */
export function locate({ text }: DocumentSource, pointer: string): Position {
  const steps = parsePointer(pointer);
  if (!startsWithBrace(text)) return positionAt(text, yamlOffset(text, steps));
  const scan = scanJson(text, steps);
  return positionAt(text, scan.mistake === undefined ? scan.offset : yamlOffset(text, steps));
}

/** Line and column of an offset. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}

/**
 * The error of a problem in one line: `api.yaml:12:5 #/paths/~1a: unknown keyword "minimun"`.
 * Its code is ERR_DOCUMENT_INVALID.
 */
export function documentError(source: DocumentSource, problem: DocumentProblem): KitError {
  const { line, column } = locate(source, problem.pointer);
  return invalid(source.file, `:${line}:${column} ${problem.pointer}`, problem.reason);
}

/** As {@link documentError}, for a text that could not be read: there is a place but no pointer. */
export function syntaxError({ file, text }: DocumentSource, problem: SyntaxProblem): KitError {
  const { line, column } = positionAt(text, problem.offset);
  return invalid(file, `:${line}:${column} #`, problem.message);
}

/** The error of a whole file: nothing in it has a place. */
export function fileError(file: string, reason: string, cause?: unknown): KitError {
  return new KitError('ERR_DOCUMENT_INVALID', { file, position: '', reason }, { cause });
}

function invalid(file: string, position: string, reason: string): KitError {
  return new KitError('ERR_DOCUMENT_INVALID', { file, position, reason: reason.replace(/\s+/g, ' ').trim() });
}

function startsWithBrace(text: string): boolean {
  return /^\s*\{/.test(text);
}

function isYamlFile(file: string): boolean {
  return /\.ya?ml$/i.test(file);
}

function parseYaml(text: string): unknown {
  const [document] = yamlDocuments(text);
  if (document === undefined) return undefined;
  const [mistake] = document.errors;
  if (mistake !== undefined) throw new SyntaxProblem(mistake.pos[0], mistakeText(mistake.message));
  const repeated = repeatedKey(document.contents);
  if (repeated !== undefined) throw new SyntaxProblem(repeated, 'Map keys must be unique');
  try {
    return document.toJS();
  } catch (cause) {
    // Aliases that multiply without end, or point nowhere.
    throw new SyntaxProblem(0, cause instanceof Error ? cause.message : 'not valid YAML', { cause });
  }
}

/** The YAML library reports an exhausted stack as a mistake of the text, which it is. */
function mistakeText(message: string): string {
  return message.startsWith('Maximum call stack') ? 'nested too deeply' : message;
}

/** Merge keys are of YAML 1.1, and most tools for OpenAPI read them; looking for them costs time. Source: assumed. */
function yamlOptions(text: string): ParseOptions & DocumentOptions & SchemaOptions {
  return { prettyErrors: false, uniqueKeys: false, merge: text.includes(MERGE_KEY) };
}

function yamlDocuments(text: string): Document.Parsed[] {
  try {
    const documents = [...parseAllDocuments(text, yamlOptions(text))];
    const second = documents[1];
    if (second !== undefined) throw new SyntaxProblem(second.range[0], 'a second YAML document begins here');
    return documents;
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new SyntaxProblem(0, 'nested too deeply', { cause });
  }
}

/** Offset of a key that stands twice in a map. The library's own check compares every key with every other. */
function repeatedKey(node: unknown): number | undefined {
  if (isSeq(node)) return firstDefined(node.items, repeatedKey);
  if (!isMap(node)) return undefined;
  const seen = new Set<string>();
  for (const { key } of node.items) {
    const text = keyText(key);
    if (seen.has(text)) return startOf(key);
    if (text !== MERGE_KEY) seen.add(text);
  }
  return firstDefined(node.items, ({ value }) => repeatedKey(value));
}

function firstDefined<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function yamlOffset(text: string, steps: readonly string[]): number {
  const document = parseDocument(text, yamlOptions(text));
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const step of steps) {
    const pair = pairOf(document, node, step);
    const around = resolved(document, node);
    node = pair?.value ?? (isSeq(around) ? around.items[Number(step)] : undefined);
    offset = startOf(pair?.key ?? node) ?? offset;
  }
  return offset;
}

/** A pair of a map, or of a map that is merged into it. */
function pairOf(document: Document.Parsed, node: unknown, name: string): Pair | undefined {
  const map = resolved(document, node);
  if (!isMap(map)) return undefined;
  const own = map.items.find(({ key }) => keyText(key) === name);
  if (own !== undefined) return own;
  const merged = map.items.filter(({ key }) => keyText(key) === MERGE_KEY).map(({ value }) => value);
  const sources = merged.flatMap((value) => (isSeq(value) ? value.items : [value]));
  return firstDefined(sources, (source) => pairOf(document, source, name));
}

function resolved(document: Document.Parsed, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

const MERGE_KEY = '<<';

function keyText(key: unknown): string {
  if (!isScalar(key)) return '';
  return typeof key.value === 'symbol' ? MERGE_KEY : String(key.value);
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}
