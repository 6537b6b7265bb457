import type { FieldShape, MessageShape, ScalarType } from './message-shape.ts';

/** A FieldDescriptorProto in JSON, enums as numbers. */
export interface FieldDescriptorJson {
  /** Proto name: `sort_by`. */
  readonly name: string;
  /** Proto field number. */
  readonly number: number;
  /** One of {@link FIELD_LABEL}. */
  readonly label: number;
  /** One of {@link FIELD_TYPE}. */
  readonly type: number;
  /** Of a message field: the full name of its type with a leading dot. */
  readonly typeName?: string;
  /** JSON name: `sortBy`. */
  readonly jsonName: string;
}

/** A DescriptorProto in JSON: one message type. */
export interface DescriptorJson {
  /** Name without its package and parents. */
  readonly name: string;
  /** Fields in declaration order. */
  readonly field: FieldDescriptorJson[];
  /** The messages declared inside. */
  readonly nestedType: DescriptorJson[];
}

/** A MethodDescriptorProto in JSON. */
export interface MethodDescriptorJson {
  /** Name of the method: `ListSessionsV2`. */
  readonly name: string;
  /** Full name of the request type with a leading dot. */
  readonly inputType: string;
  /** Full name of the response type with a leading dot. */
  readonly outputType: string;
  /** Absent when every option has its default. */
  readonly options?: { readonly idempotencyLevel: number };
}

/** A ServiceDescriptorProto in JSON. */
export interface ServiceDescriptorJson {
  /** Name without its package. */
  readonly name: string;
  /** Methods in declaration order. */
  readonly method: MethodDescriptorJson[];
}

/** A FileDescriptorProto in JSON. */
export interface FileDescriptorJson {
  /** Path by which other files import it. */
  readonly name: string;
  /** Package of everything in it; empty for none. */
  readonly package: string;
  /** Paths of the files it imports. */
  readonly dependency: string[];
  /** Its messages that are not inside another. */
  readonly messageType: DescriptorJson[];
  /** Its services. */
  readonly service: ServiceDescriptorJson[];
  /** What code generators of single languages want to know. */
  readonly options?: Readonly<Record<string, string | boolean>>;
  /** Always `proto3`. */
  readonly syntax: string;
}

/** FieldDescriptorProto.Label. */
export const FIELD_LABEL = { optional: 1, repeated: 3 } as const;

/** FieldDescriptorProto.Type, of the types that a {@link MessageShape} can have. */
export const FIELD_TYPE: Readonly<Record<ScalarType | 'message', number>> = {
  double: 1,
  int64: 3,
  int32: 5,
  bool: 8,
  string: 9,
  message: 11,
  bytes: 12,
  uint32: 13,
};

/** MethodOptions.IdempotencyLevel NO_SIDE_EFFECTS. */
export const NO_SIDE_EFFECTS = 1;

const FIELD_DESCRIPTOR: MessageShape = {
  typeName: 'google.protobuf.FieldDescriptorProto',
  fields: [
    one('name', 'name', 1, 'string'),
    one('number', 'number', 3, 'int32'),
    one('label', 'label', 4, 'int32'),
    one('type', 'type', 5, 'int32'),
    one('type_name', 'typeName', 6, 'string'),
    one('json_name', 'jsonName', 10, 'string'),
  ],
};

const DESCRIPTOR: MessageShape = {
  typeName: 'google.protobuf.DescriptorProto',
  fields: [
    one('name', 'name', 1, 'string'),
    list('field', 'field', 2, FIELD_DESCRIPTOR),
    {
      name: 'nested_type',
      jsonName: 'nestedType',
      number: 3,
      repeated: true,
      get type() {
        return DESCRIPTOR;
      },
    },
  ],
};

const METHOD_OPTIONS: MessageShape = {
  typeName: 'google.protobuf.MethodOptions',
  fields: [one('idempotency_level', 'idempotencyLevel', 34, 'int32')],
};

const METHOD_DESCRIPTOR: MessageShape = {
  typeName: 'google.protobuf.MethodDescriptorProto',
  fields: [
    one('name', 'name', 1, 'string'),
    one('input_type', 'inputType', 2, 'string'),
    one('output_type', 'outputType', 3, 'string'),
    one('options', 'options', 4, METHOD_OPTIONS),
  ],
};

const SERVICE_DESCRIPTOR: MessageShape = {
  typeName: 'google.protobuf.ServiceDescriptorProto',
  fields: [one('name', 'name', 1, 'string'), list('method', 'method', 2, METHOD_DESCRIPTOR)],
};

const FILE_OPTIONS: MessageShape = {
  typeName: 'google.protobuf.FileOptions',
  fields: [
    one('java_package', 'javaPackage', 1, 'string'),
    one('java_outer_classname', 'javaOuterClassname', 8, 'string'),
    one('java_multiple_files', 'javaMultipleFiles', 10, 'bool'),
    one('go_package', 'goPackage', 11, 'string'),
    one('cc_enable_arenas', 'ccEnableArenas', 31, 'bool'),
    one('objc_class_prefix', 'objcClassPrefix', 36, 'string'),
    one('csharp_namespace', 'csharpNamespace', 37, 'string'),
  ],
};

const FILE_DESCRIPTOR: MessageShape = {
  typeName: 'google.protobuf.FileDescriptorProto',
  fields: [
    one('name', 'name', 1, 'string'),
    one('package', 'package', 2, 'string'),
    list('dependency', 'dependency', 3, 'string'),
    list('message_type', 'messageType', 4, DESCRIPTOR),
    list('service', 'service', 6, SERVICE_DESCRIPTOR),
    one('options', 'options', 8, FILE_OPTIONS),
    one('syntax', 'syntax', 12, 'string'),
  ],
};

/** google.protobuf.FileDescriptorSet: the part of google/protobuf/descriptor.proto that the kit writes. */
export const FILE_DESCRIPTOR_SET: MessageShape = {
  typeName: 'google.protobuf.FileDescriptorSet',
  fields: [list('file', 'file', 1, FILE_DESCRIPTOR)],
};

/** The files of the two well-known types, as their publisher declares them. */
export const WELL_KNOWN_FILES: readonly FileDescriptorJson[] = [
  wellKnownFile('Timestamp', 'timestamp'),
  wellKnownFile('Duration', 'duration'),
];

/** Both messages have the same two fields. */
function wellKnownFile(message: string, path: string): FileDescriptorJson {
  const label = FIELD_LABEL.optional;
  const field = [
    { name: 'seconds', jsonName: 'seconds', number: 1, label, type: FIELD_TYPE.int64 },
    { name: 'nanos', jsonName: 'nanos', number: 2, label, type: FIELD_TYPE.int32 },
  ];
  return {
    name: `google/protobuf/${path}.proto`,
    package: 'google.protobuf',
    dependency: [],
    messageType: [{ name: message, field, nestedType: [] }],
    service: [],
    options: {
      javaPackage: 'com.google.protobuf',
      javaOuterClassname: `${message}Proto`,
      javaMultipleFiles: true,
      goPackage: `google.golang.org/protobuf/types/known/${path}pb`,
      ccEnableArenas: true,
      objcClassPrefix: 'GPB',
      csharpNamespace: 'Google.Protobuf.WellKnownTypes',
    },
    syntax: 'proto3',
  };
}

function one(name: string, jsonName: string, number: number, type: FieldShape['type']): FieldShape {
  return { name, jsonName, number, repeated: false, type };
}

function list(name: string, jsonName: string, number: number, type: FieldShape['type']): FieldShape {
  return { name, jsonName, number, repeated: true, type };
}
