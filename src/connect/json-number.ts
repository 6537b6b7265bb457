/** True for bytes that continue a word or number: letters, digits and `-+._`. */
export function isWordByte(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  if (isDigit(byte)) return true;
  const lower = byte | 0x20;
  if (lower >= 0x61 && lower <= 0x7a) return true;
  return byte === 0x2d || byte === 0x2b || byte === 0x2e || byte === 0x5f;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function skipDigits(bytes: Uint8Array, at: number): number {
  let end = at;
  while (isDigit(bytes[end])) end += 1;
  return end;
}

/** The byte after the exponent, `at` when there is none, -1 when the input stops after its sign. */
function skipExponent(bytes: Uint8Array, at: number): number {
  const letter = bytes[at];
  if ((letter !== 0x65 && letter !== 0x45) || at + 1 >= bytes.length) return at;
  const sign = bytes[at + 1];
  if (sign !== 0x2b && sign !== 0x2d) return skipDigits(bytes, at + 1);
  return at + 2 === bytes.length ? -1 : skipDigits(bytes, at + 2);
}

/**
 * Length in bytes of the number at `at`, 0 when there is none. An exponent without digits (`1e`, `1e+`) passes when
 * something follows it, as Go's tokenizer has it. Source: measured.
 */
export function numberLength(bytes: Uint8Array, at: number): number {
  let end = bytes[at] === 0x2d ? at + 1 : at;
  if (!isDigit(bytes[end])) return 0;
  end = bytes[end] === 0x30 ? end + 1 : skipDigits(bytes, end);
  if (bytes[end] === 0x2e && isDigit(bytes[end + 1])) end = skipDigits(bytes, end + 1);
  end = skipExponent(bytes, end);
  if (end === -1) return 0;
  return isWordByte(bytes[end]) ? 0 : end - at;
}

const NUMBER_PARTS = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]*))?$/;
const MAX_DIGITS = 20;

/**
 * The integer a JSON number stands for, in plain digits: `1.0`, `1e0`, `10e-1` and `1e` all give `1`. Undefined when the
 * number is not an integer or has more than 20 digits. Source: measured.
 */
export function integerDigits(raw: string): string | undefined {
  const match = NUMBER_PARTS.exec(raw);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fractionRaw = '', exponentRaw = ''] = match;
  const integer = whole === '0' ? '' : whole;
  const fraction = trimZeros(fractionRaw);
  if (exponentRaw === '+' || exponentRaw === '-') return undefined;
  if (integer === '' && fraction === '') return '0';
  const exponent = exponentRaw === '' ? 0 : Number(exponentRaw);
  if (Math.abs(exponent) > 2 ** 31 - 1) return undefined;
  const digits =
    exponent < 0 ? shiftRight(integer, fraction, -exponent) : shiftLeft(integer, fraction, exponent);
  return digits === undefined ? undefined : sign + digits;
}

function trimZeros(fraction: string): string {
  let end = fraction.length;
  while (fraction.charCodeAt(end - 1) === 0x30) end -= 1;
  return fraction.slice(0, end);
}

function shiftLeft(integer: string, fraction: string, places: number): string | undefined {
  if (fraction.length > places || integer.length + places > MAX_DIGITS) return undefined;
  return integer + fraction.padEnd(places, '0');
}

function shiftRight(integer: string, fraction: string, places: number): string | undefined {
  const kept = integer.length - places;
  if (fraction !== '' || kept < 0) return undefined;
  for (let at = kept; at < integer.length; at += 1) {
    if (integer.charCodeAt(at) !== 0x30) return undefined;
  }
  return integer.slice(0, kept);
}
