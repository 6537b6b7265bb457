import type { KitErrorCode } from '../errors.ts';

const USAGE = 2;

const EXIT_CODES: Readonly<Partial<Record<KitErrorCode, number>>> = {
  ERR_UNREACHABLE: 3,
  ERR_OUTPUT: 74,
  ERR_OUTPUT_DIFFERS: 74,
  ERR_INTERRUPTED: 130,
};

/** The exit code of an error: 3 unreachable, 74 input or output failed, 130 interrupted, 2 for all others. */
export function exitCodeOf(code: KitErrorCode): number {
  return EXIT_CODES[code] ?? USAGE;
}
