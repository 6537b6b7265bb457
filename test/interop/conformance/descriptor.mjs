import { create, createFileRegistry, createRegistry, fromJson } from '@bufbuild/protobuf';
import {
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
  file_google_protobuf_any,
} from '@bufbuild/protobuf/wkt';

/**
 * The part of connectrpc.conformance.v1 that a server of unary calls needs, by hand: one line per field,
 * `name = number: type`, `*` for repeated, `?` for optional, `|group` for a oneof.
 */
const MESSAGES = {
  Header: ['name = 1: string', 'value = 2: string*'],
  Error: ['code = 1: Code', 'message = 2: string?', 'details = 3: google.protobuf.Any*'],
  UnaryResponseDefinition: [
    'response_headers = 1: Header*',
    'response_data = 2: bytes|response',
    'error = 3: Error|response',
    'response_trailers = 4: Header*',
    'response_delay_ms = 6: uint32',
  ],
  UnaryRequest: ['response_definition = 1: UnaryResponseDefinition', 'request_data = 2: bytes'],
  UnaryResponse: ['payload = 1: ConformancePayload'],
  IdempotentUnaryRequest: ['response_definition = 1: UnaryResponseDefinition', 'request_data = 2: bytes'],
  IdempotentUnaryResponse: ['payload = 1: ConformancePayload'],
  UnimplementedRequest: [],
  UnimplementedResponse: [],
  ConformancePayload: ['data = 1: bytes', 'request_info = 2: ConformancePayload.RequestInfo'],
  'ConformancePayload.RequestInfo': [
    'request_headers = 1: Header*',
    'timeout_ms = 2: int64?',
    'requests = 3: google.protobuf.Any*',
    'connect_get_info = 4: ConformancePayload.ConnectGetInfo',
  ],
  'ConformancePayload.ConnectGetInfo': ['query_params = 1: Header*'],
  TLSCreds: ['cert = 1: bytes', 'key = 2: bytes'],
  ServerCompatRequest: [
    'protocol = 1: int32',
    'http_version = 2: int32',
    'use_tls = 4: bool',
    'client_tls_cert = 5: bytes',
    'message_receive_limit = 6: uint32',
    'server_creds = 7: TLSCreds',
  ],
  ServerCompatResponse: ['host = 1: string', 'port = 2: uint32', 'pem_cert = 3: bytes'],
};

const CODES = [
  ...[
    'UNSPECIFIED',
    'CANCELED',
    'UNKNOWN',
    'INVALID_ARGUMENT',
    'DEADLINE_EXCEEDED',
    'NOT_FOUND',
    'ALREADY_EXISTS',
  ],
  ...[
    'PERMISSION_DENIED',
    'RESOURCE_EXHAUSTED',
    'FAILED_PRECONDITION',
    'ABORTED',
    'OUT_OF_RANGE',
    'UNIMPLEMENTED',
  ],
  ...['INTERNAL', 'UNAVAILABLE', 'DATA_LOSS', 'UNAUTHENTICATED'],
];

const PACKAGE = 'connectrpc.conformance.v1';
const FIELD = /^(\w+) = (\d+): ([\w.]+)([*?]?)(?:\|(\w+))?$/;
const SCALARS = new Set(['string', 'bytes', 'bool', 'int32', 'int64', 'uint32']);

function typeOf(type) {
  if (SCALARS.has(type)) return { type: `TYPE_${type.toUpperCase()}` };
  if (type === 'Code') return { type: 'TYPE_ENUM', typeName: `.${PACKAGE}.Code` };
  return { type: 'TYPE_MESSAGE', typeName: type.startsWith('google.') ? `.${type}` : `.${PACKAGE}.${type}` };
}

function fieldOf(line) {
  const [, name, number, type, mark, group] = FIELD.exec(line);
  const oneof = group ?? (mark === '?' ? `_${name}` : undefined);
  const field = {
    name,
    number: Number(number),
    label: mark === '*' ? 'LABEL_REPEATED' : 'LABEL_OPTIONAL',
    jsonName: name.replace(/_[a-z]/g, (match) => match.slice(1).toUpperCase()),
    ...typeOf(type),
    ...(mark === '?' ? { proto3Optional: true } : {}),
  };
  return { field, oneof };
}

function messageOf(name, lines) {
  const fields = lines.map(fieldOf);
  const oneofs = [...new Set(fields.map(({ oneof }) => oneof))].filter((oneof) => oneof !== undefined);
  const nested = Object.entries(MESSAGES).filter(([nestedName]) => nestedName.startsWith(`${name}.`));
  return {
    name,
    field: fields.map(({ field, oneof }) =>
      oneof === undefined ? field : { ...field, oneofIndex: oneofs.indexOf(oneof) },
    ),
    oneofDecl: oneofs.map((oneof) => ({ name: oneof })),
    nestedType: nested.map(([nestedName, nestedLines]) =>
      messageOf(nestedName.slice(name.length + 1), nestedLines),
    ),
  };
}

const FILE = {
  name: 'connectrpc/conformance/v1/unary.proto',
  package: PACKAGE,
  syntax: 'proto3',
  dependency: ['google/protobuf/any.proto'],
  messageType: Object.entries(MESSAGES)
    .filter(([name]) => !name.includes('.'))
    .map(([name, lines]) => messageOf(name, lines)),
  enumType: [{ name: 'Code', value: CODES.map((name, number) => ({ name: `CODE_${name}`, number })) }],
};

const files = createFileRegistry(
  create(FileDescriptorSetSchema, {
    file: [file_google_protobuf_any.proto, fromJson(FileDescriptorProtoSchema, FILE)],
  }),
);

/** Every message by name, for Any and JSON. */
export const registry = createRegistry(...files);

/** The descriptor of a conformance message. */
export function messageType(name) {
  return files.getMessage(`${PACKAGE}.${name}`);
}
