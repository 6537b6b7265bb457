import { drawsOf } from './draw.ts';
import type { Facets } from './facets.ts';
import { type Generation, NoValueError, type Place } from './generation.ts';
import { joinPointer } from './json-pointer.ts';
import type { JsonValue } from './schema-object.ts';
import type { SchemaAt } from './schema-view.ts';

/** Tries to find an item that is not there yet before the list is left shorter. */
const UNIQUE_ATTEMPTS = 20;

/** A list that meets its facets. */
export function generateList(
  generation: Generation,
  place: Place,
  facets: Facets,
  isDeep: boolean,
): JsonValue[] {
  const items: JsonValue[] = [];
  const seen = new Set<string>();
  const length = lengthOf(generation, place, facets, isDeep);
  for (let index = 0; index < length; index++) {
    const item = itemAt(generation, place, { facets, index, seen });
    if (item === undefined) break;
    seen.add(JSON.stringify(item));
    items.push(item);
  }
  if (items.length < facets.minItems)
    throw new NoValueError(`no ${facets.minItems} different items were found`);
  return items;
}

interface Item {
  readonly facets: Facets;
  readonly index: number;
  readonly seen: ReadonlySet<string>;
}

function itemAt(generation: Generation, place: Place, { facets, index, seen }: Item): JsonValue | undefined {
  const schemas = schemasOf(facets, index);
  if (schemas.some(({ schema }) => schema === false)) return undefined;
  for (let attempt = 0; attempt < (facets.isUnique ? UNIQUE_ATTEMPTS : 1); attempt++) {
    const step = attempt === 0 ? String(index) : `${index}~${attempt}`;
    const item = generation.valueAt(
      {
        ...without(place),
        path: joinPointer(place.path, step),
        depth: place.depth + 1,
        index: index + attempt,
      },
      schemas,
    );
    if (!facets.isUnique || !seen.has(JSON.stringify(item))) return item;
  }
  return undefined;
}

function without({ given: _, ...place }: Place): Place {
  return place;
}

function schemasOf({ prefixItems, items, contains, minContains }: Facets, index: number): SchemaAt[] {
  const own = prefixItems[index] ?? [];
  // Items that `contains` asks for come first behind the fixed ones.
  const asked = index - prefixItems.length;
  const isAsked = own.length === 0 && asked >= 0 && asked < minContains;
  return [...(own.length > 0 ? own : items), ...(isAsked ? contains : [])];
}

function lengthOf(generation: Generation, { path, depth }: Place, facets: Facets, isDeep: boolean): number {
  const least = Math.max(
    facets.minItems,
    facets.minContains + (facets.minContains > 0 ? facets.prefixItems.length : 0),
  );
  if (isDeep) return least;
  const fixed = facets.prefixItems.length;
  const isOpen =
    facets.items.every(({ schema }) => schema !== false) && (facets.items.length > 0 || fixed === 0);
  const usual = drawsOf(`${generation.key} ${path} length`).int(1, depth < 2 ? 5 : 3);
  const wanted = isOpen ? Math.max(fixed, usual) : fixed;
  return Math.min(Math.max(least, wanted), facets.maxItems);
}
