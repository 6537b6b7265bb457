/** A path of an answer: names of members, and a star for every element of a list. */
export type MutationPath = string;

type Place = Record<string, unknown>;

/** Damages one member; `values` are those of the same path all over the page, in order, and `at` is its position. */
export type Mutation = (
  place: Place,
  name: string,
  spot: { readonly at: number; readonly values: readonly unknown[] },
) => void;

/** Stands behind a name that must be written twice. */
const TWICE = '__twice';

function emptyLike(value: unknown): unknown {
  if (typeof value === 'string') return '';
  if (typeof value === 'number') return 0;
  return Array.isArray(value) ? [] : {};
}

function shifted(value: unknown): unknown {
  if (typeof value === 'number') return value + 1;
  if (typeof value !== 'string') return undefined;
  if (/^\d{4}-\d{2}-\d{2}T/.test(value))
    return new Date(Date.parse(value) + 1000).toISOString().replace('.000Z', 'Z');
  return /^[\d.]+s$/.test(value) ? `${Number(value.slice(0, -1)) + 1}s` : undefined;
}

function rename(place: Place, from: string, to: string): void {
  const value = place[from];
  delete place[from];
  place[to] = value;
}

/** Every way to damage a member. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  drop: (place, name) => {
    delete place[name];
  },
  null: (place, name) => {
    place[name] = null;
  },
  empty: (place, name) => {
    place[name] = emptyLike(place[name]);
  },
  'wrong type': (place, name) => {
    const value = place[name];
    place[name] = typeof value === 'string' ? 7 : typeof value === 'number' ? String(value) : 'text';
  },
  'one level too deep': (place, name) => {
    place[name] = [place[name]];
  },
  'wrong case of the name': (place, name) =>
    rename(
      place,
      name,
      name.replace(/^./, (letter) => letter.toUpperCase()),
    ),
  'snake_case name': (place, name) =>
    rename(place, name, `${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}_`),
  'wrong case of the value': (place, name) => {
    const value = place[name];
    if (typeof value === 'string') place[name] = value.toUpperCase();
  },
  duplicate: (place, name) => {
    const value = place[name];
    if (Array.isArray(value)) place[name] = [...value, ...value];
    else place[`${name}${TWICE}`] = value;
  },
  shift: (place, name, { at, values }) => {
    const moved = shifted(place[name]);
    // What cannot be moved is taken from the session beside it.
    place[name] = moved ?? values[(at + 1) % values.length];
  },
};

interface Spot {
  readonly place: Place;
  readonly name: string;
}

function spotsOf(value: unknown, steps: readonly string[]): Spot[] {
  const [step, ...rest] = steps;
  if (step === undefined || typeof value !== 'object' || value === null) return [];
  if (step === '*') return Array.isArray(value) ? value.flatMap((item) => spotsOf(item, rest)) : [];
  // It is no list, so it is an object.
  const place = value as Place;
  if (!(step in place)) return [];
  return rest.length === 0 ? [{ place, name: step }] : spotsOf(place[step], rest);
}

/** A JSON text with one kind of damage at every place of a path; other texts as they are. */
export function mutateText(text: string, path: MutationPath, mutation: Mutation): string {
  const value: unknown = JSON.parse(text);
  const spots = spotsOf(value, path.split('/'));
  const values = spots.map(({ place, name }) => place[name]);
  for (const [at, { place, name }] of spots.entries()) mutation(place, name, { at, values });
  return JSON.stringify(value).replaceAll(TWICE, '');
}

/** Every path of a JSON value, elements of lists as a star. */
export function pathsOf(value: unknown, prefix: readonly string[] = []): MutationPath[] {
  if (Array.isArray(value)) return value.flatMap((item) => pathsOf(item, [...prefix, '*']));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => [
    [...prefix, name].join('/'),
    ...pathsOf(item, [...prefix, name]),
  ]);
}
