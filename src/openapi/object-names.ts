import { schemasFor } from './declared-names.ts';
import { drawsOf } from './draw.ts';
import { extraNames } from './extra-names.ts';
import type { Facets } from './facets.ts';
import { type Generation, NoValueError, type Place } from './generation.ts';
import { wouldRecurse } from './recursion.ts';
import { keywordOf } from './schema-view.ts';

/** A property an object gets. */
export interface ChosenName {
  readonly name: string;
  /** True where the object is complete without it. */
  readonly isOptional: boolean;
}

/**
 * The properties of an object: those it must have, with all that these ask for, optional ones as far as there is room,
 * and as many of any other name as it lacks. Throws {@link NoValueError} where there are too few.
 */
export function namesOf(generation: Generation, place: Place, facets: Facets, isDeep: boolean): ChosenName[] {
  const must = withDependents(facets, facets.required);
  const chosen = new Set(must);
  const declared = [...facets.properties.keys()].filter((name) =>
    isPossible(generation, place, { name, facets }),
  );
  const optional = isDeep ? [] : declared.filter((name) => isWanted(generation, place, name));
  for (const name of optional) addIfRoom(generation, { facets, chosen, declared }, name);
  // More of the optional ones where there must be more.
  for (const name of shuffled(generation, place, declared)) {
    if (sizeOf(generation, facets, chosen) >= facets.minProperties) break;
    addIfRoom(generation, { facets, chosen, declared }, name);
  }
  const present = inOrder(facets, chosen).filter((name) => travels(generation, facets, name));
  const mayShrink = facets.minProperties === 0;
  const extra = extraNames(generation, place, { facets, present, isDeep });
  const names = [...present, ...extra];
  if (names.length < facets.minProperties || names.length > facets.maxProperties)
    throw new NoValueError(`no ${facets.minProperties} properties are allowed`);
  return names.map((name) => ({
    name,
    isOptional: mayShrink && !must.has(name) && isFree(facets, chosen, name),
  }));
}

function shuffled({ key }: Generation, { path }: Place, names: readonly string[]): string[] {
  const ranked = names.map((name) => ({ name, rank: drawsOf(`${key} ${path} ${name} rank`).float() }));
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ name }) => name);
}

/** Declared names first, in the order of the document. */
function inOrder(facets: Facets, chosen: ReadonlySet<string>): string[] {
  const declared = [...facets.properties.keys()].filter((name) => chosen.has(name));
  return [...new Set([...declared, ...chosen])];
}

/** Names, and those they must not be without, and so on. */
function withDependents({ dependentRequired }: Facets, names: Iterable<string>): Set<string> {
  const all = new Set(names);
  // A set hands out what is added while it is walked.
  for (const name of all) for (const other of dependentRequired.get(name) ?? []) all.add(other);
  return all;
}

interface Choosing {
  readonly facets: Facets;
  readonly chosen: Set<string>;
  /** What may be there. */
  readonly declared: readonly string[];
}

function addIfRoom(generation: Generation, { facets, chosen, declared }: Choosing, name: string): void {
  if (chosen.has(name)) return;
  const together = withDependents(facets, [name]);
  const isDeclared = (other: string): boolean => declared.includes(other) || !facets.properties.has(other);
  const next = new Set([...chosen, ...together]);
  if (sizeOf(generation, facets, next) > facets.maxProperties || ![...together].every(isDeclared)) return;
  for (const other of together) chosen.add(other);
}

/** How many of them are sent. */
function sizeOf(generation: Generation, facets: Facets, names: ReadonlySet<string>): number {
  return [...names].filter((name) => travels(generation, facets, name)).length;
}

/** True where no other property asks for it. */
function isFree({ dependentRequired }: Facets, chosen: ReadonlySet<string>, name: string): boolean {
  return ![...chosen].some((other) => dependentRequired.get(other)?.includes(name));
}

/** False where a property must not be sent this way; what must be there anyway may then be absent. */
function travels({ root, direction }: Generation, facets: Facets, name: string): boolean {
  const keyword = direction === 'response' ? 'writeOnly' : 'readOnly';
  return (facets.properties.get(name) ?? []).every((at) => keywordOf(root, at, keyword) !== true);
}

interface Named {
  readonly name: string;
  readonly facets: Facets;
}

/** True for an optional property that can have a finite value, and a name that is allowed. */
function isPossible(generation: Generation, { around }: Place, { name, facets }: Named): boolean {
  const schemas = schemasFor(facets, name);
  if (wouldRecurse(around, schemas)) return false;
  if (schemas.some(({ schema }) => schema === false || generation.heights(schema) === Infinity)) return false;
  return facets.propertyNames.every((at) => generation.accepts(at, name));
}

/** Later tries leave out half of what is optional, then all. */
function isWanted({ attempt, key }: Generation, { path }: Place, name: string): boolean {
  if (attempt >= 12) return false;
  return attempt < 3 || drawsOf(`${key} ${path} ${name} wanted`).float() < 0.5;
}
