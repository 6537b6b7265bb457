import { type Belief, believableText, plainText, uuidFor } from './believable-text.ts';
import { instantFor } from './believable-time.ts';
import type { Facets } from './facets.ts';
import { textFits } from './fits.ts';
import { FORMATS } from './formats.ts';
import { NoValueError } from './generation.ts';
import { textForPattern } from './pattern-text.ts';

/** A text that meets its facets: by its name, its format, an example, its pattern, or plain words. */
export function generateText(facets: Facets, belief: Belief): string {
  for (const source of SOURCES) {
    const text = source(facets, belief);
    if (text !== undefined && textFits(text, facets)) return text;
  }
  throw new NoValueError(`no text meets ${describe(facets)}`);
}

type Source = (facets: Facets, belief: Belief) => string | undefined;

const SOURCES: readonly Source[] = [
  (facets, belief) => resized(believableText(belief), facets),
  ({ formats }, belief) => formattedText(formats[0], belief),
  ({ examples }, { draw }) => {
    const texts = examples.filter((example) => typeof example === 'string');
    return texts.length === 0 ? undefined : draw.pick(texts);
  },
  ({ patterns, minLength, maxLength }, { draw }) =>
    patterns[0] === undefined ? undefined : textForPattern(patterns[0], draw, { minLength, maxLength }),
  (facets, belief) => resized(plainText(belief), facets),
  ({ minLength, maxLength }) => 'a'.repeat(Math.min(Math.max(1, minLength), maxLength)),
];

/** A text cut or repeated to the length asked for; what has a pattern or format must stay as it is. */
function resized(text: string | undefined, facets: Facets): string | undefined {
  if (text === undefined || facets.patterns.length > 0 || facets.formats.length > 0) return text;
  const characters = [...text];
  if (characters.length > facets.maxLength) {
    return characters
      .slice(0, facets.maxLength)
      .join('')
      .replace(/[-\s]$/, 'x');
  }
  const times = Math.ceil(facets.minLength / (characters.length + 1));
  if (characters.length >= facets.minLength || times > 10_000) return text;
  return Array.from({ length: times + 1 }, () => text)
    .join(' ')
    .slice(0, Math.min(facets.maxLength, facets.minLength + characters.length))
    .trimEnd()
    .padEnd(facets.minLength, 'x');
}

const FORMATTED: Readonly<Record<string, (belief: Belief) => string>> = {
  'protobuf-timestamp': (belief) => isoText(belief),
  'protobuf-duration': ({ draw }) => `${draw.int(0, 900)}.${String(draw.int(1, 999)).padStart(3, '0')}s`,
  'date-time': (belief) => isoText(belief),
  'date-time-local': (belief) => isoText(belief).slice(0, 19),
  date: (belief) => isoText(belief).slice(0, 10),
  time: (belief) => `${isoText(belief).slice(11, 19)}Z`,
  'time-local': (belief) => isoText(belief).slice(11, 19),
  'http-date': (belief) => new Date(instantFor(belief)).toUTCString(),
  duration: ({ draw }) => `PT${draw.int(1, 59)}M${draw.int(0, 59)}S`,
  email: ({ subject }) => subject.person.email,
  'idn-email': ({ subject }) => subject.person.email,
  hostname: ({ names, draw }) => `host-${draw.int(1, 99)}.${names.domain}`,
  'idn-hostname': ({ names, draw }) => `host-${draw.int(1, 99)}.${names.domain}`,
  ipv4: ({ draw }) => `10.${draw.int(0, 63)}.${draw.int(0, 255)}.${draw.int(1, 254)}`,
  ipv6: ({ draw }) => `2001:db8::${draw.int(1, 65_535).toString(16)}`,
  uri: urlText,
  'uri-reference': urlText,
  'uri-template': urlText,
  iri: urlText,
  'iri-reference': urlText,
  uuid: uuidFor,
  byte: ({ draw }) =>
    Array.from({ length: 5 }, () => `${draw.pick(['aGVs', 'bG8s', 'd29y', 'bGQh'])}`).join(''),
  int32: ({ draw }) => String(draw.int(0, 5000)),
  int64: ({ draw }) => String(draw.int(0, 5_000_000)),
  uint32: ({ draw }) => String(draw.int(0, 5000)),
  uint64: ({ draw }) => String(draw.int(0, 5_000_000)),
  decimal: ({ draw }) => `${draw.int(0, 900)}.${String(draw.int(0, 99)).padStart(2, '0')}`,
};

function formattedText(format: string | undefined, belief: Belief): string | undefined {
  if (format === undefined) return undefined;
  const make = FORMATTED[format];
  if (make !== undefined) return make(belief);
  const known = FORMATS.get(format);
  return known?.string === undefined ? undefined : known.example;
}

/** A whole second has no fraction, as on Formal's wire. */
function isoText(belief: Belief): string {
  return new Date(instantFor(belief)).toISOString().replace('.000Z', 'Z');
}

function urlText({ names, subject, draw }: Belief): string {
  return `https://www.${names.domain}/${subject.entity === '' ? 'item' : subject.entity}s/${draw.int(100, 9999)}`;
}

function describe({ patterns, formats, minLength, maxLength }: Facets): string {
  const parts = [
    ...patterns.map((pattern) => `pattern ${pattern}`),
    ...formats.map((format) => `format ${format}`),
    ...(minLength > 0 ? [`minLength ${minLength}`] : []),
    ...(maxLength < Infinity ? [`maxLength ${maxLength}`] : []),
  ];
  return parts.join(', ');
}
