import { createColumnsReader, rememberByCode } from '../world/block-columns.ts';
import type { SessionObject } from '../world/session-object.ts';
import type { CodeColumn, World, WorldBlock } from '../world/world.ts';
import { ALL_SESSION_COLUMNS, COLUMN_GROUPS, SESSION_COLUMNS, secondsOf } from './flat-columns.ts';
import { createOwnReader } from './own-values.ts';
import { microsecondsOf, type ParquetStruct, type ParquetValue, parquetValue } from './parquet-schema.ts';

/** The value of a top-level Parquet column. */
export type ColumnValue = ParquetValue | ParquetStruct;

/** Appends one row to the top-level columns, which are in the schema's order. */
export type RowAdder = (columns: readonly ColumnValue[][], block: WorldBlock, row: number) => void;

/** Names of the flat form's columns. */
export const FLAT_NAMES: readonly string[] = ALL_SESSION_COLUMNS.map(({ name }) => name);

/** Names of the nested form's top-level columns. */
export const NESTED_NAMES: readonly string[] = [
  ...new Set(ALL_SESSION_COLUMNS.map(({ path }) => path.split('.')[0] ?? '')),
].map((name) => (name === 'duration' ? 'durationSeconds' : name));

/** Adds flat rows made from the sessions themselves: right for every world. */
export function createObjectFlatAdder(world: World, now: number): RowAdder {
  return (columns, block, row) => {
    const session = world.at(block.first + row, now);
    for (const [place, { type, read }] of ALL_SESSION_COLUMNS.entries()) {
      columns[place]?.push(parquetValue(read(session), type));
    }
  };
}

/** Adds nested rows made from the sessions themselves: right for every world. */
export function createObjectNestedAdder(world: World, now: number): RowAdder {
  return (columns, block, row) => {
    const { startTime, endTime, duration, ...rest } = world.at(block.first + row, now);
    const values: ParquetStruct = {
      // The rest of a session is texts, lists of texts and groups of them; interfaces have no index signature.
      ...(rest as unknown as ParquetStruct),
      startTime: startTime === undefined ? undefined : microsecondsOf(startTime),
      endTime: endTime === undefined ? undefined : microsecondsOf(endTime),
      durationSeconds: duration === undefined ? undefined : Number(secondsOf(duration)),
    };
    for (const [place, name] of NESTED_NAMES.entries()) columns[place]?.push(values[name]);
  };
}

/** Adds flat rows made from a world's columns: no object a row, every shared value made once. */
export function createColumnFlatAdder(world: World, now: number): RowAdder {
  const addOwn = createOwnAdder(world, now);
  const codesOf = createColumnsReader();
  const groups = COLUMN_GROUPS.filter((group) => group !== 'own' && group !== 'family');
  const cells = new Map(
    groups.map((group) => [
      group,
      rememberByCode((code) => {
        const entry = world.dictionary(group)[code] ?? {};
        return SESSION_COLUMNS[group].map(({ read, type }) => parquetValue(read(entry), type));
      }),
    ]),
  );
  return (columns, block, row) => {
    const codes = codesOf(block);
    let place = OWN_COLUMNS;
    const parent = addOwn(columns, block, row);
    for (const [group, cellsOf] of cells) {
      for (const value of cellsOf(codes[group][row] ?? 0)) columns[place++]?.push(value);
    }
    columns[place]?.push(parent);
  };
}

/** Adds nested rows made from a world's columns: structs are shared by all rows that have the same. */
export function createColumnNestedAdder(world: World, now: number): RowAdder {
  const addOwn = createOwnAdder(world, now);
  const codesOf = createColumnsReader();
  const entryOf = (column: CodeColumn, code: number): SessionObject => world.dictionary(column)[code] ?? {};
  const structOf = (name: 'sidecar' | 'resource' | 'connector') =>
    rememberByCode((code) => entryOf(name, code)[name] as unknown as ParquetStruct | undefined); // groups of texts
  const [sidecar, resource, connector] = [structOf('sidecar'), structOf('resource'), structOf('connector')];
  const network = rememberByPair(world.dictionary('serverIp').length, (client, server) =>
    merged(entryOf('clientIp', client).network, entryOf('serverIp', server).network),
  );
  const user = rememberByPair(world.dictionary('endUser').length, (code, behind) => {
    const { user: own } = entryOf('user', code);
    const { user: end } = entryOf('endUser', behind);
    return end === undefined
      ? merged(own, undefined)
      : merged(own, { formal: merged(own?.formal, end.formal) });
  });
  return (columns, block, row) => {
    const codes = codesOf(block);
    const code = (column: CodeColumn): number => codes[column][row] ?? 0;
    const parent = addOwn(columns, block, row);
    columns[OWN_COLUMNS]?.push(network(code('clientIp'), code('serverIp')));
    columns[OWN_COLUMNS + 1]?.push(sidecar(code('sidecar')));
    columns[OWN_COLUMNS + 2]?.push(user(code('user'), code('endUser')));
    columns[OWN_COLUMNS + 3]?.push(resource(code('resource')));
    columns[OWN_COLUMNS + 4]?.push(connector(code('connector')));
    columns[OWN_COLUMNS + 5]?.push(parent);
  };
}

/** Id, start, end, duration and status come first in both forms. */
const OWN_COLUMNS = SESSION_COLUMNS.own.length;

/** Adds a row's own values and gives its parent. */
function createOwnAdder(
  world: World,
  now: number,
): (columns: readonly ColumnValue[][], block: WorldBlock, row: number) => string | undefined {
  const own = createOwnReader(world, now);
  return ([ids, starts, ends, durations, statuses], block, row) => {
    const { id, sessionStatus, parentSessionId } = own(block, row);
    const [start, end] = [block.start[row] ?? 0, block.end[row] ?? 0];
    const isOver = end <= now;
    ids?.push(id);
    starts?.push(BigInt(start) * 1000n);
    ends?.push(isOver ? BigInt(end) * 1000n : undefined);
    durations?.push(isOver ? (end - start) / 1000 : undefined);
    statuses?.push(sessionStatus);
    return parentSessionId === '' ? undefined : parentSessionId;
  };
}

/** Two groups as one, the members of the second first in rank; undefined when both are. */
function merged(one: object | undefined, other: object | undefined): ParquetStruct | undefined {
  // Groups of a session hold texts, lists of texts and groups.
  return one === undefined && other === undefined ? undefined : ({ ...one, ...other } as ParquetStruct);
}

/** Pairs that are remembered, at most; beyond that they are made again. */
const MAX_PAIRS = 100_000;

function rememberByPair<T>(seconds: number, make: (first: number, second: number) => T): typeof make {
  const known = new Map<number, T>();
  return (first, second) => {
    const key = first * seconds + second;
    const found = known.get(key);
    if (found !== undefined || known.has(key)) return found as T; // has says that it is one
    const made = make(first, second);
    if (known.size >= MAX_PAIRS) known.clear();
    known.set(key, made);
    return made;
  };
}
