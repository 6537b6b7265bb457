import { KitError } from '../errors.ts';

/**
 * Loads a package that is only needed for one feature. Throws KitError `ERR_PACKAGE_MISSING`, which says how to
 * install it, when it is not there; any other failure is passed on.
 */
export async function loadOptional<T>(
  load: () => Promise<T>,
  names: { readonly feature: string; readonly packages: string },
): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (!isNotFound(error)) throw error;
    throw new KitError('ERR_PACKAGE_MISSING', names, { cause: error });
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
}
