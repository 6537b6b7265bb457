import type { Draw } from './draw.ts';

/**
 * A text of a format that is just so long, made of letters and digits that mean nothing; undefined where the format has
 * no such length, or one length only. Whether it is right is for the caller to check.
 */
export function sizedText(format: string, length: number, draw: Draw): string | undefined {
  return SIZED[format]?.(length, draw);
}

type Sized = (length: number, draw: Draw) => string | undefined;

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Letters that mean nothing. */
export function letters(length: number, draw: Draw): string {
  return Array.from({ length: Math.max(0, length) }, () => LETTERS[draw.int(0, 25)]).join('');
}

function digits(length: number, draw: Draw): string {
  return Array.from({ length: Math.max(0, length) }, (_, index) => draw.int(index === 0 ? 1 : 0, 9)).join('');
}

/** A beginning that is there whenever there is room for it, and letters behind. */
const behind =
  (...beginnings: readonly string[]): Sized =>
  (length, draw) => {
    const beginning = beginnings.find((text) => text.length <= length);
    return beginning === undefined ? undefined : beginning + letters(length - beginning.length, draw);
  };

/** Longest label of a host name. */
const LABEL = 63;

/** Labels of letters, the last one `example` or shorter. */
function hostname(length: number, draw: Draw): string | undefined {
  if (length < 4) return length < 1 ? undefined : letters(length, draw);
  const last = length > 12 ? '.example' : length > 6 ? '.test' : '.io';
  const cut = last.length < length ? last : '.a';
  let text = letters(Math.min(LABEL, length - cut.length), draw) + cut;
  while (text.length < length) {
    const left = length - text.length;
    // A single point would have no label of its own.
    text =
      left === 1
        ? `${text.slice(0, -1)}a${text.slice(-1)}`
        : `${letters(Math.min(LABEL, left - 1), draw)}.${text}`;
  }
  return text;
}

/** Longest part in front of the at sign. */
const LOCAL = 64;

function email(length: number, draw: Draw): string | undefined {
  if (length < 3) return undefined;
  const host =
    length < 6 ? Math.max(1, length - 2) : Math.max(4, Math.min(14, length >> 1), length - LOCAL - 1);
  const name = hostname(host, draw);
  return name === undefined ? undefined : `${letters(length - host - 1, draw)}@${name}`;
}

/** Moments with as many digits behind the second as there is room for. */
const moment =
  (date: boolean, zone: string): Sized =>
  (length, draw) => {
    const two = (low: number, high: number): string => String(draw.int(low, high)).padStart(2, '0');
    const day = date ? `20${two(10, 29)}-${two(1, 12)}-${two(1, 28)}T` : '';
    const text = `${day}${two(0, 23)}:${two(0, 59)}:${two(0, 59)}`;
    const fraction = length - text.length - zone.length;
    if (fraction === 0) return text + zone;
    return fraction < 2 ? undefined : `${text}.${digits(fraction - 1, draw)}${zone}`;
  };

function base64(length: number, draw: Draw): string | undefined {
  return length % 4 === 0 ? letters(length, draw) : undefined;
}

function ipv4(length: number, draw: Draw): string | undefined {
  const spare = length - 7;
  if (spare < 0 || spare > 8) return undefined;
  const sizes = [0, 1, 2, 3].map((index) => 1 + Math.max(0, Math.min(2, spare - 2 * index)));
  return sizes.map((size) => draw.int(10 ** (size - 1), Math.min(255, 10 ** size - 1))).join('.');
}

function ipv6(length: number, draw: Draw): string | undefined {
  const groups = (count: number, room: number): string[] =>
    Array.from({ length: count }, (_, index) => {
      const size = Math.max(1, Math.min(4, room - count + 1 - 3 * index));
      return letters(size, draw).replace(/./g, (letter) => 'abcdef'[(letter.codePointAt(0) ?? 0) % 6] ?? 'a');
    });
  if (length >= 15) return length > 39 ? undefined : groups(8, length - 7).join(':');
  if (length < 3) return length === 2 ? '::' : undefined;
  const count = Math.ceil((length - 1) / 5);
  return `::${groups(count, length - 2 - (count - 1)).join(':')}`;
}

const SIZED: Readonly<Record<string, Sized>> = {
  email,
  'idn-email': email,
  hostname: (length, draw) => (length > 253 ? undefined : hostname(length, draw)),
  'idn-hostname': (length, draw) => (length > 253 ? undefined : hostname(length, draw)),
  uri: behind('https://www.example.com/', 'https://a.io/', 'urn:a:', 'a:'),
  iri: behind('https://www.example.com/', 'https://a.io/', 'urn:a:', 'a:'),
  'uri-reference': behind('/', ''),
  'iri-reference': behind('/', ''),
  'uri-template': behind('/', ''),
  'json-pointer': behind('/', ''),
  'relative-json-pointer': behind('1/', '1'),
  regex: behind(''),
  byte: base64,
  base64url: (length, draw) => letters(length, draw),
  'date-time': moment(true, 'Z'),
  'date-time-local': moment(true, ''),
  'protobuf-timestamp': moment(true, 'Z'),
  time: moment(false, 'Z'),
  'time-local': moment(false, ''),
  duration: (length, draw) => (length < 3 ? undefined : `P${digits(length - 2, draw)}D`),
  'protobuf-duration': (length, draw) => (length < 2 ? undefined : `${digits(length - 1, draw)}s`),
  ipv4,
  ipv6,
  'media-range': (length, draw) => (length < 3 ? undefined : `a/${letters(length - 2, draw)}`),
  char: (length, draw) => (length === 1 ? letters(1, draw) : undefined),
  decimal: digits,
  decimal128: digits,
  int8: digits,
  int16: digits,
  int32: digits,
  int64: digits,
  uint8: digits,
  uint16: digits,
  uint32: digits,
  uint64: digits,
  'sf-integer': digits,
  'sf-decimal': (length, draw) => (length < 3 ? undefined : `${digits(length - 2, draw)}.5`),
  'sf-token': letters,
  'sf-string': (length, draw) => (length < 2 ? undefined : `"${letters(length - 2, draw)}"`),
  'sf-binary': (length, draw) => (length < 2 ? undefined : `:${letters(length - 2, draw)}:`),
};
