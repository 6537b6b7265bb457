import { compileValidator } from './compile-validator.ts';
import { joinPointer } from './json-pointer.ts';
import type { LoadedDocument } from './loaded-document.ts';
import { PAGE_NAMES } from './page-names.ts';
import type { Pagination } from './pagination.ts';
import { isJsonObject, type JsonValue } from './schema-object.ts';

/** An answer, and how its operation pages, where that is known. */
export interface ListAnswer {
  readonly value: JsonValue;
  readonly pagination?: Pagination;
}

/** How far into an answer is looked for what leads to another page. */
const MAX_DEPTH = 3;

/**
 * An answer with a list in it that leads to no page which nobody made: a next cursor, the number or the address of a
 * next page is left out, else null, else empty, as its schema allows, and `has_more` is false. What the operation's
 * pagination has filled in stays.
 */
export function endOfList(
  document: LoadedDocument,
  schemaRef: string,
  { value, pagination }: ListAnswer,
): JsonValue {
  const leads = holdsList(value, 0) ? leadsIn(value, []) : [];
  const wanted = leads.filter(({ steps, isFlag }) => {
    const isFilledIn = isFlag || steps.reduce(joinPointer, '') === pagination?.nextCursor;
    return pagination === undefined || !isFilledIn;
  });
  if (wanted.length === 0) return value;
  const validate = compileValidator(document, schemaRef, { maxViolations: 1 });
  return wanted.reduce((answer, { steps, isFlag }) => {
    const replacements = isFlag ? [false] : [undefined, null, ''];
    const ends = replacements.map((end) => withEnd(answer, steps, end));
    return ends.find((end) => validate(end).length === 0) ?? answer;
  }, value);
}

interface Lead {
  readonly steps: readonly string[];
  /** True for `has_more`. */
  readonly isFlag: boolean;
}

/** Members that say where another page is. Items of lists are not looked into. */
function leadsIn(value: JsonValue, around: readonly string[]): Lead[] {
  if (!isJsonObject(value) || around.length > MAX_DEPTH) return [];
  return Object.entries(value).flatMap(([name, held]): Lead[] => {
    const steps = [...around, name];
    if (held === true && PAGE_NAMES.isHasMore(name)) return [{ steps, isFlag: true }];
    const isNext = PAGE_NAMES.isNextCursor(name) || PAGE_NAMES.isNextPlace(name);
    return isNext && isLead(held) ? [{ steps, isFlag: false }] : leadsIn(held, steps);
  });
}

/** A text, a number, or a link such as `{ "href": "…" }`. */
function isLead(held: JsonValue): boolean {
  if (typeof held === 'string') return held !== '';
  return (
    typeof held === 'number' || (isJsonObject(held) && typeof (held['href'] ?? held['url']) === 'string')
  );
}

function holdsList(value: JsonValue, depth: number): boolean {
  if (Array.isArray(value)) return true;
  if (!isJsonObject(value) || depth > MAX_DEPTH) return false;
  return Object.values(value).some((held) => holdsList(held, depth + 1));
}

function withEnd(
  value: JsonValue,
  [step = '', ...below]: readonly string[],
  end: JsonValue | undefined,
): JsonValue {
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).flatMap(([name, held]): [string, JsonValue][] => {
    if (name !== step) return [[name, held]];
    if (below.length > 0) return [[name, withEnd(held, below, end)]];
    return end === undefined ? [] : [[name, end]];
  });
  return Object.fromEntries(entries);
}
