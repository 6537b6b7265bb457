import type { Facets } from './facets.ts';
import { FORMATS } from './formats.ts';
import { patternTest } from './pattern.ts';

/** True where a text has the length, patterns and formats asked for. */
export function textFits(text: string, facets: Facets): boolean {
  const length = [...text].length;
  if (length < facets.minLength || length > facets.maxLength) return false;
  if (!facets.patterns.every((pattern) => patternTest(pattern).test(text))) return false;
  return facets.formats.every((format) => FORMATS.get(format)?.string?.(text) ?? true);
}

/** True where a number lies in the bounds and formats asked for. */
export function numberFits(value: number, facets: Facets): boolean {
  if (value < facets.minimum || value > facets.maximum) return false;
  if (value <= facets.above || value >= facets.below) return false;
  if (!facets.multiples.every((step) => isMultiple(value, step))) return false;
  return facets.formats.every((format) => FORMATS.get(format)?.number?.(value) ?? true);
}

/** True where a number is a whole multiple of a step, as the validator rounds. */
export function isMultiple(value: number, step: number): boolean {
  const times = value / step;
  return Math.abs(times - Math.round(times)) < 1e-9;
}
