import { drawsOf } from './draw.ts';
import type { Facets } from './facets.ts';
import { type Generation, type ListPosition, NoValueError, type Place } from './generation.ts';
import { joinPointer } from './json-pointer.ts';
import { wouldRecurse } from './recursion.ts';
import type { JsonValue } from './schema-object.ts';
import type { SchemaAt } from './schema-view.ts';
import { subjectOf } from './subject.ts';

/** Tries to find an item that is not there yet before the list is left shorter. */
const ATTEMPTS = 20;

/** A list that meets its facets. Repeated texts and numbers are left out also where they would be allowed. */
export function generateList(
  generation: Generation,
  place: Place,
  facets: Facets,
  isDeep: boolean,
): JsonValue[] {
  const items: JsonValue[] = [];
  const seen = new Set<string>();
  const length = lengthOf(generation, place, facets, isDeep);
  const first = drawsOf(`${generation.key} ${place.path} first`).int(0, 1000);
  for (let index = 0; index < length; index++) {
    const item = itemAt(generation, place, { facets, index, rank: first + index, seen });
    if (item === undefined) break;
    seen.add(JSON.stringify(item));
    items.push(item);
  }
  if (items.length < facets.minItems)
    throw new NoValueError(`no ${facets.minItems} different items were found`);
  return items;
}

interface Item extends ListPosition {
  readonly facets: Facets;
  readonly seen: ReadonlySet<string>;
}

function itemAt(
  generation: Generation,
  place: Place,
  { facets, index, rank, seen }: Item,
): JsonValue | undefined {
  const schemas = schemasOf(facets, index);
  if (schemas.some(({ schema }) => schema === false)) return undefined;
  let item: JsonValue | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const position = { index, rank: rank + attempt };
    const path = joinPointer(place.path, attempt === 0 ? index : `${index}~${attempt}`);
    item = generation.valueAt(itemPlace(generation, place, { position, path }), schemas);
    const mayRepeat = !facets.isUnique && (typeof item === 'object' || typeof item === 'boolean');
    if (mayRepeat || !seen.has(JSON.stringify(item))) return item;
  }
  return facets.isUnique || index >= leastItems(facets) ? undefined : item;
}

/** Items that are no objects are about somebody too: a list of e-mail addresses is one of different people. */
function itemPlace(
  { names, now, key }: Generation,
  { given: _, ...place }: Place,
  { position, path }: { readonly position: ListPosition; readonly path: string },
): Place {
  const { entity } = place.subject;
  const subject = subjectOf({ names, now, key: `${key} ${path}`, entity, ...position });
  return { ...place, path, subject, depth: place.depth + 1, index: position };
}

function schemasOf({ prefixItems, items, contains, minContains }: Facets, index: number): SchemaAt[] {
  const own = prefixItems[index] ?? [];
  // Items that `contains` asks for come first behind the fixed ones.
  const asked = index - prefixItems.length;
  const isAsked = own.length === 0 && asked >= 0 && asked < minContains;
  return [...(own.length > 0 ? own : items), ...(isAsked ? contains : [])];
}

function lengthOf(
  generation: Generation,
  { path, depth, around }: Place,
  facets: Facets,
  isDeep: boolean,
): number {
  const least = leastItems(facets);
  if (isDeep || wouldRecurse(around, facets.items)) return least;
  const fixed = facets.prefixItems.length;
  const isOpen =
    facets.items.every(({ schema }) => schema !== false) && (facets.items.length > 0 || fixed === 0);
  const usual = drawsOf(`${generation.key} ${path} length`).int(1, isInside(around) ? 2 : depth < 2 ? 5 : 3);
  const wanted = isOpen ? Math.max(fixed, usual) : fixed;
  return Math.min(Math.max(least, wanted), facets.maxItems);
}

/** How many items there must be, those that `contains` asks for behind the fixed ones. */
function leastItems({ minItems, minContains, prefixItems }: Facets): number {
  return Math.max(minItems, minContains > 0 ? minContains + prefixItems.length : 0);
}

/** True where a named schema stands inside itself: trees grow fast. */
function isInside(around: readonly string[]): boolean {
  return new Set(around).size < around.length;
}
