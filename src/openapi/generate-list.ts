import { drawsOf } from './draw.ts';
import type { Facets } from './facets.ts';
import { type Generation, type ListPosition, NoValueError, type Place } from './generation.ts';
import { joinPointer } from './json-pointer.ts';
import { ListCount } from './list-count.ts';
import { listedItems } from './listed-items.ts';
import { wouldRecurse } from './recursion.ts';
import { jsonKey } from './same-json.ts';
import type { JsonValue } from './schema-object.ts';
import type { SchemaAt } from './schema-view.ts';
import { subjectOf } from './subject.ts';

/** From this try on lists are as short as they may be. */
const LEAN_ATTEMPT = 12;

/** Tries to find an item that is not there yet before an optional one is left out. */
const ATTEMPTS = 20;

/** The same once one item was not found. */
const FEW_ATTEMPTS = 2;

/** Further tries for an item that must be there: no longer a believable one. */
const FRESH_ATTEMPTS = 60;

/** A list that meets its facets. Repeated texts and numbers are left out also where they would be allowed. */
export function generateList(
  generation: Generation,
  place: Place,
  facets: Facets,
  isDeep: boolean,
): JsonValue[] {
  const items: JsonValue[] = [];
  const length = lengthOf(generation, place, facets, isDeep);
  const first = drawsOf(`${generation.key} ${place.path} first`).int(0, 1000);
  const making: Making = {
    generation,
    place,
    facets,
    seen: new Set(),
    count: new ListCount(generation, facets),
    believable: ATTEMPTS,
  };
  for (let index = 0; index < length; index++) {
    const item = itemAt(making, { index, rank: first + index }, length - index);
    if (item === undefined) break;
    making.seen.add(jsonKey(item));
    making.count.add(item);
    items.push(item);
  }
  if (items.length < facets.minItems)
    throw new NoValueError(`no ${facets.minItems} different items were found`);
  return items;
}

interface Making {
  readonly generation: Generation;
  readonly place: Place;
  readonly facets: Facets;
  readonly seen: Set<string>;
  readonly count: ListCount;
  /** Tries to find a believable item; few once they have all been there. */
  believable: number;
}

/** The next item; undefined where there is none and none has to be. */
function itemAt(making: Making, position: ListPosition, left: number): JsonValue | undefined {
  const { facets, count } = making;
  const { index } = position;
  const own = schemasOf(facets, index);
  if (own.some(({ schema }) => schema === false)) return undefined;
  const isNeeded = index < facets.minItems || count.lacks();
  const isFixed = index < facets.prefixItems.length;
  // Items that `contains` asks for come first behind the fixed ones.
  for (const asked of isFixed && left > count.missing() ? [[]] : [count.asked(), []]) {
    const found = search(making, { position, schemas: [...own, ...asked], isNeeded });
    if (found !== undefined || asked.length === 0) return found;
  }
  return undefined;
}

interface Search {
  readonly position: ListPosition;
  readonly schemas: readonly SchemaAt[];
  readonly isNeeded: boolean;
}

function search(making: Making, wanted: Search): JsonValue | undefined {
  const { believable, facets } = making;
  const first = newItem(making, wanted, { from: 0, to: believable });
  if (first.found !== undefined || !wanted.isNeeded) return first.found;
  making.believable = FEW_ATTEMPTS;
  const mayRepeat = first.repeated !== undefined && !facets.isUnique;
  const fresh = mayRepeat
    ? first
    : newItem(making, wanted, { from: believable, to: believable + FRESH_ATTEMPTS });
  return fresh.found ?? otherItem(making, wanted.schemas, fresh.repeated);
}

/** The first new item of some tries, or else the last that is there already. */
function newItem(
  making: Making,
  { position, schemas }: Search,
  { from, to }: { readonly from: number; readonly to: number },
): { readonly found?: JsonValue; readonly repeated?: JsonValue } {
  const { budget } = making.generation;
  let repeated: JsonValue | undefined;
  for (let attempt = from; attempt < to; attempt++) {
    const { left } = budget;
    const item = drawnItem(making, schemas, { ...position, attempt, isFresh: from > 0 });
    if (item !== undefined && isNew(making, item)) return { found: item };
    repeated = item ?? repeated;
    budget.retries -= left - budget.left;
    if (budget.retries <= 0) break;
  }
  return repeated === undefined ? {} : { repeated };
}

interface Drawing extends ListPosition {
  readonly attempt: number;
  /** True once believable items were tried. */
  readonly isFresh: boolean;
}

/** An item that may be in the list, new or not. */
function drawnItem(
  { generation, place, facets, count }: Making,
  schemas: readonly SchemaAt[],
  { index, rank, attempt, isFresh }: Drawing,
): JsonValue | undefined {
  const path = joinPointer(place.path, attempt === 0 ? index : `${index}~${attempt}`);
  const position = { index, rank: rank + attempt };
  const at = itemPlace(generation, place, { position, path, isFresh: isFresh && facets.isUnique });
  const item = valueIfAny(() => generation.valueAt(at, schemas));
  return item !== undefined && count.admits(item) ? item : undefined;
}

/** True for an item that is not there yet, or that nobody would call a repetition. */
function isNew({ facets, seen }: Making, item: JsonValue): boolean {
  const mayRepeat = !facets.isUnique && (typeof item === 'object' || typeof item === 'boolean');
  return mayRepeat || !seen.has(jsonKey(item));
}

/** What chance has not found: a listed value, or one that is there already where that is allowed. */
function otherItem(
  { generation, facets, seen, count }: Making,
  schemas: readonly SchemaAt[],
  repeated: JsonValue | undefined,
): JsonValue | undefined {
  const listed = listedItems(generation, schemas).filter((item) => count.admits(item));
  const other = listed.find((item) => !seen.has(jsonKey(item)));
  return other ?? (facets.isUnique ? undefined : (repeated ?? listed[0]));
}

function valueIfAny(make: () => JsonValue): JsonValue | undefined {
  try {
    return make();
  } catch (error) {
    // Another draw may find a value.
    if (error instanceof NoValueError) return undefined;
    throw error;
  }
}

interface ItemPlace {
  readonly position: ListPosition;
  readonly path: string;
  readonly isFresh: boolean;
}

/** Items that are no objects are about somebody too: a list of e-mail addresses is one of different people. */
function itemPlace(
  { names, now, key }: Generation,
  { given: _, ...place }: Place,
  { position, path, isFresh }: ItemPlace,
): Place {
  const { entity } = place.subject;
  const subject = subjectOf({ names, now, key: `${key} ${path}`, entity, ...position });
  return { ...place, path, subject, depth: place.depth + 1, index: position, isFresh };
}

function schemasOf({ prefixItems, items }: Facets, index: number): readonly SchemaAt[] {
  const own = prefixItems[index] ?? [];
  return own.length > 0 ? own : items;
}

function lengthOf(
  generation: Generation,
  { path, depth, around }: Place,
  facets: Facets,
  isDeep: boolean,
): number {
  const least = leastItems(facets);
  if (isDeep || generation.attempt >= LEAN_ATTEMPT || wouldRecurse(around, facets.items)) return least;
  const fixed = facets.prefixItems.length;
  const isOpen =
    facets.items.every(({ schema }) => schema !== false) && (facets.items.length > 0 || fixed === 0);
  const usual = drawsOf(`${generation.key} ${path} length`).int(1, isInside(around) ? 2 : depth < 2 ? 5 : 3);
  const wanted = isOpen ? Math.max(fixed, usual) : fixed;
  return Math.min(Math.max(least, wanted), facets.maxItems);
}

/** How many items there must be, those that `contains` asks for behind the fixed ones as far as there is room. */
function leastItems({ minItems, maxItems, contains, prefixItems }: Facets): number {
  const asked = contains.reduce((sum, { least }) => sum + least, 0);
  return Math.max(minItems, asked > 0 ? Math.min(maxItems, asked + prefixItems.length) : 0);
}

/** True where a named schema stands inside itself: trees grow fast. */
function isInside(around: readonly string[]): boolean {
  return new Set(around).size < around.length;
}
