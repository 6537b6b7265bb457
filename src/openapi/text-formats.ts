import { compilePattern } from './pattern.ts';

/** Most seconds of a protobuf Duration either way, about 10 000 years. Source: documented (duration.proto). */
const MAX_DURATION_SECONDS = 315_576_000_000;

const ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const EMAIL_LOCAL = new RegExp(`^(?:${ATOM}(?:\\.${ATOM})*|"(?:[ !#-[\\]-~]|\\\\[ -~])*")$`);
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const HOSTNAME = new RegExp(`^${LABEL}(?:\\.${LABEL})*\\.?$`);
const IDN_HOSTNAME = /^[^\s@/\\:.]{1,63}(?:[.。．｡][^\s@/\\:.]{1,63})*\.?$/u;
const URI_CHARACTERS = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$/;
const IRI_CHARACTERS = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=\u00a0-\u{10ffff}]|%[0-9A-Fa-f]{2})*$/u;
const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const URI_TEMPLATE =
  /^(?:[^\s{}"<>\\^`|]|\{[+#./;?&]?[\w.%]+(?::[0-9]{1,4}|\*)?(?:,[\w.%]+(?::[0-9]{1,4}|\*)?)*\})*$/;
const UUID = /^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$/;
const HTTP_DATE =
  /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT$/;

/**
 * A protobuf Duration as proto3 JSON writes it: seconds with 0, 3, 6 or 9 fraction digits and an `s`, within
 * about 10 000 years. Source: measured.
 */
export function isProtobufDuration(value: string): boolean {
  const match = /^-?([0-9]{1,12})(?:\.([0-9]{3}|[0-9]{6}|[0-9]{9}))?s$/.exec(value);
  if (match === null) return false;
  const seconds = Number(match[1]);
  return (
    seconds < MAX_DURATION_SECONDS || (seconds === MAX_DURATION_SECONDS && !/[1-9]/.test(match[2] ?? ''))
  );
}

/** A mail address of RFC 5321, without address literals. */
export function isEmail(value: string): boolean {
  const at = value.lastIndexOf('@');
  return at > 0 && at <= 64 && EMAIL_LOCAL.test(value.slice(0, at)) && isHostname(value.slice(at + 1));
}

/** A mail address that may hold any letters. */
export function isIdnEmail(value: string): boolean {
  const at = value.lastIndexOf('@');
  return at > 0 && !/\s/.test(value.slice(0, at)) && isIdnHostname(value.slice(at + 1));
}

/** A host name of RFC 1123. */
export function isHostname(value: string): boolean {
  return value.length <= 253 && HOSTNAME.test(value);
}

/** A host name that may hold any letters. */
export function isIdnHostname(value: string): boolean {
  return value.length <= 253 && IDN_HOSTNAME.test(value);
}

/** An absolute URI of RFC 3986. */
export function isUri(value: string): boolean {
  return SCHEME.test(value) && URI_CHARACTERS.test(value) && hasOneFragment(value);
}

/** A URI or a relative reference. */
export function isUriReference(value: string): boolean {
  return URI_CHARACTERS.test(value) && hasOneFragment(value);
}

/** An absolute IRI of RFC 3987. */
export function isIri(value: string): boolean {
  return SCHEME.test(value) && IRI_CHARACTERS.test(value) && hasOneFragment(value);
}

/** An IRI or a relative reference. */
export function isIriReference(value: string): boolean {
  return IRI_CHARACTERS.test(value) && hasOneFragment(value);
}

/** A URI template of RFC 6570. */
export function isUriTemplate(value: string): boolean {
  return URI_TEMPLATE.test(value);
}

/** A UUID in its usual text form, any version. */
export function isUuid(value: string): boolean {
  return UUID.test(value);
}

/** A JSON pointer. */
export function isJsonPointer(value: string): boolean {
  return /^(?:\/(?:[^/~]|~[01])*)*$/.test(value);
}

/** A relative JSON pointer. */
export function isRelativeJsonPointer(value: string): boolean {
  return /^(?:0|[1-9][0-9]*)(?:#|(?:\/(?:[^/~]|~[01])*)*)$/.test(value);
}

/** A regular expression. */
export function isRegex(value: string): boolean {
  try {
    compilePattern(value);
    return true;
  } catch {
    // The question was whether it compiles.
    return false;
  }
}

/** Standard base64 with padding. */
export function isBase64(value: string): boolean {
  return value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
}

/** The fixed form of an HTTP date. */
export function isHttpDate(value: string): boolean {
  return HTTP_DATE.test(value) && !Number.isNaN(Date.parse(value));
}

function hasOneFragment(value: string): boolean {
  return value.indexOf('#') === value.lastIndexOf('#');
}
