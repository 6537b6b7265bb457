import { ConnectError, errorToJson } from '../connect/connect-error.ts';
import { compileValidator } from '../openapi/compile-validator.ts';
import { isJsonType } from '../openapi/json-media-type.ts';
import type { LoadedDocument } from '../openapi/loaded-document.ts';
import type { Operation, OperationContent } from '../openapi/operation.ts';
import type { JsonValue } from '../openapi/schema-object.ts';
import { errorBody } from './error-body.ts';
import { negotiate } from './media-range.ts';
import type { AnswerRequest, OperationAnswers } from './operation-answer.ts';
import { requiredHeaders } from './response-headers.ts';
import { jsonContentOf, responseFor, type SuccessResponse, successOf } from './success-response.ts';

/** An answer ready to be written. */
export interface RestAnswer {
  readonly httpStatus: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty where there is none. */
  readonly body: string;
}

/** An operation and what its answers are made from. */
export interface RestContext {
  readonly operation: Operation;
  readonly document: LoadedDocument;
  readonly answers: OperationAnswers;
  readonly prefersExamples: boolean;
}

/** The answer a request has chosen: what it wants of what the operation can give. */
export interface ChosenAnswer extends SuccessResponse {
  /** Undefined where the answer has no body. */
  readonly content: OperationContent | undefined;
}

/** The success of an operation in the media type the caller wants. Throws ConnectError with HTTP status 406. */
export function chooseAnswer(operation: Operation, accept: string | undefined): ChosenAnswer {
  const success = successOf(operation);
  const content = success.response?.content ?? [];
  if (isBodyless(success.httpStatus) || content.length === 0) return { ...success, content: undefined };
  // Without a wish JSON is what clients expect; among equals too.
  const json = jsonContentOf(content);
  const ordered = json === undefined ? content : [json, ...content.filter((one) => one !== json)];
  const names = ordered.map(({ mediaType }) => mediaType);
  const wanted = negotiate(names, accept);
  if (wanted !== undefined)
    return { ...success, content: ordered.find(({ mediaType }) => mediaType === wanted) };
  throw new ConnectError(
    'invalid_argument',
    `none of the wanted media types is given; there is ${names.join(', ')}`,
    {
      httpStatus: 406,
    },
  );
}

/** The answer to a request that is right. Throws what {@link OperationAnswers.answer} throws. */
export function successAnswer(
  context: RestContext,
  chosen: ChosenAnswer,
  request: AnswerRequest,
): RestAnswer {
  const { document, answers } = context;
  const { httpStatus, response, content } = chosen;
  const headers = requiredHeaders(document, response, answers.optionsFor(request));
  if (content === undefined) return { httpStatus, headers, body: '' };
  const mediaType = concreteType(content.mediaType);
  const value = bodyValue(context, content, request);
  return { httpStatus, headers: { ...headers, 'Content-Type': mediaType }, body: bodyText(mediaType, value) };
}

/** An error in the dialect of the document, or as Connect writes it where the document does not describe it. */
export function errorAnswer({ operation, document, answers }: RestContext, error: ConnectError): RestAnswer {
  const status = statusFor(operation, error.httpStatus);
  const response = responseFor(operation, status);
  const content = jsonContentOf(response?.content ?? []);
  const options = answers.optionsFor({ path: {}, query: {}, body: error.message });
  const headers = {
    ...requiredHeaders(document, response, options),
    ...textHeaders(error),
    'Content-Type': concreteType(content?.mediaType ?? 'application/json'),
  };
  const facts = { error, httpStatus: status, options };
  const body =
    content?.schemaRef === undefined ? errorToJson(error) : errorBody(document, content.schemaRef, facts);
  return { httpStatus: status, headers, body: JSON.stringify(body) };
}

/** Documents that list 422 and not 400 mean 422 where a request does not fit. */
function statusFor({ responses }: Operation, httpStatus: number): number {
  const lists = (status: string): boolean => responses.some((response) => response.status === status);
  return httpStatus === 400 && !lists('400') && lists('422') ? 422 : httpStatus;
}

function textHeaders({ headers }: ConnectError): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : value.join(', '),
    ]),
  );
}

function bodyValue(context: RestContext, content: OperationContent, request: AnswerRequest): JsonValue {
  const { document, answers, prefersExamples } = context;
  const { schemaRef, examples } = content;
  if (schemaRef === undefined) return examples[0]?.value ?? (isJsonType(content.mediaType) ? {} : '');
  const validate = compileValidator(document, schemaRef, { maxViolations: 1 });
  const example = prefersExamples ? examples.find(({ value }) => validate(value).length === 0) : undefined;
  return example === undefined ? answers.answer(schemaRef, request) : example.value;
}

/** A media range of the document made a media type. */
function concreteType(mediaType: string): string {
  if (/^(\*|application)\/\*/.test(mediaType)) return 'application/json';
  return mediaType.startsWith('text/*') ? 'text/plain; charset=utf-8' : mediaType;
}

/** JSON where the media type is, and for everything that is no text. */
function bodyText(mediaType: string, value: JsonValue): string {
  return !isJsonType(mediaType) && typeof value === 'string' ? value : JSON.stringify(value);
}

/** Statuses whose answers never have a body. Source: documented (RFC 9110). */
function isBodyless(httpStatus: number): boolean {
  return httpStatus === 204 || httpStatus === 205 || httpStatus === 304;
}
