/** A media type without its parameters, in lower case. */
export function baseType(mediaType: string): string {
  return (mediaType.split(';')[0] ?? '').trim().toLowerCase();
}

/** How exactly a range such as `application/*` names a media type: 3 itself, 2 its kind, 1 anything, 0 not at all. */
export function specificity(range: string, mediaType: string): number {
  if (range === mediaType) return 3;
  if (range === '*/*' || range === '*') return 1;
  return range.endsWith('/*') && mediaType.startsWith(range.slice(0, -1)) ? 2 : 0;
}

interface Accepted {
  readonly range: string;
  /** From 0, not wanted, to 1. */
  readonly quality: number;
}

/**
 * The media type of several that an Accept header wants most; the first of equals. Undefined where it wants none of
 * them. Without a header anything is wanted. Source: documented (RFC 9110, section 12.5.1).
 */
export function negotiate(mediaTypes: readonly string[], accept: string | undefined): string | undefined {
  const [first] = mediaTypes;
  if (accept === undefined || accept.trim() === '') return first;
  const accepted = accept.split(',').map(parseRange);
  const rated = mediaTypes
    .map((mediaType) => ({ mediaType, quality: qualityOf(baseType(mediaType), accepted) }))
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  return rated[0]?.mediaType;
}

function parseRange(text: string): Accepted {
  const [range = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  const value = quality === undefined ? 1 : Number(quality.slice(2));
  return { range, quality: Number.isFinite(value) ? value : 0 };
}

/** The quality of the range that names the media type most exactly; ranges of the document match both ways. */
function qualityOf(mediaType: string, accepted: readonly Accepted[]): number {
  const matching = accepted
    .map(({ range, quality }) => ({
      weight: Math.max(specificity(range, mediaType), specificity(mediaType, range)),
      quality,
    }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return matching[0]?.quality ?? 0;
}
