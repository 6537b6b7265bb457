import type { FieldShape, MessageShape } from '../../src/connect/message-shape.ts';

type FieldType = FieldShape['type'];

function field(jsonName: string, number: number, type: FieldType): FieldShape {
  const name = jsonName.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return { name, jsonName, number, repeated: false, type };
}

function list(jsonName: string, number: number, type: FieldType): FieldShape {
  return { ...field(jsonName, number, type), repeated: true };
}

function message(name: string, fields: readonly FieldShape[]): MessageShape {
  return { typeName: `core.v1.${name}`, fields };
}

const USER_INFO = message('SessionObject.User.Formal.UserInfo', [
  field('id', 1, 'string'),
  field('name', 2, 'string'),
  field('email', 3, 'string'),
  field('type', 4, 'string'),
  list('groups', 5, 'string'),
  list('externalIds', 6, 'string'),
]);

const FORMAL = message('SessionObject.User.Formal', [
  field('user', 1, USER_INFO),
  field('endUser', 2, USER_INFO),
]);

const NATIVE = message('SessionObject.User.Native', [field('username', 1, 'string')]);

const USER = message('SessionObject.User', [
  field('type', 1, 'string'),
  field('username', 2, 'string'),
  field('formal', 3, FORMAL),
  field('native', 4, NATIVE),
]);

const RESOURCE = message('SessionObject.Resource', [
  field('type', 1, 'string'),
  field('id', 2, 'string'),
  field('name', 3, 'string'),
  field('technology', 4, 'string'),
]);

const CONNECTOR = message('SessionObject.Connector', [field('id', 1, 'string'), field('name', 2, 'string')]);

/** core.v1.SessionObject as a shape. */
export const SESSION_OBJECT = message('SessionObject', [
  field('id', 1, 'string'),
  field('startTime', 2, 'google.protobuf.Timestamp'),
  field('endTime', 3, 'google.protobuf.Timestamp'),
  field('duration', 4, 'google.protobuf.Duration'),
  field('sessionStatus', 5, 'string'),
  field('user', 8, USER),
  field('resource', 9, RESOURCE),
  field('connector', 10, CONNECTOR),
  field('parentSessionId', 11, 'string'),
]);

const LIST_METADATA = message('ListMetadata', [
  field('after', 1, 'string'),
  field('before', 2, 'string'),
  field('count', 4, 'int32'),
  field('nextCursor', 5, 'string'),
]);

/** core.v1.ListSessionsV2Request as a shape. */
export const LIST_SESSIONS_REQUEST = message('ListSessionsV2Request', [
  field('limit', 1, 'int32'),
  field('query', 2, 'string'),
  field('sortBy', 3, 'string'),
  field('startTimestamp', 4, 'string'),
  field('endTimestamp', 5, 'string'),
  field('cursor', 6, 'string'),
]);

/** core.v1.ListSessionsV2Response as a shape. */
export const LIST_SESSIONS_RESPONSE = message('ListSessionsV2Response', [
  list('sessions', 1, SESSION_OBJECT),
  field('listMetadata', 2, LIST_METADATA),
]);

/** A message with a field of every type, lists included. */
export const EVERY_TYPE: MessageShape = {
  typeName: 'wire.test.v1.EveryType',
  fields: [
    field('text', 1, 'string'),
    field('small', 2, 'int32'),
    field('large', 3, 'int64'),
    field('unsigned', 4, 'uint32'),
    field('flag', 5, 'bool'),
    field('ratio', 6, 'double'),
    field('data', 7, 'bytes'),
    field('at', 8, 'google.protobuf.Timestamp'),
    field('took', 9, 'google.protobuf.Duration'),
    field('inner', 10, { typeName: 'wire.test.v1.EveryType.Inner', fields: [field('name', 1, 'string')] }),
    list('texts', 11, 'string'),
    list('smalls', 12, 'int32'),
    list('larges', 13, 'int64'),
    list('flags', 14, 'bool'),
    list('ratios', 15, 'double'),
    list('times', 16, 'google.protobuf.Timestamp'),
    list('inners', 2000, { typeName: 'wire.test.v1.EveryType.Inner', fields: [field('name', 1, 'string')] }),
    { name: 'json_only', jsonName: 'jsonOnly', repeated: false, type: 'string' },
  ],
};
