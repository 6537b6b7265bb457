import { joinPointer } from './json-pointer.ts';
import type { LoadedDocument } from './loaded-document.ts';
import type { Operation } from './operation.ts';
import { keywordOf, type PropertyAt, propertiesOf, type SchemaAt, schemaAt } from './schema-view.ts';
import { wordsOf } from './words.ts';

/** Where a request says something about pages. */
export interface PageParameter {
  readonly in: 'query' | 'body';
  readonly name: string;
}

/** How an operation pages: it takes a cursor, and answers with one list and the next cursor. */
export interface Pagination {
  /** Pointer of the answer's schema. */
  readonly schemaRef: string;
  /** Pointer into the answer: the list, e.g. `/users`. */
  readonly items: string;
  /** Pointer into the answer: the next cursor, e.g. `/listMetadata/nextCursor`. */
  readonly nextCursor: string;
  readonly cursor: PageParameter;
  /** Absent where the caller cannot say how many items a page has. */
  readonly limit?: PageParameter & { readonly default?: number; readonly maximum?: number };
}

const CURSOR = /^(cursor|after|starting_after|page_token|next_token|continuation_token|page_cursor)$/;
const NEXT_CURSOR =
  /^(next|next_cursor|next_page_token|next_page_cursor|next_token|continuation_token|end_cursor)$/;
const LIMIT = /^(limit|page_size|per_page|max_results|first|page_limit|size)$/;

/** How an operation pages, as its names tell; undefined where it does not. */
export function paginationOf(document: LoadedDocument, operation: Operation): Pagination | undefined {
  const schemaRef = answerRef(operation);
  if (schemaRef === undefined) return undefined;
  const parameters = requestFields(document, operation);
  const cursor = parameters.find(({ name }) => CURSOR.test(wordsOf(name)));
  const answer = answerFields(document, schemaAt(document.root, schemaRef));
  const lists = answer.filter(({ depth, at }) => depth === 0 && isType(document, at, 'array'));
  const next = answer.find(
    ({ name, at }) => NEXT_CURSOR.test(wordsOf(name)) && isType(document, at, 'string'),
  );
  const [list] = lists;
  if (cursor === undefined || next === undefined || list === undefined || lists.length > 1) return undefined;
  const limit = parameters.find(({ name }) => LIMIT.test(wordsOf(name)));
  return {
    schemaRef,
    items: list.pointer,
    nextCursor: next.pointer,
    cursor: { in: cursor.in, name: cursor.name },
    ...(limit === undefined ? {} : { limit: limitOf(document, limit) }),
  };
}

interface RequestField extends PageParameter {
  readonly at: SchemaAt;
}

function answerRef({ responses }: Operation): string | undefined {
  const success = responses.find(({ status }) => /^2/.test(status));
  return success?.content.find(({ mediaType }) => mediaType === 'application/json')?.schemaRef;
}

function requestFields({ root }: LoadedDocument, { parameters, requestBody }: Operation): RequestField[] {
  const query = parameters.flatMap(({ name, in: place, schemaRef }): RequestField[] =>
    place === 'query' && schemaRef !== undefined
      ? [{ in: 'query', name, at: schemaAt(root, schemaRef) }]
      : [],
  );
  const ref = requestBody?.content.find(({ mediaType }) => mediaType === 'application/json')?.schemaRef;
  const body = ref === undefined ? [] : propertiesOf(root, schemaAt(root, ref));
  return [...query, ...body.map((at): RequestField => ({ in: 'body', name: at.name, at }))];
}

interface AnswerField {
  readonly name: string;
  /** Pointer into the answer. */
  readonly pointer: string;
  readonly depth: number;
  readonly at: SchemaAt;
}

/** The properties of an answer and of the objects in it. */
function answerFields({ root }: LoadedDocument, answer: SchemaAt): AnswerField[] {
  const field =
    (parent: string, depth: number) =>
    (at: PropertyAt): AnswerField => ({
      name: at.name,
      pointer: joinPointer(parent, at.name),
      depth,
      at,
    });
  const outer = propertiesOf(root, answer).map(field('', 0));
  const inner = outer.flatMap(({ pointer, at }) => propertiesOf(root, at).map(field(pointer, 1)));
  return [...outer, ...inner];
}

function isType({ root }: LoadedDocument, at: SchemaAt, type: string): boolean {
  const declared = keywordOf(root, at, 'type');
  return Array.isArray(declared) ? declared.includes(type) : declared === type;
}

function limitOf(
  { root }: LoadedDocument,
  { in: place, name, at }: RequestField,
): NonNullable<Pagination['limit']> {
  const preset = keywordOf(root, at, 'default');
  const maximum = keywordOf(root, at, 'maximum');
  return {
    in: place,
    name,
    ...(typeof preset === 'number' ? { default: preset } : {}),
    ...(maximum === undefined ? {} : { maximum }),
  };
}
