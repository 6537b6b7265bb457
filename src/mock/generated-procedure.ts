import { isWellKnownType, type MessageShape } from '../connect/message-shape.ts';
import type { MessageJson, Procedure, UnaryImplementation } from '../connect/procedure.ts';
import { messageToBinary } from '../connect/proto-message.ts';
import { compileValidator } from '../openapi/compile-validator.ts';
import type { Operation } from '../openapi/operation.ts';
import type { JsonObject } from '../openapi/schema-object.ts';
import { propertyKeyword } from '../openapi/schema-view.ts';
import { canonicalMessage } from './canonical-message.ts';
import { createMessageNumbers } from './message-numbers.ts';
import type { ProcedureContext } from './mock-parts.ts';
import { createOperationAnswers } from './operation-answer.ts';
import { createRequestCheck } from './request-check.ts';
import { assertAuthorized, securityRuleOf } from './security.ts';
import { jsonContentOf, successOf } from './success-response.ts';

/** A procedure the kit knows only from its document: key, validation, a made-up message of its schema. */
export function createGeneratedProcedure(
  operation: Operation,
  procedure: Procedure,
  context: ProcedureContext,
): UnaryImplementation {
  const { document, options, answers } = context;
  const rule = securityRuleOf(operation, options);
  const check = createRequestCheck(operation, document);
  const numbersOf = createMessageNumbers(procedure.input);
  const made = createOperationAnswers(operation, document, answers);
  const requestRef = jsonContentOf(operation.requestBody?.content ?? [])?.schemaRef;
  const schemaRef = jsonContentOf(successOf(operation).response?.content ?? [])?.schemaRef;
  const hasEnum = (property: string): boolean =>
    requestRef !== undefined &&
    propertyKeyword(document, { schemaRef: requestRef, property }, 'enum') !== undefined;
  const zeroes = options.strict ? zeroFields(procedure.input, hasEnum) : {};
  return (call) => {
    assertAuthorized(call, rule);
    check.assertValid({ ...zeroes, ...call.message });
    if (schemaRef === undefined) return { body: Buffer.from(call.form === 'json' ? '{}' : '') };
    // A decoded message is JSON.
    const body = numbersOf(call.message) as JsonObject;
    // The document says that a procedure answers a message; procedures of other answers are not made.
    const message = made.answer(schemaRef, { path: {}, query: {}, body }) as MessageJson;
    const canonical = canonicalMessage(procedure.output, message);
    if (call.form === 'proto') return { body: messageToBinary(procedure.output, canonical) };
    // Where the document requires a field, its zero value is sent too.
    const isEnough = compileValidator(document, schemaRef, { maxViolations: 1 })(canonical).length === 0;
    return { body: Buffer.from(JSON.stringify(isEnough ? canonical : message)) };
  };
}

/**
 * The values absent scalar fields have for protovalidate, which knows no absence: `--strict` checks them. Enums are
 * left out: their zero is a word the document need not list. Source: measured (limit), assumed for the others.
 */
function zeroFields(input: MessageShape, hasEnum: (property: string) => boolean): MessageJson {
  return Object.fromEntries(
    input.fields.flatMap(({ jsonName, number, repeated, type }) => {
      const isScalar = typeof type === 'string' && !isWellKnownType(type);
      if (!isScalar || repeated || number === undefined || hasEnum(jsonName)) return [];
      return [[jsonName, ZEROES[type]]];
    }),
  );
}

const ZEROES = {
  string: '',
  bytes: '',
  bool: false,
  int32: 0,
  uint32: 0,
  double: 0,
  int64: '0',
} as const;
