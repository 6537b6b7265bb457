import { STATUS_CODES } from 'node:http';
import type { ConnectError } from '../connect/connect-error.ts';
import { joinPointer } from '../openapi/json-pointer.ts';
import type { JsonValue } from '../openapi/schema-object.ts';
import { placeText, type RequestProblem } from './request-problem.ts';

/** What one error, or one entry of its list, has to say. */
export interface ErrorSaying {
  readonly error: Pick<ConnectError, 'code' | 'message' | 'httpStatus'>;
  /** What it is about, where that is one thing wrong with the request. */
  readonly problem?: RequestProblem;
  /** True for an entry of a list of errors. */
  readonly isEntry: boolean;
}

const MESSAGE =
  /^(message|msg|details?|description|error_?(description|message)|reason|title|error|issue|problem|text)$/i;
const MESSAGES = /^(messages|errors?|details?|reasons|issues|problems|violations|descriptions)$/i;
const TITLE = /^title$/i;
const STATUS = /^(status|status_?code|http_?status)$/i;
const CODE = /^(code|error_?code|error|type)$/i;
const POINTER = /^(pointer|json_?pointer|instance_?path)$/i;
const PARAMETER = /^(parameter|header)$/i;
const PLACE =
  /^(field|fields|field_?(name|path)|params?|param_?name|property|property_?(name|path)|attribute)$/i;
/** Names that mean a place only in an entry of a list: elsewhere they are the path of a request, or anything. */
const PLACE_OF_ENTRY = /^(path|location|loc|name|key|target|source|domain)$/i;
const PART = /^(in|location|location_?type)$/i;

/** True where a list of texts by this name is a list of messages. */
export function holdsMessages(name: string): boolean {
  return MESSAGES.test(name);
}

/** What a member of an error should say by its name, the best first; empty where its name says nothing. */
export function wordsFor(name: string, saying: ErrorSaying): readonly JsonValue[] {
  const { error, problem } = saying;
  const { code, httpStatus } = error;
  const message = problem?.message ?? error.message;
  return [
    ...(STATUS.test(name) ? [httpStatus, String(httpStatus)] : []),
    ...(CODE.test(name) ? [code, httpStatus] : []),
    ...(TITLE.test(name) ? [STATUS_CODES[httpStatus] ?? message] : []),
    ...(MESSAGE.test(name) ? [message] : []),
    ...(problem === undefined ? [] : placeWords(name, problem, saying.isEntry)),
  ];
}

function placeWords(
  name: string,
  { in: part, steps }: RequestProblem,
  isEntry: boolean,
): readonly JsonValue[] {
  const text = placeText(steps);
  const isBody = part === 'body';
  if (POINTER.test(name)) return isBody ? [steps.reduce(joinPointer, ''), text] : [];
  if (PARAMETER.test(name)) return isBody || (part === 'header') !== /^header$/i.test(name) ? [] : [text];
  const isPlace = PLACE.test(name) || (isEntry && PLACE_OF_ENTRY.test(name));
  return [
    ...(isEntry && PART.test(name) ? [part] : []),
    ...(isPlace ? [text, [part, ...steps], steps, [text]] : []),
  ];
}
