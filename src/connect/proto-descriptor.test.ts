import { createFileRegistry, type DescMessage, equals, fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { describe, expect, it } from 'vitest';
import { libraryDescriptorSet } from '../../test/wire/library-descriptor-set.ts';
import { EVERY_TYPE } from '../../test/wire/shapes.ts';
import { LIST_SESSIONS } from '../../test/wire/stand-in.ts';
import { FILE_DESCRIPTOR_SET } from './descriptor-shapes.ts';
import type { MessageShape } from './message-shape.ts';
import type { Procedure } from './procedure.ts';
import { fileDescriptorSet } from './proto-descriptor.ts';

const EVERY: Procedure = {
  path: '/wire.test.v1.Every/Type',
  allowsGet: false,
  input: EVERY_TYPE,
  output: EVERY_TYPE,
};
/** A service of one package whose messages are of others. */
const ABROAD: Procedure = {
  path: '/abroad.v1.Every/Type',
  allowsGet: true,
  input: LIST_SESSIONS.output,
  output: EVERY_TYPE,
};
const ALONE: MessageShape = {
  typeName: 'Alone',
  fields: [{ name: 'is_on', jsonName: 'isOn', number: 1, repeated: false, type: 'bool' }],
};
const WITHOUT_PACKAGE: Procedure = {
  path: '/Service/Call',
  allowsGet: false,
  input: ALONE,
  output: ALONE,
};

function decoded(bytes: Uint8Array) {
  return fromBinary(FileDescriptorSetSchema, bytes);
}

const set = decoded(fileDescriptorSet([LIST_SESSIONS, EVERY]));
const registry = createFileRegistry(set);

function expectSameFields(shape: MessageShape, library: DescMessage, seen = new Set<MessageShape>()): void {
  if (seen.has(shape)) return;
  seen.add(shape);
  expect(shape.typeName).toBe(library.typeName);
  for (const { name, jsonName, number, repeated, type } of shape.fields) {
    const field = library.fields.find((candidate) => candidate.number === number);
    expect(field, name).toMatchObject({ name, jsonName });
    expect(field?.fieldKind === 'list', name).toBe(repeated);
    expect(field?.message?.typeName, name).toBe(typeof type === 'string' ? undefined : type.typeName);
    if (typeof type !== 'string' && field?.message) expectSameFields(type, field.message, seen);
  }
}

describe('fileDescriptorSet', () => {
  it.each([
    ['of no procedure', []],
    ['of one procedure', [LIST_SESSIONS]],
    ['of every type', [EVERY]],
    ['of several packages', [ABROAD, LIST_SESSIONS, EVERY]],
    [
      'of two methods of a service',
      [EVERY, { ...EVERY, path: '/wire.test.v1.Every/Other', allowsGet: true }],
    ],
  ])('%s is, byte for byte, what @bufbuild/protobuf builds', (_, procedures) => {
    const ours = fileDescriptorSet(procedures);
    const theirs = libraryDescriptorSet(procedures);
    expect(equals(FileDescriptorSetSchema, decoded(ours), decoded(theirs))).toBe(true);
    expect(Buffer.from(ours).toString('hex')).toBe(Buffer.from(theirs).toString('hex'));
    const files = [...createFileRegistry(decoded(ours)).files];
    expect(files.map(({ proto }) => proto.name)).toEqual(decoded(theirs).file.map(({ name }) => name));
  });

  it('takes types without a package', () => {
    const ours = decoded(fileDescriptorSet([WITHOUT_PACKAGE]));
    expect(ours.file.at(-1)).toMatchObject({ name: 'root/schema.proto', package: '' });
    const found = createFileRegistry(ours);
    expect(found.getService('Service')?.methods[0]?.input.typeName).toBe('Alone');
    expect(found.getMessage('Alone')?.fields[0]).toMatchObject({
      name: 'is_on',
      jsonName: 'isOn',
      number: 1,
    });
  });

  it('has the names and numbers of descriptor.proto', () => {
    expectSameFields(FILE_DESCRIPTOR_SET, FileDescriptorSetSchema);
  });

  it('nests messages as their names say and imports what it uses', () => {
    const core = set.file.find((file) => file.package === 'core.v1');
    expect(core?.messageType.map(({ name }) => name)).toEqual([
      'ListSessionsV2Request',
      'ListSessionsV2Response',
      'SessionObject',
      'ListMetadata',
    ]);
    expect(registry.getMessage('core.v1.SessionObject.User.Formal.UserInfo')?.parent?.name).toBe('Formal');
    expect(core?.dependency).toEqual(['google/protobuf/timestamp.proto', 'google/protobuf/duration.proto']);
  });

  it('has the service with its idempotency', () => {
    const method = registry.getService('core.v1.SessionsService')?.methods[0];
    expect(method).toMatchObject({ name: 'ListSessionsV2', methodKind: 'unary', idempotency: 1 });
  });
});
