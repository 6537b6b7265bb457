/** A point in time or a span as protobuf holds it. */
export interface SecondsAndNanos {
  /** Whole seconds: since 1970 for a Timestamp, signed for a Duration. */
  readonly seconds: number;
  /** 0..999999999; same sign as `seconds` in a Duration. */
  readonly nanos: number;
}

const RFC3339 =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{1,2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?(?:Z|([+-])(\d{2}):(\d{2}))$/;
const LOWEST_SECONDS = -62135596800;
const HIGHEST_SECONDS = 253402300799;

/**
 * Parses the JSON form of a google.protobuf.Timestamp: RFC 3339, any offset, up to 9 fraction digits, years
 * 0001..9999. Undefined for text that is none; out of range gives `'out of range'`. Source: measured.
 */
export function parseTimestamp(text: string): SecondsAndNanos | 'out of range' | undefined {
  const match = RFC3339.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const offset = offsetSeconds(match[8], Number(match[9] ?? 0), Number(match[10] ?? 0));
  if (offset === undefined) return undefined;
  const seconds = date.getTime() / 1000 + hour * 3600 + minute * 60 + second - offset;
  if (seconds < LOWEST_SECONDS || seconds > HIGHEST_SECONDS) return 'out of range';
  return { seconds, nanos: Number((match[7] ?? '').padEnd(9, '0')) };
}

function offsetSeconds(sign: string | undefined, hours: number, minutes: number): number | undefined {
  if (hours > 24 || minutes > 60) return undefined;
  return (sign === '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
}

/** The JSON form of a Timestamp: `T`, `Z`, and 0, 3, 6 or 9 fraction digits. Source: measured. */
export function formatTimestamp({ seconds, nanos }: SecondsAndNanos): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}${formatFraction(nanos)}Z`;
}

/** `.262` for 262 000 000: the fewest of 0, 3, 6 or 9 digits that lose nothing. */
export function formatFraction(nanos: number): string {
  if (nanos === 0) return '';
  const digits = String(nanos).padStart(9, '0');
  if (digits.endsWith('000000')) return `.${digits.slice(0, 3)}`;
  return digits.endsWith('000') ? `.${digits.slice(0, 6)}` : `.${digits}`;
}
