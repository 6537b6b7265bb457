import {
  create,
  createFileRegistry,
  type DescMessage,
  type DescMethod,
  type DescMethodUnary,
  type DescService,
  fromJson,
} from '@bufbuild/protobuf';
import {
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
  file_google_protobuf_duration,
  file_google_protobuf_timestamp,
} from '@bufbuild/protobuf/wkt';

type FieldSpec = readonly [name: string, number: number, type: string, repeated?: 'repeated'];

const SCALARS: ReadonlyMap<string, string> = new Map([
  ['string', 'TYPE_STRING'],
  ['int32', 'TYPE_INT32'],
]);

function fields(specs: readonly FieldSpec[]): unknown[] {
  return specs.map(([name, number, type, repeated]) => ({
    name,
    number,
    label: repeated === undefined ? 'LABEL_OPTIONAL' : 'LABEL_REPEATED',
    jsonName: name.replace(/_[a-z]/g, (match) => match.slice(1).toUpperCase()),
    type: SCALARS.get(type) ?? 'TYPE_MESSAGE',
    ...(SCALARS.has(type) ? {} : { typeName: `.${type}` }),
  }));
}

function message(name: string, specs: readonly FieldSpec[], nestedType: unknown[] = []): unknown {
  return { name, field: fields(specs), nestedType };
}

const USER_INFO = message('UserInfo', [
  ['id', 1, 'string'],
  ['name', 2, 'string'],
  ['email', 3, 'string'],
  ['type', 4, 'string'],
  ['groups', 5, 'string', 'repeated'],
  ['external_ids', 6, 'string', 'repeated'],
]);

const INFO = 'core.v1.SessionObject.User.Formal.UserInfo';
const FORMAL = message(
  'Formal',
  [
    ['user', 1, INFO],
    ['end_user', 2, INFO],
  ],
  [USER_INFO],
);
const NATIVE = message('Native', [['username', 1, 'string']]);

const USER = message(
  'User',
  [
    ['type', 1, 'string'],
    ['username', 2, 'string'],
    ['formal', 3, 'core.v1.SessionObject.User.Formal'],
    ['native', 4, 'core.v1.SessionObject.User.Native'],
  ],
  [FORMAL, NATIVE],
);

const NETWORK = message('Network', [
  ['client_ip_address', 1, 'string'],
  ['server_ip_address', 2, 'string'],
]);

const SIDECAR = message('Sidecar', [
  ['id', 1, 'string'],
  ['name', 2, 'string'],
  ['technology', 3, 'string'],
]);

const RESOURCE = message('Resource', [
  ['type', 1, 'string'],
  ['id', 2, 'string'],
  ['name', 3, 'string'],
  ['technology', 4, 'string'],
]);

const CONNECTOR = message('Connector', [
  ['id', 1, 'string'],
  ['name', 2, 'string'],
]);

/** Written by hand, as the vendor's .proto has it; shares nothing with the descriptors of src/. */
const FILE = {
  name: 'core/v1/sessions.proto',
  package: 'core.v1',
  syntax: 'proto3',
  dependency: ['google/protobuf/timestamp.proto', 'google/protobuf/duration.proto'],
  messageType: [
    message('ListSessionsV2Request', [
      ['limit', 1, 'int32'],
      ['query', 2, 'string'],
      ['sort_by', 3, 'string'],
      ['start_timestamp', 4, 'string'],
      ['end_timestamp', 5, 'string'],
      ['cursor', 6, 'string'],
    ]),
    message('ListSessionsV2Response', [
      ['sessions', 1, 'core.v1.SessionObject', 'repeated'],
      ['list_metadata', 2, 'core.v1.ListMetadata'],
    ]),
    message('ListMetadata', [
      ['after', 1, 'string'],
      ['before', 2, 'string'],
      ['count', 4, 'int32'],
      ['next_cursor', 5, 'string'],
    ]),
    message(
      'SessionObject',
      [
        ['id', 1, 'string'],
        ['start_time', 2, 'google.protobuf.Timestamp'],
        ['end_time', 3, 'google.protobuf.Timestamp'],
        ['duration', 4, 'google.protobuf.Duration'],
        ['session_status', 5, 'string'],
        ['network', 6, 'core.v1.SessionObject.Network'],
        ['sidecar', 7, 'core.v1.SessionObject.Sidecar'],
        ['user', 8, 'core.v1.SessionObject.User'],
        ['resource', 9, 'core.v1.SessionObject.Resource'],
        ['connector', 10, 'core.v1.SessionObject.Connector'],
        ['parent_session_id', 11, 'string'],
      ],
      [NETWORK, SIDECAR, USER, RESOURCE, CONNECTOR],
    ),
  ],
  service: [
    {
      name: 'SessionsService',
      method: [
        {
          name: 'ListSessionsV2',
          inputType: '.core.v1.ListSessionsV2Request',
          outputType: '.core.v1.ListSessionsV2Response',
          options: { idempotencyLevel: 'NO_SIDE_EFFECTS' },
        },
      ],
    },
  ],
};

const registry = createFileRegistry(
  create(FileDescriptorSetSchema, {
    file: [
      file_google_protobuf_timestamp.proto,
      file_google_protobuf_duration.proto,
      // The JSON form of a FileDescriptorProto, as written above.
      fromJson(FileDescriptorProtoSchema, FILE as Parameters<typeof fromJson>[1]),
    ],
  }),
);

function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the hand-made descriptor is incomplete');
  return value;
}

export const REQUEST: DescMessage = found(registry.getMessage('core.v1.ListSessionsV2Request'));
export const RESPONSE: DescMessage = found(registry.getMessage('core.v1.ListSessionsV2Response'));
export const SERVICE: DescService = found(registry.getService('core.v1.SessionsService'));
/** The one method, which is unary. */
export const LIST_METHOD: DescMethodUnary = found(SERVICE.methods.find(isUnary));

function isUnary(method: DescMethod): method is DescMethodUnary {
  return method.methodKind === 'unary';
}
