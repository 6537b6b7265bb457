import { describe, expect, it } from 'vitest';
import { EVERY_TYPE, LIST_SESSIONS_REQUEST } from '../../test/wire/shapes.ts';
import { messageFromJson } from './json-message.ts';

function decode(text: string | Buffer, shape = LIST_SESSIONS_REQUEST): unknown {
  return messageFromJson(shape, Buffer.from(text));
}

const PREFIX = 'unmarshal into *corev1.ListSessionsV2Request: proto: ';

function bytes(...parts: readonly (string | number)[]): Buffer {
  return Buffer.concat(
    parts.map((part) => (typeof part === 'number' ? Buffer.from([part]) : Buffer.from(part))),
  );
}

/** Body and message, recorded from connect-go v1.20.0 with google.golang.org/protobuf v1.36.11. */
const REFUSED: readonly (readonly [string | Buffer, string])[] = [
  ['{"limit":1,,"query":"a"}', 'syntax error (line 1:12): unexpected token ,'],
  ['{"a":[1 2]}', 'syntax error (line 1:9): unexpected token 2'],
  ['{"a":{}]', 'syntax error (line 1:8): unexpected token ]'],
  ['{"a":[1,]}', 'syntax error (line 1:9): unexpected token ]'],
  ['{"a":', 'unexpected EOF'],
  ['{"a"', 'unexpected EOF'],
  ['{"limit" 1}', 'syntax error (line 1:10): unexpected character 1, missing ":" after field name'],
  ['{"limit"é:1}', 'syntax error (line 1:9): unexpected character Ã, missing ":" after field name'],
  ['{"a":1}}', 'syntax error (line 1:8): unexpected token }'],
  ['{}1', 'syntax error (line 1:3): unexpected token 1'],
  ['null', 'syntax error (line 1:1): unexpected token null'],
  ['{"limit":01}', 'syntax error (line 1:10): invalid value 01'],
  ['{"limit":nullx}', 'syntax error (line 1:10): invalid value nullx'],
  [
    '{"a":abcdefghijklmnopqrstuvwxyz0123456789}',
    'syntax error (line 1:6): invalid value abcdefghijklmnopqrstuvwxyz012345',
  ],
  [bytes('{', 0xff, '}'), 'syntax error (line 1:2): invalid value \ufffd'],
  ['{"query":"a\tb"}', "syntax error (line 1:10): invalid character '\\t' in string"],
  ['{"query":"a\u0001b"}', "syntax error (line 1:10): invalid character '\\x01' in string"],
  ['{"query":"\\x"}', 'syntax error (line 1:10): invalid escape code "\\\\x" in string'],
  ['{"query":"\\u12G4"}', 'syntax error (line 1:10): invalid escape code "\\\\u12G4" in string'],
  [bytes('{"query":"\\', 0xff, '"}'), 'syntax error (line 1:10): invalid escape code "\\\\\\xff" in string'],
  ['{"query":"\\ud800abcdefgh"}', 'syntax error (line 1:10): invalid escape code "abcdef" in string'],
  ['{"query":"\\ud800"}', 'unexpected EOF'],
  ['{"zzz":"\\udc00\\ud800"}', 'syntax error (line 1:8): invalid escape code "\\\\ud800" in string'],
  [bytes('{"query":"', 0xed, 0xa0, 0x80, '"}'), 'syntax error (line 1:10): invalid UTF-8 in string'],
  ['{"query":"éé","limit":"x"}', '(line 1:23): invalid value for int32 field limit: "x"'],
  ['{\n"query":"é",\n "limit":"x"}', '(line 3:10): invalid value for int32 field limit: "x"'],
  ['{"limit":1e+}', '(line 1:10): invalid value for int32 field limit: 1e+'],
  ['{"limit":" 1"}', '(line 1:10): invalid value for int32 field limit: " 1"'],
  ['{"limit":-2147483649}', '(line 1:10): invalid value for int32 field limit: -2147483649'],
  ['{"query":null,"query":"a"}', '(line 1:15): duplicate field "query"'],
  ['{"\\u0071uery":"a","query":"b"}', '(line 1:19): duplicate field "query"'],
];

describe('messageFromJson refuses, as Go words it', () => {
  it.each(REFUSED)('%s', (body, message) => {
    expect(() => decode(body)).toThrow(new Error(PREFIX + message));
  });

  it('an empty body', () => {
    expect(() => decode('')).toThrow(new Error('zero-length payload is not a valid JSON object'));
  });

  it.each([
    [
      '{"large":9223372036854775808}',
      '(line 1:10): invalid value for int64 field large: 9223372036854775808',
    ],
    ['{"data":"AB\\nC"}', '(line 1:9): invalid value for bytes field data: "AB\\nC"'],
    ['{"data":"AQ=I"}', '(line 1:9): invalid value for bytes field data: "AQ=I"'],
    [
      '{"at":"2026-02-30T03:04:05Z"}',
      '(line 1:7): invalid google.protobuf.Timestamp value "2026-02-30T03:04:05Z"',
    ],
    [
      '{"at":"9999-12-31T23:59:59-01:00"}',
      '(line 1:7): google.protobuf.Timestamp value out of range: "9999-12-31T23:59:59-01:00"',
    ],
    ['{"took":"PT3S"}', '(line 1:9): invalid google.protobuf.Duration value "PT3S"'],
    ['{"took":"315576000001s"}', '(line 1:9): google.protobuf.Duration value out of range: "315576000001s"'],
    ['{"inners":[null]}', 'syntax error (line 1:12): unexpected token null'],
    ['{"texts":"a"}', 'syntax error (line 1:10): unexpected token "a"'],
  ])('%s', (body, message) => {
    const prefix = 'unmarshal into *testv1.EveryType: proto: ';
    expect(() => decode(body, EVERY_TYPE)).toThrow(new Error(prefix + message));
  });
});

describe('messageFromJson accepts', () => {
  it.each([
    ['{"limit":"1 2"}', { limit: 1 }],
    ['{"limit":10e-1}', { limit: 1 }],
    ['{"limit":1e}', { limit: 1 }],
    ['{"limit":0.001e3}', { limit: 1 }],
    ['{"limit":-2147483648}', { limit: -2147483648 }],
    ['{"limit":0,"query":""}', {}],
    ['{"limit":null}', {}],
    ['{"x":1e}', {}],
    ['{"query":"\\ud83d\\ude00\\n"}', { query: '😀\n' }],
    ['{"start_timestamp":"a","endTimestamp":"b"}', { startTimestamp: 'a', endTimestamp: 'b' }],
    ['{"__proto__":{"limit":5},"constructor":1}', {}],
    [' {"limit" : 7 }\n', { limit: 7 }],
  ])('%s', (body, message) => {
    expect(decode(body)).toEqual(message);
  });

  it('every type, in canonical form', () => {
    const body = {
      large: 1e3,
      unsigned: '4294967295',
      flag: true,
      ratio: 'NaN',
      data: '-_8',
      at: '2026-01-02T03:04:05.120+01:00',
      took: '-.5s',
      inner: {},
      smalls: ['1', 2],
      times: ['2026-01-02T03:04:05Z'],
      jsonOnly: 'x',
    };
    expect(decode(JSON.stringify(body), EVERY_TYPE)).toEqual({
      ...body,
      large: '1000',
      unsigned: 4294967295,
      data: '+/8=',
      at: '2026-01-02T02:04:05.120Z',
      took: '-0.500s',
      smalls: [1, 2],
    });
  });
});

describe('messageFromJson stays bounded', () => {
  const nested = (depth: number): string => `{"zzz":${'['.repeat(depth)}${']'.repeat(depth)}}`;

  it('takes 9 999 nested arrays in an unknown field and refuses 10 000', () => {
    expect(decode(nested(9_999))).toEqual({});
    expect(() => decode(nested(10_000))).toThrow('exceeded max recursion depth');
  });

  it('refuses 20 000 nested arrays at the top', () => {
    expect(() => decode('['.repeat(20_000))).toThrow('unexpected token [');
  });
});
