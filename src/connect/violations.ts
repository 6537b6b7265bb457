import { ConnectError, type ErrorDetail } from './connect-error.ts';
import { ProtoWriter } from './proto-writer.ts';

/** The proto types a path element can have, with their number in google.protobuf.FieldDescriptorProto.Type. */
const FIELD_TYPES = {
  TYPE_DOUBLE: 1,
  TYPE_INT64: 3,
  TYPE_INT32: 5,
  TYPE_BOOL: 8,
  TYPE_STRING: 9,
  TYPE_MESSAGE: 11,
  TYPE_BYTES: 12,
  TYPE_UINT32: 13,
  TYPE_UINT64: 4,
} as const;

/** One step of a field path: buf.validate.FieldPathElement. */
export interface FieldPathElement {
  /** `limit` */
  readonly fieldName: string;
  /** 1 */
  readonly fieldNumber: number;
  /** `TYPE_INT32` */
  readonly fieldType: keyof typeof FIELD_TYPES;
  /** Position in a repeated field, from 0. */
  readonly index?: number;
}

/** One broken rule: buf.validate.Violation. */
export interface RuleViolation {
  /** From the request message to the field. */
  readonly field: readonly FieldPathElement[];
  /** From buf.validate.FieldRules to the rule: `int32`, `gt`. */
  readonly rule: readonly FieldPathElement[];
  /** `int32.gt_lte` */
  readonly ruleId: string;
  /** `must be greater than 0 and less than or equal to 100000` */
  readonly message: string;
}

/**
 * The `invalid_argument` a protovalidate server answers: message `validation error: limit: …` and one
 * buf.validate.Violations detail, binary and as debug JSON. Source: measured (protovalidate v1.2.0).
 */
export function violationsError(violations: readonly RuleViolation[]): ConnectError {
  const lines = violations.map((violation) => `${formatPath(violation.field)}: ${violation.message}`);
  const message =
    lines.length === 1 ? `validation error: ${lines[0]}` : ['validation errors:', ...lines].join('\n - ');
  return new ConnectError('invalid_argument', message, { details: [violationsDetail(violations)] });
}

/** The buf.validate.Violations detail: `violations` = 1. */
export function violationsDetail(violations: readonly RuleViolation[]): ErrorDetail {
  const writer = new ProtoWriter();
  for (const violation of violations) writer.bytesField(1, encodeViolation(violation));
  return {
    type: 'buf.validate.Violations',
    value: writer.finish(),
    debug: { violations: violations.map(violationToJson) },
  };
}

/** A range rule of an integer field, `gt` with `lte`, as protovalidate reports it. Bounds are exclusive, inclusive. */
export function integerRangeViolation(
  field: FieldPathElement,
  bounds: { readonly greaterThan: number; readonly atMost: number },
): RuleViolation {
  return {
    field: [field],
    rule: [
      { fieldName: 'int32', fieldNumber: 3, fieldType: 'TYPE_MESSAGE' },
      { fieldName: 'gt', fieldNumber: 4, fieldType: 'TYPE_INT32' },
    ],
    ruleId: 'int32.gt_lte',
    message: `must be greater than ${bounds.greaterThan} and less than or equal to ${bounds.atMost}`,
  };
}

function formatPath(path: readonly FieldPathElement[]): string {
  return path
    .map(({ fieldName, index }) => (index === undefined ? fieldName : `${fieldName}[${index}]`))
    .join('.');
}

/** rule_id = 2, message = 3, field = 5, rule = 6. Source: measured. */
function encodeViolation({ field, rule, ruleId, message }: RuleViolation): Uint8Array {
  const writer = new ProtoWriter();
  writer.bytesField(2, Buffer.from(ruleId));
  writer.bytesField(3, Buffer.from(message));
  writer.bytesField(5, encodePath(field));
  writer.bytesField(6, encodePath(rule));
  return writer.finish();
}

/** elements = 1. */
function encodePath(path: readonly FieldPathElement[]): Uint8Array {
  const writer = new ProtoWriter();
  for (const element of path) writer.bytesField(1, encodeElement(element));
  return writer.finish();
}

/** field_number = 1, field_name = 2, field_type = 3, index = 6. */
function encodeElement({ fieldName, fieldNumber, fieldType, index }: FieldPathElement): Uint8Array {
  const writer = new ProtoWriter();
  writer.varintField(1, fieldNumber);
  writer.bytesField(2, Buffer.from(fieldName));
  writer.varintField(3, FIELD_TYPES[fieldType]);
  if (index !== undefined) writer.varintField(6, index);
  return writer.finish();
}

function violationToJson({ field, rule, ruleId, message }: RuleViolation): Record<string, unknown> {
  return { field: pathToJson(field), rule: pathToJson(rule), ruleId, message };
}

function pathToJson(path: readonly FieldPathElement[]): Record<string, unknown> {
  return {
    elements: path.map(({ fieldNumber, fieldName, fieldType, index }) => ({
      fieldNumber,
      fieldName,
      fieldType,
      ...(index === undefined ? {} : { index: String(index) }),
    })),
  };
}
