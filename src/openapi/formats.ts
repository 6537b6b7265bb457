import { isIPv4, isIPv6 } from 'node:net';
import * as text from './text-formats.ts';
import { isDate, isDateTime, isDuration, isTime, isTimestamp } from './time-formats.ts';

/** One value of the `format` keyword: what it checks, and how to say it to people. */
export interface Format {
  /** Checks a string; absent where the format says nothing about strings. */
  readonly string?: (value: string) => boolean;
  /** Checks a number; absent where the format says nothing about numbers. */
  readonly number?: (value: number) => boolean;
  /** A right value, shown when a wrong one is reported. */
  readonly example: string;
}

function integer(low: bigint, high: bigint): Format {
  return {
    number: (value) => Number.isInteger(value) && BigInt(value) >= low && BigInt(value) <= high,
    string: (value) => /^-?[0-9]{1,20}$/.test(value) && BigInt(value) >= low && BigInt(value) <= high,
    example: high > 100n ? '42' : '7',
  };
}

function signed(bits: bigint): Format {
  return integer(-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n);
}

function unsigned(bits: bigint): Format {
  return integer(0n, 2n ** bits - 1n);
}

const decimal: Format = {
  number: Number.isFinite,
  string: (value) => /^[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?$/.test(value),
  example: '12.50',
};

/** A format that checks nothing: it says how to show or treat a string. */
function noted(example: string): Format {
  return { example };
}

function checked(string: (value: string) => boolean, example: string): Format {
  return { string, example };
}

/**
 * Every known format: those of the OpenAPI format registry and the two of protobuf. One that is not here is
 * refused when the document is loaded.
 */
export const FORMATS: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['protobuf-timestamp', checked(isTimestamp, '2026-01-15T09:12:03.481Z')],
  ['protobuf-duration', checked(text.isProtobufDuration, '4.262s')],
  ['int8', signed(8n)],
  ['int16', signed(16n)],
  ['int32', signed(32n)],
  ['int64', signed(64n)],
  ['uint8', unsigned(8n)],
  ['uint16', unsigned(16n)],
  ['uint32', unsigned(32n)],
  ['uint64', unsigned(64n)],
  ['double-int', integer(-(2n ** 53n) + 1n, 2n ** 53n - 1n)],
  ['unixtime', integer(-(2n ** 53n) + 1n, 2n ** 53n - 1n)],
  ['float', { number: (value) => Math.abs(value) <= 3.4028234663852886e38, example: '0.5' }],
  ['double', { number: Number.isFinite, example: '0.5' }],
  ['decimal', decimal],
  ['decimal128', decimal],
  ['date', checked(isDate, '2026-01-15')],
  ['date-time', checked(isDateTime, '2026-01-15T09:12:03Z')],
  ['date-time-local', checked((value) => isDateTime(`${value}Z`), '2026-01-15T09:12:03')],
  ['time', checked(isTime, '09:12:03Z')],
  ['time-local', checked((value) => isTime(`${value}Z`), '09:12:03')],
  ['duration', checked(isDuration, 'P1DT2H')],
  ['http-date', checked(text.isHttpDate, 'Thu, 15 Jan 2026 09:12:03 GMT')],
  ['email', checked(text.isEmail, 'maya@example.com')],
  ['idn-email', checked(text.isIdnEmail, 'maya@example.com')],
  ['hostname', checked(text.isHostname, 'db.example.com')],
  ['idn-hostname', checked(text.isIdnHostname, 'db.example.com')],
  ['ipv4', checked(isIPv4, '10.8.0.23')],
  ['ipv6', checked((value) => isIPv6(value) && !value.includes('%'), '2001:db8::17')],
  ['uri', checked(text.isUri, 'https://example.com/a')],
  ['uri-reference', checked(text.isUriReference, '/a?b=c')],
  ['uri-template', checked(text.isUriTemplate, '/a/{id}')],
  ['iri', checked(text.isIri, 'https://example.com/ä')],
  ['iri-reference', checked(text.isIriReference, '/ä?b=c')],
  ['uuid', checked(text.isUuid, '0198f3c2-6d0e-7bbd-b8e1-1f2d7c4a90ef')],
  ['json-pointer', checked(text.isJsonPointer, '/a/0')],
  ['relative-json-pointer', checked(text.isRelativeJsonPointer, '1/a')],
  ['regex', checked(text.isRegex, '^[a-z]+$')],
  ['byte', checked(text.isBase64, 'aGVsbG8=')],
  ['base64url', checked((value) => /^[A-Za-z0-9_-]*={0,2}$/.test(value), 'aGVsbG8')],
  ['char', checked((value) => [...value].length === 1, 'a')],
  ['media-range', checked((value) => /^[\w.+*-]+\/[\w.+*-]+(\s*;.*)?$/.test(value), 'application/json')],
  ['sf-integer', checked((value) => /^-?[0-9]{1,15}$/.test(value), '42')],
  ['sf-decimal', checked((value) => /^-?[0-9]{1,12}\.[0-9]{1,3}$/.test(value), '4.2')],
  ['sf-boolean', checked((value) => /^\?[01]$/.test(value), '?1')],
  ['sf-string', checked((value) => /^"(?:[ !#-[\]-~]|\\["\\])*"$/.test(value), '"a"')],
  ['sf-token', checked((value) => /^[A-Za-z*][\w!#$%&'*+.^`|~:/-]*$/.test(value), 'gzip')],
  ['sf-binary', checked((value) => /^:[A-Za-z0-9+/=]*:$/.test(value), ':aGVsbG8=:')],
  ['binary', noted('bytes')],
  ['password', noted('secret')],
  ['html', noted('<p>a</p>')],
  ['commonmark', noted('*a*')],
]);
