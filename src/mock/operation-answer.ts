import { ConnectError } from '../connect/connect-error.ts';
import { endOfList } from '../openapi/end-of-list.ts';
import { generatePage } from '../openapi/generate-page.ts';
import { type GenerateOptions, generateValue } from '../openapi/generate-value.ts';
import { namesOneOf } from '../openapi/known-values.ts';
import type { LoadedDocument } from '../openapi/loaded-document.ts';
import type { Operation } from '../openapi/operation.ts';
import { type PageParameter, type Pagination, paginationOf } from '../openapi/pagination.ts';
import type { JsonObject, JsonValue } from '../openapi/schema-object.ts';
import { nounOf } from '../openapi/words.ts';
import type { AnswerSource } from './answer-source.ts';

/** What a request says, as far as the answer depends on it. */
export interface AnswerRequest {
  /** Path parameters by name. */
  readonly path: JsonObject;
  /** Query parameters by name. */
  readonly query: JsonObject;
  /** The body, or the message of a procedure. */
  readonly body?: JsonValue | undefined;
}

/** Makes up the answers of one operation. */
export interface OperationAnswers {
  /**
   * An answer that the schema at the pointer accepts. A list that pages gives the page asked for; throws ConnectError
   * `invalid_argument` for a cursor it never gave out, RangeError where nothing can be made up.
   */
  answer(schemaRef: string, request: AnswerRequest): JsonValue;
  /** The options of the answer to a request, for what goes beside it. */
  optionsFor(request: AnswerRequest): GenerateOptions;
}

/** Makes the answers of an operation. How it pages is found out at the first request. */
export function createOperationAnswers(
  operation: Operation,
  document: LoadedDocument,
  source: AnswerSource,
): OperationAnswers {
  const found = new Map<string, Pagination | undefined>();
  const pagingOf = (schemaRef: string): Pagination | undefined => {
    if (!found.has(schemaRef)) found.set(schemaRef, paginationOf(document, operation, schemaRef));
    return found.get(schemaRef);
  };
  const optionsFor = (request: AnswerRequest): GenerateOptions => ({
    ...source.optionsFor(operation, request),
    given: givenBy(operation, request),
  });
  return {
    optionsFor,
    answer: (schemaRef, request) => {
      const pagination = pagingOf(schemaRef);
      if (pagination === undefined)
        return endOfList(document, schemaRef, {
          value: generateValue(document, schemaRef, optionsFor(request)),
        });
      const { rest, cursor, limit } = withoutPlace(request, pagination);
      const page = generatePage(document, pagination, {
        ...source.optionsFor(operation, rest),
        ...(Number(limit) > 0 ? { limit: Number(limit) } : {}),
        ...(cursor === undefined || cursor === null ? {} : { cursor: String(cursor) }),
      });
      if (page !== undefined) return endOfList(document, schemaRef, { value: page, pagination });
      throw new ConnectError(
        'invalid_argument',
        `${labelOf(pagination.cursor)} is not a cursor of this list`,
      );
    },
  };
}

/**
 * What the answer repeats of the request: its path and body by name, and as its id the end of the path or a member of
 * the body, where that is the id of what the path is about. `/employees/{email}` gives the e-mail address only.
 */
function givenBy({ path, procedure }: Operation, request: AnswerRequest): JsonObject {
  const body = isObject(request.body) ? request.body : {};
  const [, collection = '', last] = /(?:([^/{}]+)\/)?\{([^/}]*)\}$/.exec(path) ?? [];
  const isId = last !== undefined && namesOneOf(collection, last);
  const inBody = (): JsonValue | undefined => idIn(body, procedure === undefined ? path : undefined);
  const id = last === undefined ? inBody() : isId ? request.path[last] : undefined;
  return { ...body, ...(id === undefined ? {} : { id }), ...request.path };
}

/** `userId` of a message, or of a body sent to `/users`, that names one thing by its id. */
function idIn(body: JsonObject, path: string | undefined): JsonValue | undefined {
  if (body['id'] !== undefined) return body['id'];
  const names = Object.keys(body).filter((name) => /(?:Id|_id)$/.test(name));
  const [name = ''] = names;
  const owner = nounOf(name.replace(/_?id$/i, ''));
  const isMeant = path === undefined || path.split('/').some((segment) => nounOf(segment) === owner);
  return names.length === 1 && isMeant ? body[name] : undefined;
}

interface Place {
  /** The request without cursor and limit: all its pages are of one list. */
  readonly rest: AnswerRequest;
  readonly cursor: JsonValue | undefined;
  readonly limit: JsonValue | undefined;
}

function withoutPlace(request: AnswerRequest, { cursor, limit }: Pagination): Place {
  const parameters = limit === undefined ? [cursor] : [cursor, limit];
  const without = (value: JsonObject, place: PageParameter['in']): JsonObject =>
    parameters.filter((parameter) => parameter.in === place).reduce(withoutParameter, value);
  const sentValue = ({ in: place, name, member }: PageParameter): JsonValue | undefined => {
    const around = place === 'query' ? request.query : isObject(request.body) ? request.body : {};
    const value = around[name];
    if (member === undefined) return value;
    return isObject(value) ? value[member] : undefined;
  };
  return {
    rest: {
      ...request,
      query: without(request.query, 'query'),
      body: isObject(request.body) ? without(request.body, 'body') : request.body,
    },
    cursor: sentValue(cursor),
    limit: limit === undefined ? undefined : sentValue(limit),
  };
}

function withoutParameter(value: JsonObject, { name, member }: PageParameter): JsonObject {
  const { [name]: held, ...others } = value;
  if (member === undefined || !isObject(held)) return others;
  const { [member]: _, ...rest } = held;
  return { ...others, [name]: rest };
}

function labelOf({ in: place, name, member }: PageParameter): string {
  if (member === undefined) return name;
  return place === 'query' ? `${name}[${member}]` : `${name}.${member}`;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
