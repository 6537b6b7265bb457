import { formatDuration, parseDuration } from './duration.ts';
import { goTypeName } from './go-type-name.ts';
import { isZeroValue, type JsonScalar, parseScalar } from './json-scalars.ts';
import { JsonTokens, TOKEN } from './json-tokens.ts';
import { type FieldShape, isWellKnownType, type MessageShape, type WellKnownType } from './message-shape.ts';
import type { MessageJson } from './procedure.ts';
import { ProtoJsonError, valueError } from './proto-json-error.ts';
import { formatTimestamp, parseTimestamp } from './timestamp.ts';

const MAX_SKIPPED_DEPTH = 10_000;
const MAX_MESSAGE_DEPTH = 1_000;
const TOO_DEEP = 'exceeded max recursion depth';

/**
 * Decodes the proto3 JSON of a message strictly, in linear time: both spellings of a name, unknown fields ignored,
 * canonical values out, unset and zero fields absent. Throws Error whose message reads as connect-go's:
 * `unmarshal into *corev1.ListSessionsV2Request: proto: …`. Source: measured.
 */
export function messageFromJson(shape: MessageShape, bytes: Uint8Array): MessageJson {
  if (bytes.length === 0) throw new Error('zero-length payload is not a valid JSON object');
  const tokens = new JsonTokens(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  try {
    tokens.next();
    const message = decodeMessage(tokens, shape, 1);
    if (tokens.next() !== TOKEN.end) throw tokens.unexpected();
    return message;
  } catch (error) {
    if (!(error instanceof ProtoJsonError)) throw error;
    throw new Error(`unmarshal into ${goTypeName(shape.typeName)}: ${error.message}`, { cause: error });
  }
}

/** Decodes the message whose first token is the current one; ends on its last token. */
function decodeMessage(tokens: JsonTokens, shape: MessageShape, depth: number): MessageJson {
  if (depth > MAX_MESSAGE_DEPTH) throw new ProtoJsonError(TOO_DEEP);
  if (tokens.kind !== TOKEN.objectOpen) throw tokens.unexpected();
  const message: Record<string, unknown> = {};
  const seen = new Set<FieldShape>();
  for (let kind = tokens.next(); kind !== TOKEN.objectClose; kind = tokens.next()) {
    if (kind !== TOKEN.name) throw tokens.unexpected();
    const field = fieldByName(shape, tokens.text());
    if (field === undefined) {
      skipValue(tokens, MAX_SKIPPED_DEPTH - depth);
      continue;
    }
    if (seen.has(field)) throw valueError(tokens.bytes, tokens.start, `duplicate field ${tokens.raw()}`);
    seen.add(field);
    const value = decodeField(tokens, field, depth);
    if (value !== undefined) message[field.jsonName] = value;
  }
  return message;
}

function decodeField(tokens: JsonTokens, field: FieldShape, depth: number): unknown {
  if (tokens.next() === TOKEN.null) return undefined;
  return field.repeated ? decodeList(tokens, field, depth) : decodeValue(tokens, field, depth);
}

function fieldByName(shape: MessageShape, name: string): FieldShape | undefined {
  for (const field of shape.fields) {
    if (field.jsonName === name || field.name === name) return field;
  }
  return undefined;
}

function skipValue(tokens: JsonTokens, maxDepth: number): void {
  let open = 0;
  do {
    const kind = tokens.next();
    if (kind === TOKEN.objectClose || kind === TOKEN.arrayClose) open -= 1;
    if (kind === TOKEN.objectOpen || kind === TOKEN.arrayOpen) open += 1;
    if (open > maxDepth) throw new ProtoJsonError(TOO_DEEP);
  } while (open > 0);
}

function decodeList(tokens: JsonTokens, field: FieldShape, depth: number): readonly unknown[] | undefined {
  if (tokens.kind !== TOKEN.arrayOpen) throw tokens.unexpected();
  const list: unknown[] = [];
  while (tokens.next() !== TOKEN.arrayClose) {
    list.push(decodeElement(tokens, field, depth));
  }
  return list.length === 0 ? undefined : list;
}

function decodeValue(tokens: JsonTokens, field: FieldShape, depth: number): unknown {
  const value = decodeElement(tokens, field, depth);
  const { type } = field;
  if (typeof type !== 'string' || isWellKnownType(type)) return value;
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isScalar && isZeroValue(value, type) ? undefined : value;
}

function decodeElement(tokens: JsonTokens, field: FieldShape, depth: number): unknown {
  const { type } = field;
  if (typeof type !== 'string') return decodeMessage(tokens, type, depth + 1);
  if (isWellKnownType(type)) return decodeWellKnown(tokens, type);
  const value = parseScalar(type, scalarToken(tokens));
  if (value !== undefined) return value;
  const reason = `invalid value for ${type} field ${field.jsonName}: ${tokens.raw()}`;
  throw valueError(tokens.bytes, tokens.start, reason);
}

function scalarToken(tokens: JsonTokens): JsonScalar {
  switch (tokens.kind) {
    case TOKEN.string:
      return { kind: 'string', text: tokens.text() };
    case TOKEN.number:
      return { kind: 'number', text: tokens.raw() };
    case TOKEN.bool:
      return { kind: 'bool', text: tokens.raw() };
    default:
      return { kind: 'other', text: '' };
  }
}

function decodeWellKnown(tokens: JsonTokens, type: WellKnownType): string {
  if (tokens.kind !== TOKEN.string) throw tokens.unexpected();
  const isTimestamp = type === 'google.protobuf.Timestamp';
  const value = isTimestamp ? parseTimestamp(tokens.text()) : parseDuration(tokens.text());
  if (value === undefined) {
    throw valueError(tokens.bytes, tokens.start, `invalid ${type} value ${tokens.raw()}`);
  }
  if (value === 'out of range') {
    throw valueError(tokens.bytes, tokens.start, `${type} value out of range: ${tokens.raw()}`);
  }
  return isTimestamp ? formatTimestamp(value) : formatDuration(value);
}
