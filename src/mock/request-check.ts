import type { MessageJson } from '../connect/procedure.ts';
import {
  type FieldPathElement,
  integerRangeViolation,
  type RuleViolation,
  violationsError,
} from '../connect/violations.ts';
import { compileValidator, type Validator } from '../openapi/compile-validator.ts';
import { valueAt } from '../openapi/json-pointer.ts';
import type { LoadedDocument } from '../openapi/loaded-document.ts';
import type { Operation } from '../openapi/operation.ts';
import { propertyKeyword } from '../openapi/schema-view.ts';
import type { Violation } from '../openapi/violation.ts';
import { createMessageNumbers, exactInt64, type MessageNumbers, roundedInt64 } from './message-numbers.ts';

/** Checks request messages of one operation against the document. */
export interface RequestCheck {
  /** Throws ConnectError `invalid_argument` in protovalidate's form with every violation at once. */
  assertValid(message: MessageJson): void;
  /** The `maximum` the document puts on a field; undefined where it puts none. */
  maximumOf(field: string): number | undefined;
}

/** Makes the check of an operation's JSON request. Nothing is compiled before the first message. */
export function createRequestCheck(operation: Operation, document: LoadedDocument): RequestCheck {
  const json = operation.requestBody?.content.find(({ mediaType }) => mediaType === 'application/json');
  const schemaRef = json?.schemaRef;
  if (schemaRef === undefined) return { assertValid: () => undefined, maximumOf: () => undefined };
  const validate = compileValidator(document, schemaRef, { direction: 'request', subject: 'request' });
  const bound = (property: string, keyword: 'minimum' | 'maximum'): number | undefined =>
    propertyKeyword(document, { schemaRef, property }, keyword);
  const input = operation.procedure?.input;
  const numbersOf: MessageNumbers = input === undefined ? (message) => message : createMessageNumbers(input);
  return {
    assertValid: (message) => {
      const violations = violationsIn(message, validate, numbersOf);
      if (violations.length === 0) return;
      throw violationsError(violations.map((violation) => violationToRule(violation, { operation, bound })));
    },
    maximumOf: (field) => bound(field, 'maximum'),
  };
}

/** Bounds that a number just below them would wrongly keep or break. */
const SEEN_FROM_ABOVE: ReadonlySet<string> = new Set(['maximum', 'exclusiveMinimum']);

/**
 * Bounds hold for numbers, so every int64 is checked as one. Where no double is that number, the bounds are checked
 * from the next double below and from the next above, which is exact because bounds are doubles themselves.
 */
function violationsIn(message: MessageJson, validate: Validator, numbersOf: MessageNumbers): Violation[] {
  let isExact = true;
  const exact = numbersOf(message, (text) => {
    const number = exactInt64(text);
    if (typeof number === 'string') isExact = false;
    return number;
  });
  if (isExact) return validate(exact);
  const below = validate(numbersOf(message, (text) => roundedInt64(text, 'below')));
  const above = validate(numbersOf(message, (text) => roundedInt64(text, 'above')));
  const seen = [
    ...below.filter(({ rule }) => !SEEN_FROM_ABOVE.has(rule)),
    ...above.filter(({ rule }) => SEEN_FROM_ABOVE.has(rule)),
  ];
  return seen.map((violation) => withOwnText(violation, exact));
}

/** Says the integer that came instead of the double it was checked as. */
function withOwnText(violation: Violation, message: MessageJson): Violation {
  const text = valueAt(message, violation.pointer);
  if (typeof text !== 'string') return violation;
  return { ...violation, message: violation.message.replace(/\(got -?\d+\)$/, `(got ${text})`) };
}

interface RuleContext {
  readonly operation: Operation;
  readonly bound: (property: string, keyword: 'minimum' | 'maximum') => number | undefined;
}

/** The wire form of a violation: an integer out of bounds as protovalidate reports it, all else by its keyword. */
function violationToRule(violation: Violation, { operation, bound }: RuleContext): RuleViolation {
  const property = violation.pointer.split('/')[1] ?? '';
  const field = fieldElement(operation, property);
  const minimum = bound(property, 'minimum');
  const maximum = bound(property, 'maximum');
  const isRange = violation.rule === 'minimum' || violation.rule === 'maximum';
  if (isRange && field?.fieldType === 'TYPE_INT32' && minimum !== undefined && maximum !== undefined) {
    return integerRangeViolation(field, { greaterThan: minimum - 1, atMost: maximum });
  }
  const path = field === undefined ? [] : [field];
  return { field: path, rule: [], ruleId: violation.rule, message: violation.message };
}

const FIELD_TYPES = {
  int32: 'TYPE_INT32',
  int64: 'TYPE_INT64',
  uint32: 'TYPE_UINT32',
  bool: 'TYPE_BOOL',
  double: 'TYPE_DOUBLE',
  string: 'TYPE_STRING',
  bytes: 'TYPE_BYTES',
} as const satisfies Readonly<Record<string, FieldPathElement['fieldType']>>;

function fieldElement(operation: Operation, jsonName: string): FieldPathElement | undefined {
  const field = operation.procedure?.input.fields.find((candidate) => candidate.jsonName === jsonName);
  if (field === undefined) return undefined;
  const isScalar = typeof field.type === 'string' && Object.hasOwn(FIELD_TYPES, field.type);
  // Only keys of FIELD_TYPES get this far.
  const fieldType = isScalar ? FIELD_TYPES[field.type as keyof typeof FIELD_TYPES] : 'TYPE_MESSAGE';
  return { fieldName: field.name, fieldNumber: field.number ?? 0, fieldType };
}
