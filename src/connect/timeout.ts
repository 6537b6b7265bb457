import { ConnectError } from './connect-error.ts';
import { goQuote, goQuoteCharacter } from './go-quote.ts';

/**
 * Milliseconds of a `Connect-Timeout-Ms` header, undefined without one. Zero and negative values are legal and
 * already over. Throws `invalid_argument` for more than 10 characters or no integer. Source: measured.
 */
export function parseConnectTimeout(header: string | undefined): number | undefined {
  if (header === undefined || header === '') return undefined;
  if (header.length > 10) {
    throw new ConnectError('invalid_argument', `parse timeout: ${goQuote(header)} has >10 digits`);
  }
  if (!/^[+-]?[0-9]+$/.test(header)) {
    const reason = `parse timeout: strconv.ParseInt: parsing ${goQuote(header)}: invalid syntax`;
    throw new ConnectError('invalid_argument', reason);
  }
  return Number(header);
}

const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ['n', 1e-6],
  ['u', 1e-3],
  ['m', 1],
  ['S', 1_000],
  ['M', 60_000],
  ['H', 3_600_000],
]);

/** Beyond this many hours gRPC timeouts count as none. */
const MAX_HOURS = 2_562_047;

/**
 * Milliseconds (with a fraction for the small units) of a `grpc-timeout` header, undefined without one. Throws
 * `invalid_argument` for an unknown unit, no number or more than 8 digits. Source: measured.
 */
export function parseGrpcTimeout(header: string | undefined): number | undefined {
  if (header === undefined || header === '') return undefined;
  const unit = String.fromCharCode(Buffer.from(header).at(-1) ?? 0);
  const unitMs = UNIT_MS.get(unit);
  if (unitMs === undefined) {
    throw new ConnectError(
      'invalid_argument',
      `protocol error: timeout has invalid unit ${goQuoteCharacter(unit)}`,
    );
  }
  const digits = header.slice(0, -1);
  if (!/^(\+?[0-9]+|-0+)$/.test(digits) || Number(digits) > Number.MAX_SAFE_INTEGER) {
    throw new ConnectError('invalid_argument', `protocol error: invalid timeout ${goQuote(header)}`);
  }
  const count = Math.abs(Number(digits));
  if (count > 99_999_999) {
    throw new ConnectError('invalid_argument', `protocol error: timeout ${goQuote(header)} is too long`);
  }
  if (unit === 'H' && count > MAX_HOURS) return undefined;
  return count * unitMs;
}
