import { compileSessionQuery } from '../query/compile-session-query.ts';
import { QueryError } from '../query/query-error.ts';
import type { World } from '../world/world.ts';
import { fixtureError } from './fixture-error.ts';
import { changeRow, createRow, createRowReader, type FixtureRow, rowOfWorld } from './fixture-row.ts';
import type { FixtureOperation, FixtureSource, Fixtures, FixtureTarget } from './fixtures.ts';
import { selectRows } from './select-rows.ts';
import { sessionIndexOf } from './session-index.ts';
import { DEFAULT_SETTINGS } from './settings.ts';

/** What fixtures make of a world. */
export interface Overlay {
  /** Indices of the world's sessions that are gone or replaced, ascending. */
  readonly removed: Float64Array;
  /** Sessions instead of them and beside them, in order of start and id. */
  readonly rows: readonly FixtureRow[];
}

/** Sessions a patch or drop by query may touch. */
const MAX_TOUCHED = 200_000;

/** Applies fixtures one after the other. Throws KitError `ERR_FIXTURE_INVALID`, naming file, line and pointer. */
export function applyFixtures(world: World, { operations, now }: Fixtures): Overlay {
  const removed = new Set<number>();
  const rows = new Map<string, FixtureRow>();
  const state: State = { world, now, removed, rows };
  for (const operation of operations) apply(operation, state);
  return {
    removed: Float64Array.from(removed).sort(),
    rows: [...rows.values()].sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1)),
  };
}

interface State {
  readonly world: World;
  readonly now: number;
  readonly removed: Set<number>;
  readonly rows: Map<string, FixtureRow>;
}

function apply(operation: FixtureOperation, state: State): void {
  const { world, now, removed, rows } = state;
  const { source } = operation;
  if (operation.kind === 'add') {
    const isTaken = (id: string): boolean => rows.has(id) || isShown(world.find(id), state);
    const row = createRow(operation.session, { now, source }, isTaken);
    rows.set(row.id, row);
    return;
  }
  const { ids, indices } = targetsOf(operation.target, state, source);
  if (operation.kind === 'drop') {
    for (const id of ids) rows.delete(id);
    for (const index of indices) removed.add(index);
    return;
  }
  const { set } = operation;
  for (const id of ids) {
    const row = rows.get(id);
    if (row !== undefined) rows.set(id, changeRow(row, set, { now, source }));
  }
  for (const index of indices) {
    const row = changeRow(rowOfWorld(world, index, now), set, { now, source });
    removed.add(index);
    rows.set(row.id, row);
  }
}

interface Targets {
  /** Rows that fixtures have made. */
  readonly ids: readonly string[];
  /** Sessions of the world. */
  readonly indices: readonly number[];
}

function targetsOf(target: FixtureTarget, state: State, source: FixtureSource): Targets {
  if ('where' in target) return targetsOfQuery(target.where, state, source);
  const { id } = target;
  if (state.rows.has(id)) return { ids: [id], indices: [] };
  const index = state.world.find(id);
  if (!isShown(index, state)) throw fixtureError(source, `there is no session ${JSON.stringify(id)}`);
  return { ids: [], indices: [index] };
}

function isShown(index: number, { removed }: State): boolean {
  return index >= 0 && !removed.has(index);
}

function targetsOfQuery(where: string, state: State, source: FixtureSource): Targets {
  const { world, now, rows } = state;
  try {
    const { warnings } = sessionIndexOf(world).query(where, { now, settings: DEFAULT_SETTINGS });
    // In a request a name that nobody knows finds nothing; in a file it is a slip of the pen.
    const unknown = warnings.find(({ code }) => code === 'unknown_field');
    if (unknown !== undefined) throw fixtureError(source, unknown.message, '/where');
    const { matches } = compileSessionQuery(where, { now });
    const toSession = createRowReader();
    const ids = [...rows.values()]
      .filter((row) => row.start <= now && matches(toSession(row, now)))
      .map(({ id }) => id);
    const indices = [...indicesOfQuery(where, world, now)].filter((index) => isShown(index, state));
    if (ids.length + indices.length <= MAX_TOUCHED) return { ids, indices };
  } catch (error) {
    if (error instanceof QueryError) throw fixtureError(source, error.message, '/where');
    throw error;
  }
  throw fixtureError(source, `the query finds more than ${MAX_TOUCHED} sessions: narrow it`, '/where');
}

function indicesOfQuery(where: string, world: World, now: number): readonly number[] {
  const context = { now, settings: DEFAULT_SETTINGS };
  const index = sessionIndexOf(world);
  const steps = selectRows(world, {
    rows: { low: 0, high: world.count(now) },
    order: index.order('', DEFAULT_SETTINGS),
    plan: index.query(where, context).plan,
    now,
    most: MAX_TOUCHED + 1,
    after: undefined,
  });
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}
