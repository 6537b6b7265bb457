import { KitError } from '../errors.ts';
import type { OptionSpec } from '../mock/option-table.ts';

/**
 * Turns the text of a flag or environment variable into the option's value; bounds are checked later,
 * with all other sources. Throws KitError `ERR_OPTION_INVALID` when the text has no such value.
 */
export function readOptionText(label: string, spec: OptionSpec, text: string): unknown {
  switch (spec.kind) {
    case 'integer':
      return readInteger(text);
    case 'seed':
      return /^-?\d+$/.test(text) ? readInteger(text) : text;
    case 'boolean':
      return readBoolean(label, text);
    case 'strings':
      return text.split(',').map((item) => item.trim());
    case 'string':
    case 'choice':
    case 'instant':
      return text;
    default:
      return spec.kind satisfies never;
  }
}

function readInteger(text: string): number | string {
  return /^-?\d+$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : text;
}

function readBoolean(label: string, text: string): boolean {
  if (['true', '1', 'yes', 'on'].includes(text.toLowerCase())) return true;
  if (['false', '0', 'no', 'off', ''].includes(text.toLowerCase())) return false;
  throw new KitError('ERR_OPTION_INVALID', {
    option: label,
    expected: 'true or false',
    value: JSON.stringify(text),
  });
}
