import { KitError } from '../errors.ts';

const DISK_FULL = '53100';

/** Errors of PostgreSQL that say the connection is gone or cannot be had now: classes 08 and 57P, and too many connections. */
const CONNECTION_LOST = /^(08|57P|53300)/;

/**
 * An error of a load as KitError: the server's own refusal becomes `ERR_TARGET_REFUSED` with what it said, a lost
 * connection `ERR_UNREACHABLE`, a full disk `ERR_OUTPUT`. A KitError is passed on.
 */
export function postgresError(target: string, error: unknown): unknown {
  if (error instanceof KitError || !(error instanceof Error)) return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const details = { target, reason: withHint(error) };
  if (code === DISK_FULL) return new KitError('ERR_OUTPUT', details, { cause: error });
  // The server's codes have five characters and a severity; everything else comes from the connection.
  const isRefusal = 'severity' in error && !CONNECTION_LOST.test(code);
  return new KitError(isRefusal ? 'ERR_TARGET_REFUSED' : 'ERR_UNREACHABLE', details, { cause: error });
}

/** A URL fit for a message: without password and parameters. */
export function redactUrl(url: string): string {
  try {
    const { protocol, username, host, pathname } = new URL(url);
    return `${protocol}//${username === '' ? '' : `${username}@`}${host}${pathname}`;
  } catch {
    // Not a URL: whatever it is, it may hold a password.
    return 'the target';
  }
}

/** Why something failed, in one line; of several attempts (IPv6 and IPv4) each. */
export function errorReason(error: unknown): string {
  if (error instanceof AggregateError) return [...new Set(error.errors.map(errorReason))].join(', ');
  return error instanceof Error ? error.message.replaceAll(/\s+/g, ' ') : String(error);
}

function withHint(error: Error): string {
  const reason = errorReason(error);
  const wrongTable = 'code' in error && (error.code === '42703' || error.code === '42804');
  return wrongTable
    ? `${reason}; a table of that name exists with other columns (see --schema postgres)`
    : reason;
}
