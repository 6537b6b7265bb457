import type { FieldShape, MessageShape, ScalarType, WellKnownType } from '../connect/message-shape.ts';
import { joinPointer, parsePointer } from './json-pointer.ts';
import type { DocumentTree, JsonObject, SchemaType } from './schema-object.ts';
import {
  conjunction,
  keywordOf,
  namedPointer,
  type PropertyAt,
  propertiesOf,
  type SchemaAt,
  schemaAt,
  schemaPointer,
} from './schema-view.ts';

/**
 * The message type of a named schema: `messageShape(document, 'SessionObject')`. Fields stand in declaration
 * order; properties without `x-proto-field` are JSON-only, and those of them that no proto3 type can hold
 * (free-form objects, alternatives) are left out. Throws RangeError for a name the document does not have.
 */
export function messageShape(document: DocumentTree, schemaName: string): MessageShape {
  return shapeAt(document, schemaPointer(schemaName));
}

/** Messages already built: shared to build each message once. */
export interface BuiltMessages {
  /** By pointer. */
  readonly shapes: Map<string, MessageShape>;
  /** What adds the fields of messages that have none yet. */
  readonly unfinished: (() => void)[];
}

/** No message yet. */
export function noMessages(): BuiltMessages {
  return { shapes: new Map(), unfinished: [] };
}

/** As {@link messageShape}, for a schema anywhere in the document. */
export function shapeAt(
  { root }: DocumentTree,
  pointer: string,
  built: BuiltMessages = noMessages(),
): MessageShape {
  return buildMessage(root, schemaAt(root, pointer), built);
}

/** The proto type of one value, or undefined where proto3 has none for it. */
export function protoTypeOf(
  root: JsonObject,
  at: SchemaAt,
  built: BuiltMessages,
): FieldShape['type'] | undefined {
  if (isEitherInt64(root, at)) return 'int64';
  const type = plainType(root, at);
  if (type === 'object') {
    const isMap = propertiesOf(root, at).length === 0 && keywordOf(root, at, 'x-proto-message') === undefined;
    return isMap ? undefined : buildMessage(root, at, built);
  }
  return type === undefined ? undefined : SCALARS[type]?.(keywordOf(root, at, 'format'));
}

/** The item schema of a list, or undefined for what is no list. */
export function itemsOf(root: JsonObject, at: SchemaAt): SchemaAt | undefined {
  if (plainType(root, at) !== 'array') return undefined;
  for (const { pointer, schema } of conjunction(root, at)) {
    const items = typeof schema === 'object' ? schema.items : undefined;
    if (items !== undefined) return { pointer: joinPointer(pointer, 'items'), schema: items };
  }
  return undefined;
}

function buildMessage(root: JsonObject, at: SchemaAt, built: BuiltMessages): MessageShape {
  const pointer = namedPointer(at);
  const { shapes, unfinished } = built;
  const known = shapes.get(pointer);
  if (known !== undefined) return known;
  const fields: FieldShape[] = [];
  const shape: MessageShape = { typeName: typeNameOf(root, at, pointer), fields };
  // Before its fields: a message may hold itself.
  shapes.set(pointer, shape);
  unfinished.push(() => {
    for (const property of propertiesOf(root, at)) {
      const field = buildField(root, property, built);
      if (field !== undefined) fields.push(field);
    }
  });
  // The outermost call finishes them one after the other: messages may hold each other thousands deep.
  if (unfinished.length === 1) {
    for (const finish of unfinished) finish();
    unfinished.length = 0;
  }
  return shape;
}

function buildField(root: JsonObject, property: PropertyAt, built: BuiltMessages): FieldShape | undefined {
  const items = itemsOf(root, property);
  const type = protoTypeOf(root, items ?? property, built);
  if (type === undefined) return undefined;
  const own = typeof property.schema === 'object' ? property.schema : {};
  const number = own['x-proto-field'];
  return {
    name: own['x-proto-name'] ?? snakeCase(property.name),
    jsonName: property.name,
    ...(number === undefined ? {} : { number }),
    repeated: items !== undefined,
    type,
    ...(type === 'int64' ? jsonNumbersOf(root, items ?? property) : {}),
  };
}

/** Whether an int64 may be a number in JSON, by the types its schema names. */
function jsonNumbersOf(root: JsonObject, at: SchemaAt): Pick<FieldShape, 'jsonNumbers'> {
  const types = typesOf(root, at);
  if (!types.includes('integer')) return {};
  return { jsonNumbers: types.includes('string') ? 'also' : 'only' };
}

/** The JSON types a schema names, `null` aside. */
function typesOf(root: JsonObject, at: SchemaAt): readonly SchemaType[] {
  const type = keywordOf(root, at, 'type') ?? [];
  const types: readonly SchemaType[] = typeof type === 'string' ? [type] : type;
  return types.filter((name) => name !== 'null');
}

/** True for `type: [integer, string], format: int64`: both forms that proto3 JSON reads. */
function isEitherInt64(root: JsonObject, at: SchemaAt): boolean {
  const types = typesOf(root, at);
  const isEither = types.length === 2 && types.includes('integer') && types.includes('string');
  return isEither && keywordOf(root, at, 'format') === 'int64';
}

/** The one JSON type of a value, `null` aside; undefined where there are several or none is said. */
function plainType(root: JsonObject, at: SchemaAt): SchemaType | undefined {
  const [type, ...others] = typesOf(root, at);
  if (type !== undefined) return others.length === 0 ? type : undefined;
  return keywordOf(root, at, 'type') === undefined && propertiesOf(root, at).length > 0
    ? 'object'
    : undefined;
}

const STRING_FORMATS: Readonly<Record<string, ScalarType | WellKnownType>> = {
  'protobuf-timestamp': 'google.protobuf.Timestamp',
  'protobuf-duration': 'google.protobuf.Duration',
  int64: 'int64',
  byte: 'bytes',
};

const INTEGER_FORMATS: Readonly<Record<string, ScalarType>> = {
  int32: 'int32',
  int16: 'int32',
  int8: 'int32',
  uint32: 'uint32',
  uint16: 'uint32',
  uint8: 'uint32',
};

const SCALARS: Readonly<
  Partial<Record<SchemaType, (format: string | undefined) => ScalarType | WellKnownType>>
> = {
  string: (format) => STRING_FORMATS[format ?? ''] ?? 'string',
  // Without a format 32 bits are not enough for what JSON calls an integer.
  integer: (format) => INTEGER_FORMATS[format ?? ''] ?? 'int64',
  number: () => 'double',
  boolean: () => 'bool',
};

function typeNameOf(root: JsonObject, at: SchemaAt, pointer: string): string {
  const given = keywordOf(root, at, 'x-proto-message');
  if (given !== undefined) return given;
  const steps = parsePointer(pointer);
  const name = steps.length === 3 && steps[1] === 'schemas' ? steps[2] : undefined;
  const local = name ?? steps.map((step) => step.replace(/\W+/g, '_')).join('.');
  return typeof root['x-proto-package'] === 'string' ? `${root['x-proto-package']}.${local}` : local;
}

/** `sortBy` is `sort_by`: the inverse of proto3's rule for JSON names. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
