import { create, toBinary } from '@bufbuild/protobuf';
import {
  type DescriptorProto,
  DescriptorProtoSchema,
  type FieldDescriptorProto,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FieldDescriptorProtoSchema,
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
  file_google_protobuf_duration,
  file_google_protobuf_timestamp,
  MethodDescriptorProtoSchema,
  MethodOptions_IdempotencyLevel,
  MethodOptionsSchema,
  ServiceDescriptorProtoSchema,
} from '@bufbuild/protobuf/wkt';
import type { FieldShape, MessageShape, ScalarType } from '../../src/connect/message-shape.ts';
import type { Procedure } from '../../src/connect/procedure.ts';

/**
 * The descriptor set of the procedures as @bufbuild/protobuf builds and encodes it: what the kit's own must equal.
 * A file without a package says so explicitly, which the kit's leaves out.
 */
export function libraryDescriptorSet(procedures: readonly Procedure[]): Uint8Array {
  const files = new Map<string, FileDescriptorProto>();
  for (const procedure of procedures) {
    for (const shape of messagesOf(procedure)) addMessage(files, shape);
    addMethod(files, procedure);
  }
  const imports = [file_google_protobuf_timestamp.proto, file_google_protobuf_duration.proto];
  const set = create(FileDescriptorSetSchema, { file: [...imports, ...inOrderOfImport(files)] });
  return toBinary(FileDescriptorSetSchema, set);
}

function messagesOf(procedure: Procedure): Set<MessageShape> {
  const found = new Set<MessageShape>();
  const collect = (shape: MessageShape): void => {
    if (found.has(shape)) return;
    found.add(shape);
    for (const { type } of shape.fields) if (typeof type !== 'string') collect(type);
  };
  collect(procedure.input);
  collect(procedure.output);
  return found;
}

/** Splits `core.v1.SessionObject.User` into package and message names; packages are lower case. */
function splitTypeName(typeName: string): {
  readonly packageName: string;
  readonly names: readonly string[];
} {
  const parts = typeName.split('.');
  const first = parts.findIndex((part) => /^[A-Z]/.test(part));
  const packageEnd = first === -1 ? parts.length - 1 : first;
  return { packageName: parts.slice(0, packageEnd).join('.'), names: parts.slice(packageEnd) };
}

function fileName(packageName: string): string {
  return `${packageName.replaceAll('.', '/') || 'root'}/schema.proto`;
}

function fileOf(files: Map<string, FileDescriptorProto>, packageName: string): FileDescriptorProto {
  const known = files.get(packageName);
  if (known !== undefined) return known;
  const file = create(FileDescriptorProtoSchema, {
    name: fileName(packageName),
    package: packageName,
    syntax: 'proto3',
  });
  files.set(packageName, file);
  return file;
}

function addMessage(files: Map<string, FileDescriptorProto>, shape: MessageShape): void {
  const { packageName, names } = splitTypeName(shape.typeName);
  const file = fileOf(files, packageName);
  let siblings = file.messageType;
  let message: DescriptorProto | undefined;
  for (const name of names) {
    message = siblings.find((sibling) => sibling.name === name);
    if (message === undefined) {
      message = create(DescriptorProtoSchema, { name });
      siblings.push(message);
    }
    siblings = message.nestedType;
  }
  if (message === undefined || message.field.length > 0) return;
  for (const field of shape.fields) {
    const descriptor = fieldDescriptor(field);
    if (descriptor === undefined) continue;
    message.field.push(descriptor);
    addImport(file, field);
  }
}

const TYPES: Readonly<Record<ScalarType, FieldDescriptorProto_Type>> = {
  string: FieldDescriptorProto_Type.STRING,
  int32: FieldDescriptorProto_Type.INT32,
  int64: FieldDescriptorProto_Type.INT64,
  uint32: FieldDescriptorProto_Type.UINT32,
  bool: FieldDescriptorProto_Type.BOOL,
  double: FieldDescriptorProto_Type.DOUBLE,
  bytes: FieldDescriptorProto_Type.BYTES,
};

function messageTypeName({ type }: FieldShape): string | undefined {
  if (typeof type !== 'string') return type.typeName;
  return type.startsWith('google.protobuf.') ? type : undefined;
}

function fieldDescriptor(field: FieldShape): FieldDescriptorProto | undefined {
  if (field.number === undefined) return undefined;
  const typeName = messageTypeName(field);
  return create(FieldDescriptorProtoSchema, {
    name: field.name,
    jsonName: field.jsonName,
    number: field.number,
    label: field.repeated ? FieldDescriptorProto_Label.REPEATED : FieldDescriptorProto_Label.OPTIONAL,
    ...(typeName === undefined
      ? { type: TYPES[field.type as ScalarType] }
      : { type: FieldDescriptorProto_Type.MESSAGE, typeName: `.${typeName}` }),
  });
}

function addImport(file: FileDescriptorProto, field: FieldShape): void {
  const typeName = messageTypeName(field);
  if (typeName === undefined) return;
  const imported = typeName.startsWith('google.protobuf.')
    ? `google/protobuf/${typeName.endsWith('Duration') ? 'duration' : 'timestamp'}.proto`
    : fileName(splitTypeName(typeName).packageName);
  if (imported !== file.name && !file.dependency.includes(imported)) file.dependency.push(imported);
}

function addMethod(files: Map<string, FileDescriptorProto>, procedure: Procedure): void {
  const [, serviceName = '', name = ''] = procedure.path.split('/');
  const { packageName, names } = splitTypeName(serviceName);
  const file = fileOf(files, packageName);
  let service = file.service.find((candidate) => candidate.name === names.join('.'));
  if (service === undefined) {
    service = create(ServiceDescriptorProtoSchema, { name: names.join('.') });
    file.service.push(service);
  }
  for (const { typeName } of [procedure.input, procedure.output]) {
    const imported = fileName(splitTypeName(typeName).packageName);
    if (imported !== file.name && !file.dependency.includes(imported)) file.dependency.push(imported);
  }
  const idempotencyLevel = procedure.allowsGet
    ? MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS
    : MethodOptions_IdempotencyLevel.IDEMPOTENCY_UNKNOWN;
  service.method.push(
    create(MethodDescriptorProtoSchema, {
      name,
      inputType: `.${procedure.input.typeName}`,
      outputType: `.${procedure.output.typeName}`,
      ...(procedure.allowsGet ? { options: create(MethodOptionsSchema, { idempotencyLevel }) } : {}),
    }),
  );
}

function inOrderOfImport(files: ReadonlyMap<string, FileDescriptorProto>): readonly FileDescriptorProto[] {
  const byName = new Map([...files.values()].map((file) => [file.name, file]));
  const ordered = new Set<FileDescriptorProto>();
  const visit = (file: FileDescriptorProto): void => {
    if (ordered.has(file)) return;
    for (const name of file.dependency) {
      const dependency = byName.get(name);
      if (dependency !== undefined) visit(dependency);
    }
    ordered.add(file);
  };
  for (const file of byName.values()) visit(file);
  return [...ordered];
}
