import type { ConnectError } from '../connect/connect-error.ts';
import { compileValidator } from '../openapi/compile-validator.ts';
import { type GenerateOptions, generateValue } from '../openapi/generate-value.ts';
import type { LoadedDocument } from '../openapi/loaded-document.ts';
import { itemsOf } from '../openapi/message-shape.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../openapi/schema-object.ts';
import { presentAt, propertiesOf, type SchemaAt, schemaAt } from '../openapi/schema-view.ts';
import { type ErrorSaying, holdsMessages, wordsFor } from './error-words.ts';
import { replaced } from './replaced.ts';
import { type RequestProblem, RequestProblemsError } from './request-problem.ts';

/** What an error's body is made from. */
export interface ErrorFacts {
  /** Its problems fill lists of errors, one entry each. */
  readonly error: ConnectError;
  /** Where the document means another than the error's own: 422 for 400. */
  readonly httpStatus: number;
  readonly options: GenerateOptions;
}

/** How deep the members of an error are looked at: `{ errors: [{ source: { pointer } }] }` is four. */
const MAX_DEPTH = 5;

/** How many entries a list of errors gets. */
const MAX_ENTRIES = 20;

/**
 * An error in the words of the document: a value of the schema whose message, status and code say what happened, as
 * far as the schema lets them, in lists of errors entry by entry with the place that is wrong, and without anything
 * made up that is optional.
 */
export function errorBody(document: LoadedDocument, schemaRef: string, facts: ErrorFacts): JsonValue {
  const { error, httpStatus } = facts;
  const validate = compileValidator(document, schemaRef, { maxViolations: 1 });
  const isValid = (value: JsonValue): boolean => validate(value).length === 0;
  const { given: _, ...options } = facts.options;
  const context: SayingContext = {
    error: { code: error.code, message: error.message, httpStatus },
    problems: error instanceof RequestProblemsError ? error.problems.slice(0, MAX_ENTRIES) : [],
  };
  let body = generateValue(document, schemaRef, options);
  for (const { steps, item } of listsIn(document.root, schemaAt(document.root, schemaRef))) {
    const entry = firstEntry(body, steps) ?? generateValue(document, item.pointer, options);
    const lists = listsOf(entry, { steps, around: replaced(body, steps, undefined) }, context);
    body = lists.map((list) => replaced(body, steps, list)).find(isValid) ?? body;
  }
  for (const path of pathsIn(body, [], context)) {
    const better = [...wordsAt(path, context), undefined].map((value) => replaced(body, path, value));
    body = better.find(isValid) ?? body;
  }
  return body;
}

/** What may stand for a list of errors, the best first: an entry for each problem, one entry, none. */
function listsOf(
  entry: JsonValue,
  { steps, around }: { readonly steps: readonly string[]; readonly around: JsonValue },
  context: SayingContext,
): readonly (readonly JsonValue[] | undefined)[] {
  if (!saysSomething(entry, [...steps, '0'], context)) return [undefined];
  if (context.problems.length > 0) return [context.problems.map(() => entry), [entry], undefined];
  // Without a problem of its own an entry would only repeat what is said around the list.
  const isSaid = pathsIn(around, [], context).some((path) =>
    wordsAt(path, context).includes(context.error.message),
  );
  return isSaid ? [undefined, [entry]] : [[entry], undefined];
}

interface SayingContext {
  readonly error: ErrorSaying['error'];
  readonly problems: readonly RequestProblem[];
}

interface ErrorList {
  readonly steps: readonly string[];
  readonly item: SchemaAt;
}

/** The lists of an error's schema that are not inside other lists. */
function listsIn(root: JsonObject, at: SchemaAt, steps: readonly string[] = []): ErrorList[] {
  const present = presentAt(root, at);
  const item = itemsOf(root, present);
  if (item !== undefined) return [{ steps, item }];
  if (steps.length >= MAX_DEPTH) return [];
  return propertiesOf(root, present).flatMap((property) =>
    listsIn(root, property, [...steps, property.name]),
  );
}

function firstEntry(body: JsonValue, steps: readonly string[]): JsonValue | undefined {
  const list = steps.reduce<JsonValue | undefined>(
    (value, step) => (isJsonObject(value) ? value[step] : undefined),
    body,
  );
  return Array.isArray(list) ? list[0] : undefined;
}

/** What a member should say by the last name on its path, and by the entry of a list that it is in. */
function wordsAt(path: readonly string[], { error, problems }: SayingContext): readonly JsonValue[] {
  const entry = path.find(isIndex);
  const only = problems.length === 1 ? problems[0] : undefined;
  const problem = entry === undefined ? only : problems[Number(entry)];
  const saying: ErrorSaying = {
    error,
    isEntry: entry !== undefined,
    ...(problem === undefined ? {} : { problem }),
  };
  const [around = '', name = ''] = path.length > 1 ? path.slice(-2) : ['', ...path];
  if (!isIndex(name)) return wordsFor(name, saying);
  return holdsMessages(around) ? [problem?.message ?? error.message] : [];
}

function isIndex(step: string): boolean {
  return /^\d+$/.test(step);
}

function saysSomething(entry: JsonValue, path: readonly string[], context: SayingContext): boolean {
  const paths = pathsIn(entry, path, context);
  const isWhole = paths.length === 1 && paths[0]?.length === path.length;
  return !(isWhole && isTree(entry)) && paths.some((below) => wordsAt(below, context).length > 0);
}

/** Every member that holds nothing which says something, the deepest first. */
function pathsIn(value: JsonValue, around: readonly string[], context: SayingContext): (readonly string[])[] {
  const inner = isTree(value) && around.length < MAX_DEPTH ? Object.entries(value) : [];
  const paths = inner.flatMap(([name, held]) => pathsIn(held, [...around, name], context));
  const isKept = around.length === 0 || paths.some((path) => wordsAt(path, context).length > 0);
  return isKept ? paths : [around];
}

function isTree(value: JsonValue): value is JsonObject | readonly JsonValue[] {
  return typeof value === 'object' && value !== null;
}
