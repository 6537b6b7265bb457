import type { ObjectKind } from './document-objects.ts';
import type { DocumentProblem } from './document-source.ts';
import { canonicalPointer, joinPointer, valueAt } from './json-pointer.ts';
import { IN_PLACE_LISTS, IN_PLACE_SCHEMA } from './schema-keywords.ts';
import { isJsonObject, type JsonObject } from './schema-object.ts';
import { suggest } from './suggest.ts';
import type { Visited } from './walk-document.ts';

/** Longest chain of references that lead to each other before something stands. */
const MAX_REFERENCE_CHAIN = 50;

/** A value of the document and the pointer where it really stands. */
export interface Resolved {
  readonly pointer: string;
  readonly value: unknown;
}

/**
 * Follows `$ref` from a pointer until something else stands there. In a checked document every reference leads
 * somewhere; keywords beside a `$ref` are left behind. Throws RangeError where references do not end.
 */
export function resolveReference(root: JsonObject, pointer: string): Resolved {
  let at = pointer;
  for (let step = 0; step < MAX_REFERENCE_CHAIN; step++) {
    const value = valueAt(root, at);
    const target = isJsonObject(value) ? value['$ref'] : undefined;
    if (typeof target !== 'string') return { pointer: at, value };
    at = target;
  }
  throw new RangeError(`references do not end: ${pointer}`);
}

/** Every reference that cannot be followed: remote, missing, or without end. */
export function checkReferences(root: JsonObject, visited: readonly Visited[]): DocumentProblem[] {
  const kinds = new Map(visited.map(({ pointer, kind }) => [pointer, kind]));
  return [
    ...visited.flatMap((node) => referenceProblems(root, node, kinds)),
    ...endlessChains(root, visited),
    ...endlessSchemas(root, visited),
  ];
}

type Kinds = ReadonlyMap<string, ObjectKind>;

function referenceProblems(root: JsonObject, node: Visited, kinds: Kinds): DocumentProblem[] {
  if (!isJsonObject(node.value) || !('$ref' in node.value)) return [];
  const ref = node.value['$ref'];
  const reason = formProblem(ref) ?? targetProblem(root, { ref: String(ref), kind: node.kind }, kinds);
  return reason === undefined ? [] : [{ pointer: joinPointer(node.pointer, '$ref'), reason }];
}

function formProblem(ref: unknown): string | undefined {
  if (typeof ref !== 'string') return `$ref must be a string (got ${JSON.stringify(ref)})`;
  if (!ref.startsWith('#')) {
    return `remote reference ${ref} is refused: bundle the file, only #/… is followed`;
  }
  return ref.startsWith('#/') ? undefined : `reference ${ref} must have the form #/path/to/object`;
}

function targetProblem(
  root: JsonObject,
  { ref, kind }: { readonly ref: string; readonly kind: ObjectKind },
  kinds: Kinds,
): string | undefined {
  if (valueAt(root, ref) === undefined) return `reference ${ref} leads nowhere${suggest(ref, kinds.keys())}`;
  const found = kinds.get(canonicalPointer(ref));
  if (found === kind) return undefined;
  return `reference ${ref} must lead to a ${kind} (it leads to ${found ?? 'something that is none'})`;
}

/** References that only lead to each other, outside of schemas. */
function endlessChains(root: JsonObject, visited: readonly Visited[]): DocumentProblem[] {
  return visited.flatMap(({ kind, pointer, value }) => {
    if (kind === 'schema' || !isJsonObject(value) || typeof value['$ref'] !== 'string') return [];
    if (!value['$ref'].startsWith('#')) return [];
    return isEndlessChain(root, pointer)
      ? [{ pointer, reason: 'the reference refers to itself without end' }]
      : [];
  });
}

function isEndlessChain(root: JsonObject, pointer: string): boolean {
  try {
    resolveReference(root, pointer);
    return false;
  } catch (error) {
    if (error instanceof RangeError) return true;
    throw error;
  }
}

/**
 * Schemas that apply themselves to the same value again, directly or through others: no value can be checked
 * against them. Recursion through properties or items is fine: it ends where the value ends.
 */
function endlessSchemas(root: JsonObject, visited: readonly Visited[]): DocumentProblem[] {
  const finished = new Set<unknown>();
  const problems: DocumentProblem[] = [];
  for (const { kind, pointer, value } of visited) {
    if (kind !== 'schema') continue;
    if (isEndless(root, value, { open: new Set(), finished })) {
      problems.push({ pointer, reason: 'the schema refers to itself without end' });
    }
  }
  return problems;
}

interface CycleSearch {
  readonly open: Set<unknown>;
  readonly finished: Set<unknown>;
}

function isEndless(root: JsonObject, schema: unknown, search: CycleSearch): boolean {
  if (!isJsonObject(schema) || search.finished.has(schema)) return false;
  if (search.open.has(schema)) return true;
  search.open.add(schema);
  const found = inPlaceSchemas(root, schema).some((inner) => isEndless(root, inner, search));
  search.open.delete(schema);
  search.finished.add(schema);
  return found;
}

/** The schemas that a schema applies to the very value it is applied to. */
function inPlaceSchemas(root: JsonObject, schema: JsonObject): unknown[] {
  const ref = schema['$ref'];
  return [
    ...(typeof ref === 'string' && ref.startsWith('#') ? [valueAt(root, ref)] : []),
    ...IN_PLACE_SCHEMA.map((keyword) => schema[keyword]),
    ...IN_PLACE_LISTS.flatMap((keyword) => listOf(schema[keyword])),
    ...listOf(isJsonObject(schema['dependentSchemas']) ? Object.values(schema['dependentSchemas']) : []),
  ];
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
