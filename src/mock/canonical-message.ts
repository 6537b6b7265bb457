import { isZeroValue } from '../connect/json-scalars.ts';
import { type FieldShape, isWellKnownType, type MessageShape } from '../connect/message-shape.ts';
import type { MessageJson } from '../connect/procedure.ts';

/**
 * A message as proto3 JSON writes it: fields at their zero value, empty lists and nulls left out. What is in JSON
 * only (no field number) stays as it is. Source: measured.
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

function canonicalField({ type, repeated }: FieldShape, value: unknown): unknown {
  if (value === null) return undefined;
  if (Array.isArray(value)) {
    if (value.length === 0) return undefined;
    return typeof type === 'string' ? value : value.map((element) => canonicalElement(type, element));
  }
  if (typeof type !== 'string') return canonicalElement(type, value);
  if (repeated || isWellKnownType(type)) return value;
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isScalar && isZeroValue(value, type) ? undefined : value;
}

function canonicalElement(shape: MessageShape, value: unknown): unknown {
  const isMessage = typeof value === 'object' && value !== null && !Array.isArray(value);
  // An object that stands where a message stands is one.
  return isMessage ? canonicalMessage(shape, value as MessageJson) : value;
}
