import type { SessionObject, UserInfo } from '../world/session-object.ts';
import type { World } from '../world/world.ts';
import type { Cell, FlatColumn } from './flat-columns.ts';

/** A small table that sessions refer to, derived from the world's dictionaries. */
export interface ReferenceTable {
  readonly name: string;
  readonly columns: readonly FlatColumn[];
  /** Names of the columns that identify a row. */
  readonly key: readonly string[];
  /** The one of them whose values can be of any length; the others are ids. */
  readonly longKey?: string;
  readonly rows: readonly (readonly Cell[])[];
}

/** Names of the reference tables. */
export type ReferenceTableName =
  | 'users'
  | 'groups'
  | 'user_groups'
  | 'resources'
  | 'connectors'
  | 'external_ids';

/** The shape of every reference table, in the order in which they can be loaded. */
export const REFERENCE_SHAPES: Readonly<Record<ReferenceTableName, Omit<ReferenceTable, 'name' | 'rows'>>> = {
  users: shape(['id', 'name', 'email', 'type'], ['id']),
  groups: shape(['name'], ['name'], 'name'),
  user_groups: shape(['user_id', 'group_name'], ['user_id', 'group_name'], 'group_name'),
  resources: shape(['id', 'type', 'name', 'technology'], ['id']),
  connectors: shape(['id', 'name'], ['id']),
  external_ids: shape(['user_id', 'external_id'], ['user_id', 'external_id'], 'external_id'),
};

/**
 * The tables `users`, `groups`, `user_groups`, `resources`, `connectors` and `external_ids` of a world: the
 * whole directory, whether or not a session refers to it. An entry without an id has no row; of several entries
 * with one id (fixtures can have them) the first says name and e-mail, while groups and external ids are those of all.
 * Rows are in the directory's order.
 */
export function referenceTables(world: World): readonly ReferenceTable[] {
  const users = usersOf(world);
  const groups = new Set(users.flatMap(({ groups }) => groups ?? []));
  const resources = world.dictionary('resource').map(({ resource }) => resource);
  const connectors = world.dictionary('connector').map(({ connector }) => connector);
  return [
    table(
      'users',
      rowsById(users, ({ id, name, email, type }) => [id, name, email, type]),
    ),
    table(
      'groups',
      [...groups].map((name) => [name]),
    ),
    table('user_groups', pairs(users, 'groups')),
    table(
      'resources',
      rowsById(resources, ({ id, type, name, technology }) => [id, type, name, technology]),
    ),
    table(
      'connectors',
      rowsById(connectors, ({ id, name }) => [id, name]),
    ),
    table('external_ids', pairs(users, 'externalIds')),
  ];
}

/** The dictionary's people and machines, in every form in which sessions have them. */
function usersOf(world: World): UserInfo[] {
  const infoOf = ({ user }: SessionObject): (UserInfo | undefined)[] => [
    user?.formal?.user,
    user?.formal?.endUser,
  ];
  const entries = [...world.dictionary('user'), ...world.dictionary('endUser')];
  return entries.flatMap(infoOf).filter((info) => info !== undefined);
}

function distinctById<T extends { readonly id?: string }>(entries: readonly (T | undefined)[]): T[] {
  const known = new Map<string, T>();
  for (const entry of entries) {
    if (entry?.id !== undefined && !known.has(entry.id)) known.set(entry.id, entry);
  }
  return [...known.values()];
}

function rowsById<T extends { readonly id?: string }>(
  entries: readonly (T | undefined)[],
  cells: (entry: T) => readonly Cell[],
): (readonly Cell[])[] {
  return distinctById(entries).map(cells);
}

function pairs(users: readonly UserInfo[], list: 'groups' | 'externalIds'): Cell[][] {
  const values = new Map<string, Set<string>>();
  for (const { id, [list]: more = [] } of users) {
    if (id === undefined) continue;
    values.set(id, new Set([...(values.get(id) ?? []), ...more]));
  }
  return [...values].flatMap(([id, own]) => [...own].map((value) => [id, value]));
}

function table(name: ReferenceTableName, rows: readonly (readonly Cell[])[]): ReferenceTable {
  return { name, ...REFERENCE_SHAPES[name], rows };
}

function shape(
  names: readonly string[],
  key: readonly string[],
  longKey?: string,
): Omit<ReferenceTable, 'name' | 'rows'> {
  return {
    columns: names.map((name) => ({ name, type: 'text' })),
    key,
    ...(longKey !== undefined && { longKey }),
  };
}
