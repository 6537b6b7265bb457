import type { SessionObject } from '../world/session-object.ts';
import type { CodeColumn, World } from '../world/world.ts';
import type { SessionParts } from './fixture-parts.ts';
import type { FixtureRow } from './fixture-row.ts';

/** The dictionaries of a layered world: those below, with what only the overlay holds behind. */
export interface LayerDictionary {
  entries(column: CodeColumn): readonly SessionObject[];
  /** The numbers of the overlay's rows. */
  codes(column: CodeColumn): Uint32Array;
}

interface Column {
  readonly entries: readonly SessionObject[];
  readonly codes: Uint32Array;
}

/** Makes the dictionaries, each on first use; numbers of the world below stay what they are. */
export function createLayerDictionary(world: World, rows: readonly FixtureRow[]): LayerDictionary {
  const columns = new Map<CodeColumn, Column>();
  const columnOf = (name: CodeColumn): Column => {
    const known = columns.get(name);
    if (known !== undefined) return known;
    const made = extend(world.dictionary(name), rows, PARTS[name]);
    columns.set(name, made);
    return made;
  };
  return {
    entries: (column) => columnOf(column).entries,
    codes: (column) => columnOf(column).codes,
  };
}

type Parts = Readonly<Record<CodeColumn, (parts: SessionParts) => SessionObject>>;

const NOTHING: SessionObject = {};

const PARTS: Parts = {
  user: ({ user }) => {
    if (user?.formal?.endUser === undefined) return user === undefined ? NOTHING : { user };
    const { endUser: _, ...formal } = user.formal;
    return { user: { ...user, formal } };
  },
  endUser: ({ user }) => {
    const endUser = user?.formal?.endUser;
    return endUser === undefined ? NOTHING : { user: { formal: { endUser } } };
  },
  resource: ({ resource }) => (resource === undefined ? NOTHING : { resource }),
  connector: ({ connector }) => (connector === undefined ? NOTHING : { connector }),
  sidecar: ({ sidecar }) => (sidecar === undefined ? NOTHING : { sidecar }),
  clientIp: ({ network }) => {
    const clientIpAddress = network?.clientIpAddress;
    return clientIpAddress === undefined ? NOTHING : { network: { clientIpAddress } };
  },
  serverIp: ({ network }) => {
    const serverIpAddress = network?.serverIpAddress;
    return serverIpAddress === undefined ? NOTHING : { network: { serverIpAddress } };
  },
};

function extend(
  known: readonly SessionObject[],
  rows: readonly FixtureRow[],
  partOf: (parts: SessionParts) => SessionObject,
): Column {
  const entries = [...known];
  const numbers = new Map(entries.map((entry, number) => [JSON.stringify(entry), number]));
  const codes = Uint32Array.from(rows, ({ parts }) => {
    const part = partOf(parts);
    const text = JSON.stringify(part);
    const number = numbers.get(text);
    if (number !== undefined) return number;
    numbers.set(text, entries.length);
    return entries.push(part) - 1;
  });
  return { entries: Object.freeze(entries), codes };
}
