import { isZeroValue } from '../connect/json-scalars.ts';
import { type FieldShape, isWellKnownType, type MessageShape } from '../connect/message-shape.ts';
import type { MessageJson } from '../connect/procedure.ts';

/**
 * A message as proto3 JSON writes it: fields at their zero value, empty lists and nulls left out, an int64 as text
 * unless its document takes numbers only. What is in JSON only (no field number) stays as it is. Source: measured.
 */
export function canonicalMessage(shape: MessageShape, message: MessageJson): MessageJson {
  const fields = new Map(shape.fields.map((field) => [field.jsonName, field]));
  return Object.fromEntries(
    Object.entries(message).flatMap(([name, value]) => {
      const field = fields.get(name);
      if (field?.number === undefined) return [[name, value]];
      const kept = canonicalField(field, value);
      return kept === undefined ? [] : [[name, kept]];
    }),
  );
}

function canonicalField(field: FieldShape, value: unknown): unknown {
  const { type, repeated } = field;
  if (value === null) return undefined;
  if (Array.isArray(value)) {
    return value.length === 0 ? undefined : value.map((element) => canonicalElement(field, element));
  }
  if (typeof type !== 'string' || repeated || isWellKnownType(type)) return canonicalElement(field, value);
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isScalar && isZeroValue(value, type) ? undefined : canonicalElement(field, value);
}

function canonicalElement({ type, jsonNumbers }: FieldShape, value: unknown): unknown {
  if (typeof type !== 'string') return canonicalMessageValue(type, value);
  return jsonNumbers === 'also' && Number.isInteger(value) ? String(BigInt(Number(value))) : value;
}

function canonicalMessageValue(shape: MessageShape, value: unknown): unknown {
  const isMessage = typeof value === 'object' && value !== null && !Array.isArray(value);
  // An object that stands where a message stands is one.
  return isMessage ? canonicalMessage(shape, value as MessageJson) : value;
}
