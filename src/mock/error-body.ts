import { STATUS_CODES } from 'node:http';
import type { ConnectError } from '../connect/connect-error.ts';
import { compileValidator } from '../openapi/compile-validator.ts';
import { type GenerateOptions, generateValue } from '../openapi/generate-value.ts';
import type { LoadedDocument } from '../openapi/loaded-document.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../openapi/schema-object.ts';

/** What an error's body is made from. */
export interface ErrorFacts {
  readonly error: Pick<ConnectError, 'code' | 'message' | 'httpStatus'>;
  readonly options: GenerateOptions;
}

const MESSAGE = /^(message|msg|details?|description|error_?(description|message)|reason|title|error)$/i;
const TITLE = /^title$/i;
const STATUS = /^(status|status_?code|http_?status)$/i;
const CODE = /^(code|error_?code|error|type)$/i;

/** How deep the properties of an error are looked at: `{ error: { message } }`. */
const MAX_DEPTH = 3;

/**
 * An error in the words of the document: a value of the schema whose message, status and code say what happened, as
 * far as the schema lets them, and without anything made up that is optional.
 */
export function errorBody(document: LoadedDocument, schemaRef: string, facts: ErrorFacts): JsonValue {
  const validate = compileValidator(document, schemaRef, { maxViolations: 1 });
  const isValid = (value: JsonValue): boolean => validate(value).length === 0;
  const { given: _, ...options } = facts.options;
  let body = generateValue(document, schemaRef, options);
  for (const path of propertyPaths(body, [])) {
    const replacements = [...factsFor(path.at(-1) ?? '', facts.error), undefined];
    const better = replacements.map((value) => withMember(body, path, value)).find(isValid);
    body = better ?? body;
  }
  return body;
}

/** What a property of an error should say, the best first. */
function factsFor(name: string, { code, message, httpStatus }: ErrorFacts['error']): JsonValue[] {
  return [
    ...(STATUS.test(name) ? [httpStatus, String(httpStatus)] : []),
    ...(CODE.test(name) ? [code, httpStatus] : []),
    ...(TITLE.test(name) ? [STATUS_CODES[httpStatus] ?? message] : []),
    ...(MESSAGE.test(name) ? [message] : []),
  ];
}

/** Every property that holds no object, the deepest first, then the objects around them. */
function propertyPaths(value: JsonValue, around: readonly string[]): (readonly string[])[] {
  if (!isJsonObject(value) || around.length >= MAX_DEPTH) return [];
  return Object.entries(value).flatMap(([name, held]) => {
    const path = [...around, name];
    const inner = propertyPaths(held, path);
    // An object that says something of what happened stays.
    const saysSomething = inner.some((below) => factsFor(below.at(-1) ?? '', NO_FACTS).length > 0);
    return saysSomething ? inner : [path];
  });
}

const NO_FACTS = { code: 'unknown', message: '', httpStatus: 500 } as const;

/** A copy with one member replaced, or taken out where it is undefined. */
function withMember(
  value: JsonValue,
  [name = '', ...below]: readonly string[],
  put: JsonValue | undefined,
): JsonValue {
  if (!isJsonObject(value)) return value;
  const held = value[name];
  const next = below.length > 0 && held !== undefined ? withMember(held, below, put) : put;
  const members = Object.entries(value).flatMap(([key, old]): [string, JsonValue][] => {
    if (key !== name) return [[key, old]];
    return next === undefined ? [] : [[key, next]];
  });
  const copy: JsonObject = Object.fromEntries(members);
  return copy;
}
