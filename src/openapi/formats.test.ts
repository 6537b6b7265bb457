import { describe, expect, it } from 'vitest';
import { FORMATS } from './formats.ts';

/** Right values, wrong values. */
const STRINGS: Readonly<Record<string, readonly [readonly string[], readonly string[]]>> = {
  'protobuf-timestamp': [
    [
      '2026-01-15T09:12:03Z',
      '2026-01-15T09:12:03.481Z',
      '0001-01-01T00:00:00.000001Z',
      '9999-12-31T23:59:59.999999999Z',
      '2024-02-29T00:00:00Z',
    ],
    [
      '2026-01-15T09:12:03.4Z',
      '2026-01-15T09:12:03.48Z',
      '2026-01-15T09:12:03+00:00',
      '2026-01-15t09:12:03z',
      '2026-01-15 09:12:03Z',
      '2026-02-29T00:00:00Z',
      '0000-01-01T00:00:00Z',
      '2016-12-31T23:59:60Z',
      '2026-01-15T24:00:00Z',
      '2026-01-15T09:12:03',
      '1768468323',
    ],
  ],
  'protobuf-duration': [
    ['0s', '31s', '4.262s', '-1.000001s', '0.000000001s', '315576000000s', '-315576000000.000s'],
    [
      'PT3S',
      '3',
      '3 s',
      '4.2s',
      '4.26s',
      '.262s',
      '+3s',
      '3S',
      '315576000001s',
      '315576000000.001s',
      '1e3s',
      '',
    ],
  ],
  'date-time': [
    [
      '2026-01-15T09:12:03Z',
      '2026-01-15t09:12:03.48291z',
      '2026-01-15T09:12:03+02:00',
      '2016-12-31T23:59:60Z',
      '2017-01-01T00:59:60+01:00',
    ],
    [
      '2026-01-15',
      '2026-01-15 09:12:03Z',
      '2026-01-15T09:12:03',
      '2026-01-15T09:12:60Z',
      '2026-13-01T00:00:00Z',
    ],
  ],
  'date-time-local': [['2026-01-15T09:12:03'], ['2026-01-15T09:12:03Z']],
  date: [['2024-02-29'], ['2023-02-29', '2026-1-5', '2026-00-10', '1900-02-29']],
  time: [
    ['09:12:03Z', '09:12:03.5-08:00'],
    ['24:00:00Z', '09:12:03', '09:60:00Z'],
  ],
  'time-local': [['09:12:03'], ['09:12:03Z']],
  duration: [
    ['P1D', 'P1DT2H', 'PT3S', 'P2W', 'P1Y2M', 'PT0.5S'],
    ['P', 'PT', '3s', 'P1H', 'P1DT', 'P1W2D'],
  ],
  'http-date': [['Thu, 15 Jan 2026 09:12:03 GMT'], ['2026-01-15', 'Thu, 15 Jan 2026 09:12:03 CET']],
  ipv4: [
    ['10.8.0.23', '255.255.255.255'],
    ['10.8.0', '10.8.0.256', '010.1.1.1', '10.8.0.23:80', '::1'],
  ],
  ipv6: [
    ['::1', '2001:db8::17', '::ffff:10.0.0.1'],
    ['10.8.0.23', 'fe80::1%eth0', '2001:db8', '[::1]'],
  ],
  email: [
    ['a@b.de', 'maya+on-call@example.com', '"a b"@example.com'],
    ['a', '@b', 'a@', 'a@b@c', 'a b@c.de', 'jürgen@example.com', '.a@b.de'],
  ],
  'idn-email': [['jürgen@bücher.example'], ['jürgen', '@bücher.example']],
  hostname: [
    ['db-1.example.com', 'localhost'],
    ['-a.com', 'a_b.com', 'a..b', ''],
  ],
  'idn-hostname': [['bücher.example'], ['a b', '']],
  uri: [
    ['https://a.b/c?d=e#f', 'urn:isbn:1', 'mailto:a@b.de'],
    ['/a', 'a b:c', 'https://a/%zz', 'https://ä.de', 'a:b#c#d'],
  ],
  'uri-reference': [
    ['/a?b', '', '#f', '../a'],
    ['/a b', '/%z'],
  ],
  'uri-template': [
    ['/a/{id}{?q,page*}', '/a'],
    ['/a/{id', '/a/{i d}'],
  ],
  iri: [['https://ä.de/ö'], ['/ä', 'https://a/ b']],
  'iri-reference': [['/ä'], ['/ ä']],
  uuid: [
    ['0198f3c2-6d0e-7bbd-b8e1-1f2d7c4a90ef', '0198F3C2-6D0E-7BBD-B8E1-1F2D7C4A90EF'],
    [
      '0198f3c26d0e7bbdb8e11f2d7c4a90ef',
      'urn:uuid:0198f3c2-6d0e-7bbd-b8e1-1f2d7c4a90ef',
      'g198f3c2-6d0e-7bbd-b8e1-1f2d7c4a90ef',
    ],
  ],
  'json-pointer': [
    ['', '/a/0', '/~0~1'],
    ['a', '/~2'],
  ],
  'relative-json-pointer': [
    ['0', '1/a', '2#'],
    ['/a', '01'],
  ],
  regex: [
    ['^a$', '[a-z]\\-'],
    ['[a', '('],
  ],
  byte: [
    ['', 'aGVsbG8='],
    ['aGVsbG8', 'a-_='],
  ],
  base64url: [['aGVsbG8', 'a-_='], ['a+b/']],
  char: [
    ['a', '😀'],
    ['', 'ab'],
  ],
  'media-range': [
    ['application/json', 'text/*; q=0.5', '*/*'],
    ['json', 'a/b c'],
  ],
  int64: [
    ['0', '-9223372036854775808', '9223372036854775807'],
    ['9223372036854775808', '1.5', '', '1e3'],
  ],
  uint64: [['18446744073709551615'], ['-1', '18446744073709551616']],
  decimal: [
    ['12.50', '-1e3'],
    ['1,5', '.5', ''],
  ],
  'sf-integer': [['-42'], ['4.2']],
  'sf-decimal': [['4.2'], ['42']],
  'sf-boolean': [['?0', '?1'], ['true']],
  'sf-string': [['"a\\"b"'], ['a', '"ä"']],
  'sf-token': [
    ['gzip', '*a/b:c'],
    ['1a', 'a b'],
  ],
  'sf-binary': [[':aGVsbG8=:'], ['aGVsbG8=']],
};

/** Right numbers, wrong numbers. */
const NUMBERS: Readonly<Record<string, readonly [readonly number[], readonly number[]]>> = {
  int8: [
    [-128, 127],
    [128, 0.5],
  ],
  int16: [[-32_768], [32_768]],
  int32: [
    [-2_147_483_648, 2_147_483_647],
    [2_147_483_648, 1.5],
  ],
  int64: [[-(2 ** 63)], [2 ** 63]],
  uint8: [[255], [-1, 256]],
  uint16: [[65_535], [65_536]],
  uint32: [[4_294_967_295], [-1, 4_294_967_296]],
  uint64: [[0], [-1, 2 ** 64]],
  'double-int': [[2 ** 53 - 1], [2 ** 53, 0.5]],
  unixtime: [[1_768_468_323], [0.5]],
  float: [[3.4e38], [3.5e38]],
  double: [[1e308], [Number.POSITIVE_INFINITY]],
  decimal: [[0.1], [Number.NaN]],
  decimal128: [[0.1], [Number.NaN]],
};

const STRING_ROWS = Object.entries(STRINGS).flatMap(([format, [right, wrong]]) => [
  ...right.map((value) => ({ format, value, verdict: true })),
  ...wrong.map((value) => ({ format, value, verdict: false })),
]);

const NUMBER_ROWS = Object.entries(NUMBERS).flatMap(([format, [right, wrong]]) => [
  ...right.map((value) => ({ format, value, verdict: true })),
  ...wrong.map((value) => ({ format, value, verdict: false })),
]);

describe('FORMATS', () => {
  it.each(STRING_ROWS)('$format: $value is right: $verdict', ({ format, value, verdict }) => {
    expect(FORMATS.get(format)?.string?.(value)).toBe(verdict);
  });

  it.each(NUMBER_ROWS)('$format: $value is right: $verdict', ({ format, value, verdict }) => {
    expect(FORMATS.get(format)?.number?.(value)).toBe(verdict);
  });

  it('shows an example that the format itself accepts', () => {
    const refused = [...FORMATS].filter(
      ([, { string, example }]) => string !== undefined && !string(example),
    );
    expect(refused).toEqual([]);
  });

  it('takes time in proportion to the text, also for hostile ones', () => {
    const hostile = [
      'a'.repeat(50_000),
      `${'a.'.repeat(25_000)}!`,
      `P${'1'.repeat(50_000)}`,
      `/${'{a}'.repeat(10_000)}{`,
      `"${'\\"'.repeat(20_000)}`,
    ];
    const verdicts = [...FORMATS.values()].flatMap(({ string }) =>
      hostile.map((text) => string?.(text) ?? false),
    );
    expect(verdicts.filter(Boolean).length).toBeLessThan(60);
  });
});
