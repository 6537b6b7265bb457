import type { SortForm, SortSpelling } from './parse-sort.ts';
import { resolveField } from './session-resolver.ts';

/** Two texts of sortBy that are known to work, for any one field. */
export interface SortExamples {
  readonly ascending: string;
  readonly descending: string;
}

/**
 * The spelling behind two examples: what stands around the field's name. Undefined where an example names no field, or
 * where both are Quickwit's own (`-start_time` ascends, `start_time` descends).
 */
export function sortSpellingOf(examples: SortExamples): SortSpelling | undefined {
  const ascending = formOf(examples.ascending);
  const descending = formOf(examples.descending);
  if (ascending === undefined || descending === undefined) return undefined;
  const isOwn = isForm(ascending, '-', '') && isForm(descending, '', '');
  return isOwn ? undefined : { ascending, descending };
}

function formOf(example: string): SortForm | undefined {
  for (const { 0: name, index } of example.matchAll(/[A-Za-z_][\w.]*/g)) {
    if (resolveField(name).kind !== 'fields') continue;
    return { before: example.slice(0, index), after: example.slice(index + name.length) };
  }
  return undefined;
}

function isForm(form: SortForm, before: string, after: string): boolean {
  return form.before === before && form.after === after;
}
