import { createFileRegistry, fromBinary, fromJson, toBinary, toJson } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EVERY_TYPE, LIST_SESSIONS_RESPONSE } from '../../test/wire/shapes.ts';
import { LIST_SESSIONS, standInSession } from '../../test/wire/stand-in.ts';
import { messageFromJson } from './json-message.ts';
import type { MessageShape } from './message-shape.ts';
import type { MessageJson } from './procedure.ts';
import { fileDescriptorSet } from './proto-descriptor.ts';
import { lengthDelimited, messageFromBinary, messageToBinary } from './proto-message.ts';
import { ProtoWriter } from './proto-writer.ts';

const EVERY = { path: '/wire.test.v1.Every/Type', allowsGet: false, input: EVERY_TYPE, output: EVERY_TYPE };
const set = fromBinary(FileDescriptorSetSchema, fileDescriptorSet([LIST_SESSIONS, EVERY]));
const registry = createFileRegistry(set);

function descriptor({ typeName }: MessageShape): Parameters<typeof toBinary>[0] {
  const found = registry.getMessage(typeName);
  if (found === undefined) throw new Error(`no descriptor of ${typeName}`);
  return found;
}

function libraryBinary(shape: MessageShape, json: MessageJson): Uint8Array {
  // JSON made by the generators below.
  return toBinary(descriptor(shape), fromJson(descriptor(shape), json as Parameters<typeof fromJson>[1]));
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String);
const text = fc.string({ unit: 'grapheme', maxLength: 200 });
const instant = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const span = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((ms) => `${(ms / 1000).toFixed(3)}s`);
const inner = fc.record({ name: text }, { requiredKeys: [] });
const ratio = fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0));
const message = fc.record(
  {
    text,
    small: int32,
    large: int64,
    unsigned: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    flag: fc.boolean(),
    ratio,
    data: fc.uint8Array({ maxLength: 300 }).map((data) => Buffer.from(data).toString('base64')),
    at: instant,
    took: span,
    inner,
    texts: fc.array(text, { maxLength: 4 }),
    smalls: fc.array(int32, { maxLength: 60 }),
    larges: fc.array(int64, { maxLength: 4 }),
    flags: fc.array(fc.boolean(), { maxLength: 4 }),
    ratios: fc.array(ratio, { maxLength: 40 }),
    times: fc.array(instant, { maxLength: 3 }),
    inners: fc.array(inner, { maxLength: 3 }),
  },
  { requiredKeys: [] },
);

describe('binary messages', () => {
  it('are the bytes @bufbuild/protobuf writes for the same descriptor', () => {
    fc.assert(
      fc.property(message, (json) => {
        expect(hex(messageToBinary(EVERY_TYPE, json))).toBe(hex(libraryBinary(EVERY_TYPE, json)));
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('decode to what the JSON decoder makes of the same message', () => {
    fc.assert(
      fc.property(message, (json) => {
        const fromText = messageFromJson(EVERY_TYPE, Buffer.from(JSON.stringify(json)));
        expect(messageFromBinary(EVERY_TYPE, libraryBinary(EVERY_TYPE, json))).toEqual(fromText);
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it('decode to the library\u2019s JSON', () => {
    fc.assert(
      fc.property(message, (json) => {
        const binary = libraryBinary(EVERY_TYPE, json);
        const theirs = toJson(descriptor(EVERY_TYPE), fromBinary(descriptor(EVERY_TYPE), binary));
        const fromText = messageFromJson(EVERY_TYPE, Buffer.from(JSON.stringify(theirs)));
        expect(messageFromBinary(EVERY_TYPE, binary)).toEqual(fromText);
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it('leave out fields without a number', () => {
    expect(messageToBinary(EVERY_TYPE, { jsonOnly: 'x' })).toHaveLength(0);
  });

  it('of a page are its sessions\u2019 bytes, one after the other', () => {
    const [sessions] = LIST_SESSIONS_RESPONSE.fields;
    const session = sessions?.type;
    if (typeof session !== 'object') throw new Error('sessions is a message field');
    const page = { sessions: [standInSession(1), standInSession(2)] };
    const parts = page.sessions.map((json) => lengthDelimited(1, messageToBinary(session, json)));
    expect(hex(Buffer.concat(parts))).toBe(hex(messageToBinary(LIST_SESSIONS_RESPONSE, page)));
  });

  it('refuse values that do not fit their field', () => {
    expect(() => messageToBinary(EVERY_TYPE, { text: {} })).toThrow('field text must be string (got {})');
    expect(() => messageToBinary(EVERY_TYPE, { at: 'soon' })).toThrow(
      'field at must be google.protobuf.Timestamp',
    );
    expect(() => messageToBinary(EVERY_TYPE, { texts: 'a' })).toThrow(TypeError);
    expect(() => messageToBinary(EVERY_TYPE, { inner: [] })).toThrow(TypeError);
  });
});

const INVALID = 'unmarshal into *testv1.EveryType: proto: cannot parse invalid wire-format data';

describe('messageFromBinary', () => {
  it.each([
    ['a cut varint', '08'],
    ['an overlong varint', '10ffffffffffffffffffff01'],
    ['a varint above 64 bits', '10ffffffffffffffffff02'],
    ['field number 0', '0001'],
    ['wire type 7', '0f'],
    ['a string beyond the end', '0a0541'],
    ['a group that is not closed', '9b060801'],
    ['a group closed by another number', '9b06a406'],
    ['an end without a group', '0c'],
    ['a nested message cut short', '5203 0a0541'.replace(' ', '')],
    ['a packed list cut inside an element', '6201ff'],
  ])('refuses %s', (_, bytes) => {
    expect(() => messageFromBinary(EVERY_TYPE, Buffer.from(bytes, 'hex'))).toThrow(new Error(INVALID));
  });

  it('refuses text that is not UTF-8', () => {
    const message = 'unmarshal into *testv1.EveryType: string field contains invalid UTF-8';
    expect(() => messageFromBinary(EVERY_TYPE, Buffer.from('0a01ff', 'hex'))).toThrow(new Error(message));
  });

  it.each([
    ['unknown fields and groups', '9b0608019c0698060a', {}],
    ['a field in another wire type as unknown', '0801', {}],
    ['lists packed and not', '6202010260 03'.replace(' ', ''), { smalls: [1, 2, 3] }],
    ['the last of two values', '10011002', { small: 2 }],
    ['a value set back to zero', '10011000', {}],
    ['the merge of two messages', '52030a0161520a0a086262626262626262', { inner: { name: 'bbbbbbbb' } }],
    ['more than 32 bits in an int32, cut', '10ffffffff7f', { small: -1 }],
  ])('takes %s', (_, bytes, json) => {
    expect(messageFromBinary(EVERY_TYPE, Buffer.from(bytes, 'hex'))).toEqual(json);
  });
});

describe('ProtoWriter', () => {
  it('starts again after finish, and does not touch what it gave out', () => {
    const writer = new ProtoWriter(1);
    writer.messageField(1, EVERY_TYPE, { text: 'a'.repeat(300) });
    const first = writer.finish();
    const copy = hex(first);
    writer.bytesField(1, Buffer.from('b'));
    expect(writer.byteLength).toBe(3);
    expect(hex(first)).toBe(copy);
  });
});
