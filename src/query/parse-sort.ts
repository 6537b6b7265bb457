import type { BoundField } from './field.ts';
import type { QueryDialect } from './parse-query.ts';
import { QueryError, quoteText } from './query-error.ts';
import { SESSION_FIELDS } from './session-fields.ts';
import { resolveField } from './session-resolver.ts';
import { isTextField } from './text-test.ts';
import { isTokenised } from './tokenize.ts';

/** One key of an order. */
export interface SortKey {
  /** Canonical path; `_score` is the same for every session. */
  readonly path: string;
  readonly descending: boolean;
}

/** What stands before and after a field's name: `startTime:asc` is nothing before and `:asc` after. */
export interface SortForm {
  readonly before: string;
  readonly after: string;
}

/** How a server other than Quickwit writes directions. */
export interface SortSpelling {
  readonly ascending: SortForm;
  readonly descending: SortForm;
}

/** Most keys of an order. Source: documented (Quickwit). */
export const MAX_SORT_KEYS = 2;

/**
 * Reads sortBy: at most two names with commas; bare and `+` descend, `-` ascends. Dialect `docs` (the default) also
 * takes `field:asc`, `field desc`; `quickwit` refuses fields cut into tokens. Blank text gives no key, which stands
 * for start_time descending. With a `spelling` only its forms are taken. Throws QueryError of kind `bad_sort`.
 * Source: documented (Quickwit), assumed (Formal).
 */
export function parseSort(
  text: string,
  dialect: QueryDialect = 'docs',
  spelling?: SortSpelling,
): readonly SortKey[] {
  if (text.trim() === '') return [];
  const items = text.split(',');
  if (items.length > MAX_SORT_KEYS) {
    throw badSort(`${items.length} sort keys`, `at most ${MAX_SORT_KEYS}`, 'leave the others out');
  }
  return items.map((item) =>
    spelling === undefined ? parseItem(item, dialect) : parseSpelled(item.trim(), dialect, spelling),
  );
}

function parseSpelled(item: string, dialect: QueryDialect, { ascending, descending }: SortSpelling): SortKey {
  const forms = [
    { ...ascending, descending: false },
    { ...descending, descending: true },
  ].sort((a, b) => b.before.length + b.after.length - a.before.length - a.after.length);
  for (const { before, after, descending: isDescending } of forms) {
    const name = item.slice(before.length, item.length - after.length);
    if (!item.startsWith(before) || !item.endsWith(after) || !/^[\w.]+$/.test(name)) continue;
    return { path: resolveSortPath(name, dialect), descending: isDescending };
  }
  const examples = forms.map(({ before, after }) => `${before}start_time${after}`);
  throw badSort(
    `${quoteText(item)} cannot be read`,
    'a field and a direction',
    `write ${examples.join(' or ')}`,
  );
}

function parseItem(item: string, dialect: QueryDialect): SortKey {
  const sign = item.charAt(0);
  const isSigned = sign === '+' || sign === '-';
  const name = (isSigned ? item.slice(1) : item).trim();
  const worded = dialect === 'docs' && !isSigned ? splitDirection(name) : undefined;
  return {
    path: resolveSortPath(worded?.name ?? name, dialect),
    descending: worded?.descending ?? sign !== '-',
  };
}

function splitDirection(item: string): { readonly name: string; readonly descending: boolean } | undefined {
  const parts = /^([^\s:]+)(?:\s*:\s*|\s+)(asc|desc)$/i.exec(item);
  const [, name, direction] = parts ?? [];
  if (name === undefined || direction === undefined) return undefined;
  return { name, descending: direction.toLowerCase() === 'desc' };
}

function resolveSortPath(name: string, dialect: QueryDialect): string {
  if (name === '_score') return name;
  if (name === '_doc') return 'id';
  if (name.startsWith('-') || name.startsWith('+')) {
    throw badSort(
      `${quoteText(name)} is not a field`,
      'a field',
      'leave no blank before the sign and write one only',
    );
  }
  const resolution = resolveField(name);
  const [field, ...others] = resolution.kind === 'fields' ? resolution.fields : [];
  if (field !== undefined && others.length === 0) return sortablePath(field, dialect);
  if (resolution.kind === 'fields' || resolution.kind === 'object') {
    const example = resolution.fields[0]?.path ?? 'start_time';
    throw badSort(`${quoteText(name)} is several fields`, 'one field', `write e.g. ${example}`);
  }
  if (resolution.kind === 'empty')
    throw badSort(`${quoteText(name)} never has a value here`, 'another field');
  const near = resolution.nearest;
  throw badSort(`there is no field ${quoteText(name)}`, 'a field', near && `did you mean ${near}?`);
}

function sortablePath(field: BoundField, dialect: QueryDialect): string {
  const isList = SESSION_FIELDS.some(({ path, isList }) => path === field.path && isList === true);
  if (isList) throw badSort(`${field.path} is a list`, 'a field with one value', 'sort by start_time');
  if (dialect === 'quickwit' && isTextField(field) && isTokenised(field.type)) {
    throw badSort(`${field.path} is cut into words and has no order`, 'a raw, date, number or ip field');
  }
  return field.path;
}

function badSort(problem: string, expected: string, suggestion?: string): QueryError {
  return new QueryError({ kind: 'bad_sort', problem, expected, suggestion });
}
