import { describe, expect, it } from 'vitest';
import { loadDocument } from '../../src/openapi/load-document.ts';
import { messageShape } from '../../src/openapi/message-shape.ts';
import { documentOf } from './build-document.ts';

function fieldsOf(properties: Record<string, unknown>): unknown {
  return messageShape(documentOf({ A: { type: 'object', properties } }), 'A').fields;
}

describe('messageShape', () => {
  it('has the fields of the request as its proto file has them', async () => {
    const { fields } = messageShape(await loadDocument('openapi.yaml'), 'ListSessionsV2Request');
    expect(fields.map(({ name, jsonName, number, type }) => [name, jsonName, number, type])).toEqual([
      ['limit', 'limit', 1, 'int32'],
      ['query', 'query', 2, 'string'],
      ['sort_by', 'sortBy', 3, 'string'],
      ['start_timestamp', 'startTimestamp', 4, 'string'],
      ['end_timestamp', 'endTimestamp', 5, 'string'],
      ['cursor', 'cursor', 6, 'string'],
    ]);
  });

  it('has the fields of a session, messages inside messages', async () => {
    const { fields } = messageShape(await loadDocument('openapi.yaml'), 'SessionObject');
    const told = fields.map(({ name, number, type }) => [
      number,
      name,
      typeof type === 'string' ? type : type.typeName,
    ]);
    expect(told).toEqual([
      [1, 'id', 'string'],
      [2, 'start_time', 'google.protobuf.Timestamp'],
      [3, 'end_time', 'google.protobuf.Timestamp'],
      [4, 'duration', 'google.protobuf.Duration'],
      [5, 'session_status', 'string'],
      [6, 'network', 'core.v1.SessionObject.Network'],
      [7, 'sidecar', 'core.v1.SessionObject.Sidecar'],
      [8, 'user', 'core.v1.SessionObject.User'],
      [9, 'resource', 'core.v1.SessionObject.Resource'],
      [10, 'connector', 'core.v1.SessionObject.Connector'],
      [11, 'parent_session_id', 'string'],
    ]);
  });

  it('has no field number 3 in ListMetadata', async () => {
    const { fields } = messageShape(await loadDocument('openapi.yaml'), 'ListMetadata');
    expect(fields.map(({ name, number }) => [number, name])).toEqual([
      [1, 'after'],
      [2, 'before'],
      [4, 'count'],
      [5, 'next_cursor'],
    ]);
  });

  it.each([
    [{ type: 'string' }, 'string'],
    [{ type: 'string', format: 'byte' }, 'bytes'],
    [{ type: 'string', format: 'int64' }, 'int64'],
    [{ type: ['string', 'null'] }, 'string'],
    [{ type: 'integer', format: 'int32' }, 'int32'],
    [{ type: 'integer', format: 'uint32' }, 'uint32'],
    [{ type: 'number' }, 'double'],
    [{ type: 'boolean' }, 'bool'],
  ])('maps %j to %s', (schema, type) => {
    expect(fieldsOf({ a: { 'x-proto-field': 1, ...schema } })).toEqual([
      { name: 'a', jsonName: 'a', number: 1, repeated: false, type },
    ]);
  });

  it.each([
    [{ type: 'integer' }, 'only'],
    [{ type: ['integer', 'null'], format: 'int64' }, 'only'],
    [{ type: ['integer', 'string'], format: 'int64' }, 'also'],
  ])('maps %j to int64 and notes that JSON numbers are taken: %s', (schema, jsonNumbers) => {
    expect(fieldsOf({ a: { 'x-proto-field': 1, ...schema } })).toEqual([
      { name: 'a', jsonName: 'a', number: 1, repeated: false, type: 'int64', jsonNumbers },
    ]);
  });

  it('keeps a field without number as JSON-only, a list as repeated, a proto name as given', () => {
    expect(
      fieldsOf({
        riskScore: { type: 'number' },
        tags: { type: 'array', items: { type: 'string' } },
        ip4: { type: 'string', 'x-proto-name': 'ip_4', 'x-proto-field': 2 },
      }),
    ).toEqual([
      { name: 'risk_score', jsonName: 'riskScore', repeated: false, type: 'double' },
      { name: 'tags', jsonName: 'tags', repeated: true, type: 'string' },
      { name: 'ip_4', jsonName: 'ip4', number: 2, repeated: false, type: 'string' },
    ]);
  });

  it('leaves out JSON-only properties that no proto3 type can hold', () => {
    expect(fieldsOf({ labels: { type: 'object' }, any: {}, mixed: { type: ['string', 'integer'] } })).toEqual(
      [],
    );
  });

  it('may hold itself', () => {
    const node = { type: 'object', properties: { next: { $ref: '#/components/schemas/Node' } } };
    const shape = messageShape(documentOf({ Node: node }, { 'x-proto-package': 'a.v1' }), 'Node');
    expect(shape.typeName).toBe('a.v1.Node');
    expect(shape.fields[0]?.type).toBe(shape);
  });

  it('joins the properties of allOf', () => {
    const document = documentOf({
      Base: { type: 'object', properties: { id: { type: 'string' } } },
      A: { allOf: [{ $ref: '#/components/schemas/Base' }], properties: { name: { type: 'string' } } },
    });
    expect(messageShape(document, 'A').fields.map(({ name }) => name)).toEqual(['name', 'id']);
  });
});
