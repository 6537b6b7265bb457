import {
  type DescriptorJson,
  FIELD_LABEL,
  FIELD_TYPE,
  FILE_DESCRIPTOR_SET,
  type FieldDescriptorJson,
  type FileDescriptorJson,
  NO_SIDE_EFFECTS,
  WELL_KNOWN_FILES,
} from './descriptor-shapes.ts';
import { type FieldShape, isWellKnownType, type MessageShape } from './message-shape.ts';
import type { Procedure } from './procedure.ts';
import { messageToBinary } from './proto-message.ts';

/**
 * A google.protobuf.FileDescriptorSet, encoded, with the services of the procedures and every message they use:
 * what `/descriptor.binpb` serves and generic clients (grpcurl, buf curl) read. Files come after what they import.
 * JSON-only fields are not in it.
 */
export function fileDescriptorSet(procedures: readonly Procedure[]): Uint8Array {
  const files = new Map<string, FileDescriptorJson>();
  for (const procedure of procedures) {
    for (const shape of messagesOf(procedure)) addMessage(files, shape);
    addMethod(files, procedure);
  }
  return messageToBinary(FILE_DESCRIPTOR_SET, { file: [...WELL_KNOWN_FILES, ...inOrderOfImport(files)] });
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

function fileOf(files: Map<string, FileDescriptorJson>, packageName: string): FileDescriptorJson {
  const known = files.get(packageName);
  if (known !== undefined) return known;
  const file: FileDescriptorJson = {
    name: fileName(packageName),
    package: packageName,
    dependency: [],
    messageType: [],
    service: [],
    syntax: 'proto3',
  };
  files.set(packageName, file);
  return file;
}

function addMessage(files: Map<string, FileDescriptorJson>, shape: MessageShape): void {
  const { packageName, names } = splitTypeName(shape.typeName);
  const file = fileOf(files, packageName);
  let siblings = file.messageType;
  let message: DescriptorJson | undefined;
  for (const name of names) {
    message = siblings.find((sibling) => sibling.name === name);
    if (message === undefined) {
      message = { name, field: [], nestedType: [] };
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

/** Undefined for scalars. */
function messageTypeName({ type }: FieldShape): string | undefined {
  if (typeof type !== 'string') return type.typeName;
  return isWellKnownType(type) ? type : undefined;
}

function fieldDescriptor(field: FieldShape): FieldDescriptorJson | undefined {
  const { name, jsonName, number, repeated, type } = field;
  if (number === undefined) return undefined;
  const label = repeated ? FIELD_LABEL.repeated : FIELD_LABEL.optional;
  if (typeof type === 'string' && !isWellKnownType(type)) {
    return { name, jsonName, number, label, type: FIELD_TYPE[type] };
  }
  const typeName = `.${typeof type === 'string' ? type : type.typeName}`;
  return { name, jsonName, number, label, type: FIELD_TYPE.message, typeName };
}

function addImport(file: FileDescriptorJson, field: FieldShape): void {
  const typeName = messageTypeName(field);
  if (typeName === undefined) return;
  const imported = typeName.startsWith('google.protobuf.')
    ? `google/protobuf/${typeName.endsWith('Duration') ? 'duration' : 'timestamp'}.proto`
    : fileName(splitTypeName(typeName).packageName);
  if (imported !== file.name && !file.dependency.includes(imported)) file.dependency.push(imported);
}

function addMethod(files: Map<string, FileDescriptorJson>, procedure: Procedure): void {
  const [, serviceName = '', name = ''] = procedure.path.split('/');
  const { packageName, names } = splitTypeName(serviceName);
  const file = fileOf(files, packageName);
  let service = file.service.find((candidate) => candidate.name === names.join('.'));
  if (service === undefined) {
    service = { name: names.join('.'), method: [] };
    file.service.push(service);
  }
  for (const { typeName } of [procedure.input, procedure.output]) {
    const imported = fileName(splitTypeName(typeName).packageName);
    if (imported !== file.name && !file.dependency.includes(imported)) file.dependency.push(imported);
  }
  service.method.push({
    name,
    inputType: `.${procedure.input.typeName}`,
    outputType: `.${procedure.output.typeName}`,
    ...(procedure.allowsGet ? { options: { idempotencyLevel: NO_SIDE_EFFECTS } } : {}),
  });
}

function inOrderOfImport(files: ReadonlyMap<string, FileDescriptorJson>): readonly FileDescriptorJson[] {
  const byName = new Map([...files.values()].map((file) => [file.name, file]));
  const ordered = new Set<FileDescriptorJson>();
  const visit = (file: FileDescriptorJson): void => {
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
