import { KitError } from '../errors.ts';

/** The error for an option of `seed` whose value is out of bounds (KitError `ERR_OPTION_INVALID`). */
export function invalidOption(option: string, expected: string, value: string | number): KitError {
  return new KitError('ERR_OPTION_INVALID', { option, expected, value });
}
