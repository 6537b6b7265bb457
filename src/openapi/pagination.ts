import { isJsonType } from './json-media-type.ts';
import type { LoadedDocument } from './loaded-document.ts';
import { itemsOf } from './message-shape.ts';
import type { Operation } from './operation.ts';
import { type AnswerField, answerFields, isType, type RequestField, requestFields } from './page-fields.ts';
import { PAGE_NAMES } from './page-names.ts';
import type { JsonObject } from './schema-object.ts';
import { keywordOf, presentAt, propertiesOf, type SchemaAt, schemaAt } from './schema-view.ts';
import { nounOf } from './words.ts';

/** Where a request says something about pages. */
export interface PageParameter {
  readonly in: 'query' | 'body';
  readonly name: string;
  /** Set where the parameter is an object: the property of it that is meant. */
  readonly member?: string;
}

/** How an operation pages: it takes a cursor, and answers with one list and the next cursor. */
export interface Pagination {
  /** Pointer of the answer's schema. */
  readonly schemaRef: string;
  /** Pointer into the answer: the list, e.g. `/users` or `/data/items`. */
  readonly items: string;
  /** Pointer of the list's schema. */
  readonly listRef: string;
  /**
   * Pointer into the answer: the next cursor, e.g. `/listMetadata/nextCursor`. Absent where a page begins after an
   * item that is named by its id, and `has_more` says whether another one follows.
   */
  readonly nextCursor?: string;
  /** Most items the list may have. */
  readonly maxItems?: number;
  readonly cursor: PageParameter;
  /** Absent where the caller cannot say how many items a page has. */
  readonly limit?: PageParameter & { readonly default?: number; readonly maximum?: number };
}

/**
 * How an operation pages, as its names tell; undefined where it does not. Looked at is the answer whose schema is
 * named, by default the first JSON of the first 2xx.
 */
export function paginationOf(
  { root }: LoadedDocument,
  operation: Operation,
  schemaRef: string | undefined = answerRef(operation),
): Pagination | undefined {
  if (schemaRef === undefined) return undefined;
  const parameters = requestFields(root, operation);
  const cursor = parameters.find(({ name, member }) => PAGE_NAMES.isCursor(member ?? name));
  if (cursor === undefined) return undefined;
  const fields = answerFields(root, schemaAt(root, schemaRef));
  const next = fields.find(({ name, at }) => PAGE_NAMES.isNextCursor(name) && isCursorText(root, at));
  const list = listOf(root, fields, { next, path: operation.path });
  if (list === undefined || (next === undefined && !pagesById(root, cursor, { fields, list })))
    return undefined;
  const maxItems = keywordOf(root, list.at, 'maxItems');
  const limit = parameters.find(({ name, member }) => PAGE_NAMES.isLimit(member ?? name));
  return {
    schemaRef,
    items: list.pointer,
    listRef: list.at.pointer,
    ...(next === undefined ? {} : { nextCursor: next.pointer }),
    ...(maxItems === undefined ? {} : { maxItems }),
    cursor: placeOf(cursor),
    ...(limit === undefined ? {} : { limit: { ...placeOf(limit), ...boundsOf(root, limit.at) } }),
  };
}

function answerRef({ responses }: Operation): string | undefined {
  const success = responses.find(({ status }) => /^2/.test(status));
  return success?.content.find(({ mediaType }) => isJsonType(mediaType))?.schemaRef;
}

function placeOf({ in: place, name, member }: RequestField): PageParameter {
  return { in: place, name, ...(member === undefined ? {} : { member }) };
}

/** How long the cursors of the kit may be, in characters. */
const CURSOR_LENGTH = 32;

/** True for texts that can be any cursor; an address or a number is none. */
function isCursorText(root: JsonObject, at: SchemaAt): boolean {
  const isNarrow = (['format', 'pattern', 'enum', 'const'] as const).some(
    (keyword) => keywordOf(root, at, keyword) !== undefined,
  );
  const maxLength = keywordOf(root, at, 'maxLength') ?? CURSOR_LENGTH;
  return isType(root, at, 'string') && !isNarrow && maxLength >= CURSOR_LENGTH;
}

/** `starting_after`: a page begins after the item with this id, and the answer says whether more follow. */
function pagesById(
  root: JsonObject,
  { name, member }: RequestField,
  { fields, list }: { readonly fields: readonly AnswerField[]; readonly list: AnswerField },
): boolean {
  if (!PAGE_NAMES.isItemBefore(member ?? name)) return false;
  const hasMore = fields.some(
    (field) => PAGE_NAMES.isHasMore(field.name) && isType(root, field.at, 'boolean'),
  );
  const item = itemsOf(root, list.at);
  const id = item === undefined ? undefined : idOf(root, item);
  return hasMore && id !== undefined && (isType(root, id, 'string') || isType(root, id, 'integer'));
}

function idOf(root: JsonObject, item: SchemaAt): SchemaAt | undefined {
  const id = propertiesOf(root, presentAt(root, item)).find(({ name }) => name === 'id');
  return id === undefined ? undefined : presentAt(root, id);
}

interface ListContext {
  readonly next: AnswerField | undefined;
  readonly path: string;
}

/** The list that an answer is about: beside the cursor, or named as lists are, or as the path; the first of equals. */
function listOf(
  root: JsonObject,
  fields: readonly AnswerField[],
  { next, path }: ListContext,
): AnswerField | undefined {
  const subject = path.split('/').findLast((segment) => segment !== '' && !segment.includes('{')) ?? '';
  const noun = nounOf(subject);
  const candidates = fields.flatMap((field) => {
    const item = itemsOf(root, field.at);
    if (item === undefined) return [];
    const isOfObjects = propertiesOf(root, presentAt(root, item)).length > 0;
    const isNear = field.parent === next?.parent;
    // Deep inside an answer stand lists of one thing of it: its tags, its roles.
    if (field.depth > 0 && !isOfObjects && !isNear) return [];
    return [{ field, weight: weightOf(field, noun) + (isOfObjects ? 8 : 0) + (isNear ? 1 : 0) }];
  });
  return candidates.sort((a, b) => b.weight - a.weight)[0]?.field;
}

function weightOf({ name, depth }: AnswerField, noun: string): number {
  const isNamed = noun !== '' && nounOf(name) === noun;
  const isMain = isNamed || !PAGE_NAMES.isSideList(name);
  return (isMain ? 16 : 0) + (depth === 0 ? 4 : 0) + (isNamed || PAGE_NAMES.isMainList(name) ? 2 : 0);
}

function boundsOf(root: JsonObject, at: SchemaAt): { readonly default?: number; readonly maximum?: number } {
  const preset = keywordOf(root, at, 'default');
  const maximum = keywordOf(root, at, 'maximum');
  return {
    ...(typeof preset === 'number' ? { default: preset } : {}),
    ...(maximum === undefined ? {} : { maximum }),
  };
}
