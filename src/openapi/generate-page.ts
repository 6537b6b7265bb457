import { compileValidator } from './compile-validator.ts';
import { drawsOf } from './draw.ts';
import { facetsOf } from './facets.ts';
import { type GenerateOptions, generateAt, generateValue } from './generate-value.ts';
import { parsePointer } from './json-pointer.ts';
import type { LoadedDocument } from './loaded-document.ts';
import { itemsOf } from './message-shape.ts';
import { DEFAULT_NAMES } from './name-source.ts';
import { PAGE_NAMES } from './page-names.ts';
import type { Pagination } from './pagination.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './schema-object.ts';
import { conjunction, namedPointer, schemaAt } from './schema-view.ts';
import { kindOf, type Subject } from './subject.ts';
import { nounOf, wordsOf } from './words.ts';

/** Options of one page. `key` must hold everything of the request but cursor and limit. */
export interface PageOptions extends GenerateOptions {
  /** Items on the page; default and bounds are those of the document, else 20 and 1000. */
  readonly limit?: number;
  /** Where the page begins: the next cursor of the page before. Absent or empty is the first page. */
  readonly cursor?: string;
}

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 1000;

/**
 * One page of an operation that pages. Item 7 is the same whatever the limit, pages join to one list without
 * repeats, and the last page has no next cursor. A page has as many items as its list may have, whatever the limit.
 * Undefined for a cursor that this list never gave out. Where the schema does not allow such pages (a list of unique
 * or counted items, say) there is one page, made as any other answer. Throws RangeError where there is none either.
 */
export function generatePage(
  document: LoadedDocument,
  pagination: Pagination,
  options: PageOptions,
): JsonValue | undefined {
  const list = listOf(document, pagination, options);
  const first = options.cursor ? firstOf(pagination, list, { ...options, cursor: options.cursor }) : 0;
  if (first === undefined) return undefined;
  const last = first + sizeOf(list, first, limitOf(pagination, options.limit));
  const items = Array.from({ length: last - first }, (_, index) => list.item(first + index));
  const next = last < list.total ? cursorOf(last, options.key) : undefined;
  const envelope = generateValue(document, pagination.schemaRef, options);
  const validate = compileValidator(document, pagination.schemaRef, { maxViolations: 1 });
  const parts = { pagination, items, hasMore: next !== undefined, total: list.total };
  const pages = (next === undefined ? NO_CURSOR : [next]).map((shown) =>
    filled(envelope, { ...parts, next: shown }),
  );
  return [...pages, ...alone(envelope, pagination)].find((one) => validate(one).length === 0) ?? envelope;
}

/** What stands where no page follows: nothing if that is allowed, else null, else an empty text. */
const NO_CURSOR = [undefined, null, ''] as const;

/** The envelope as it was made, without a cursor that nobody gave out. */
function alone(envelope: JsonValue, { nextCursor }: Pagination): JsonValue[] {
  if (nextCursor === undefined) return [];
  return NO_CURSOR.map((shown) => withValue(envelope, parsePointer(nextCursor), shown));
}

/** Items of the page that begins at an offset: no more and no less than the list may have, nor left for the next. */
function sizeOf({ total, least, most }: List, first: number, limit: number): number {
  const left = total - first;
  const size = Math.min(left, most, Math.max(limit, least));
  const rest = left - size;
  if (rest === 0 || rest >= least) return size;
  // What is left would be too little for a page: it comes along, or takes from this one.
  return left <= most ? left : Math.max(least, left - least);
}

/** Where the page of a cursor begins: the kit's own cursor, or the id of the item before. */
function firstOf(
  { nextCursor }: Pagination,
  { total, item }: List,
  { cursor, key }: { readonly cursor: string; readonly key: string },
): number | undefined {
  if (nextCursor !== undefined) {
    const offset = offsetOf(cursor, key);
    return offset !== undefined && offset < total ? offset : undefined;
  }
  for (let index = 0; index < total; index++) {
    const before = item(index);
    if (isJsonObject(before) && String(before['id']) === cursor) return index + 1;
  }
  return undefined;
}

interface List {
  readonly total: number;
  /** Fewest and most items that one page may have. */
  readonly least: number;
  readonly most: number;
  readonly item: (index: number) => JsonValue;
}

function listOf(document: LoadedDocument, pagination: Pagination, options: PageOptions): List {
  const { root } = document;
  const listName = parsePointer(pagination.items).at(-1) ?? '';
  const at = schemaAt(root, pagination.listRef);
  const items = itemsOf(root, at);
  if (items === undefined) throw new RangeError(`${pagination.items} of ${pagination.schemaRef} is no list`);
  const schemaName = parsePointer(namedPointer(items)).at(-1) ?? '';
  const { minItems: least, maxItems: most } = facetsOf(conjunction(root, at));
  const kind = kindOf(nounOf(schemaName));
  return {
    total: Math.max(least, totalOf(options, kind === 'other' ? kindOf(nounOf(listName)) : kind)),
    least,
    most: Math.max(1, most),
    item: (index) => itemAt(document, items.pointer, { options: { ...options, name: listName }, index }),
  };
}

/** An item, made from its id where it has one: then it is what a request for that id gets. */
function itemAt(
  document: LoadedDocument,
  schemaRef: string,
  { options, index }: { readonly options: GenerateOptions; readonly index: number },
): JsonValue {
  const { given: _, ...itemOptions } = { ...options, key: `${options.key} item ${index}` };
  const item = generateAt(document, schemaRef, { options: itemOptions, position: { index, rank: index } });
  const id = isJsonObject(item) ? item['id'] : undefined;
  if (id === undefined || id === null) return item;
  return generateAt(document, schemaRef, { options: { ...itemOptions, given: { id } } });
}

/** How many there are: everyone and everything with a name, else a number drawn for the list. */
function totalOf({ names = DEFAULT_NAMES, key }: PageOptions, kind: Subject['kind']): number {
  switch (kind) {
    case 'person':
      return names.people.length;
    case 'resource':
      return names.resources.length;
    case 'connector':
      return names.connectors.length;
    case 'other':
      return drawsOf(`${key} total`).int(23, 140);
  }
}

function limitOf({ limit }: Pagination, asked: number | undefined): number {
  const wanted = asked ?? limit?.default ?? DEFAULT_LIMIT;
  return Math.max(1, Math.min(wanted, limit?.maximum ?? MAX_LIMIT, MAX_LIMIT));
}

function cursorOf(offset: number, key: string): string {
  return Buffer.from(`${offset}.${sealOf(offset, key)}`).toString('base64url');
}

/** The offset of one of our cursors; undefined for any other text. */
function offsetOf(cursor: string, key: string): number | undefined {
  const [offset = '', seal] = Buffer.from(cursor, 'base64url').toString().split('.');
  const number = /^[1-9][0-9]{0,8}$/.test(offset) ? Number(offset) : undefined;
  if (number === undefined || seal !== sealOf(number, key)) return undefined;
  return cursorOf(number, key) === cursor ? number : undefined;
}

/** Ties a cursor to its list, so that those of other requests are refused. */
function sealOf(offset: number, key: string): string {
  const draw = drawsOf(`${key} cursor ${offset}`);
  return [draw.int(0, 0xffffff), draw.int(0, 0xffffff)].map((part) => part.toString(36)).join('');
}

interface PageParts {
  readonly pagination: Pagination;
  readonly items: readonly JsonValue[];
  readonly next: string | null | undefined;
  readonly hasMore: boolean;
  readonly total: number;
}

/** An envelope with its list, cursor and numbers put in. */
function filled(envelope: JsonValue, { pagination, items, next, hasMore, total }: PageParts): JsonValue {
  const counted = withNumbers(envelope, { count: items.length, total, hasMore });
  const listed = withValue(counted, parsePointer(pagination.items), items);
  const { nextCursor } = pagination;
  return nextCursor === undefined ? listed : withValue(listed, parsePointer(nextCursor), next);
}

interface PageNumbers {
  readonly count: number;
  readonly total: number;
  readonly hasMore: boolean;
}

const COUNT = /^(count|returned|page_count|num_items|item_count)$/;
const TOTAL = /^(total|total_(count|items|results|hits|records|size)|num_hits)$/;

/** The numbers of an envelope and of the objects in it, made to say what the page holds. */
function withNumbers(value: JsonValue, numbers: PageNumbers, depth = 0): JsonValue {
  if (!isJsonObject(value) || depth > 2) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => [
      name,
      numberOf(name, held, numbers) ?? withNumbers(held, numbers, depth + 1),
    ]),
  );
}

function numberOf(
  name: string,
  held: JsonValue,
  { count, total, hasMore }: PageNumbers,
): JsonValue | undefined {
  const words = wordsOf(name);
  if (typeof held === 'boolean') return PAGE_NAMES.isHasMore(name) ? hasMore : undefined;
  const number = COUNT.test(words) ? count : TOTAL.test(words) ? total : undefined;
  if (number === undefined || typeof held === 'number') return number;
  return typeof held === 'string' ? String(number) : undefined;
}

/** A copy with a value put in, or taken out where it is undefined; objects on the way are made. */
function withValue(value: JsonValue, steps: readonly string[], put: JsonValue | undefined): JsonValue {
  const [step, ...others] = steps;
  if (step === undefined) return put ?? null;
  const object: JsonObject = isJsonObject(value) ? value : {};
  const { [step]: held, ...rest } = object;
  if (others.length > 0) return { ...object, [step]: withValue(held ?? {}, others, put) };
  return put === undefined ? rest : { ...object, [step]: put };
}
