import { type Belief, uuidFor } from './believable-text.ts';
import { instantFor } from './believable-time.ts';
import { FORMATS } from './formats.ts';

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

/** A believable text of a format; undefined where any text is of it. */
export function formattedText(format: string, belief: Belief): string | undefined {
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
