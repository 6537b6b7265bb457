import type { Cast, CastUser } from './cast.ts';
import type { Chunk } from './chunk.ts';
import { DAY_MS } from './civil-time.ts';
import { ROW_FIELDS, rowKeyOf } from './draft.ts';
import { below, deriveKey, draw, fraction } from './hash.ts';
import type { ScenarioShares } from './scenario.ts';
import type { CodeColumn, Codes } from './world.ts';

/** The dictionary numbers of rows, one at a time or a column at once. */
export interface CodeReader {
  codeOf(column: CodeColumn, chunk: Chunk, row: number): number;
  /** The whole column, made on first use and kept with the chunk. */
  column(column: CodeColumn, chunk: Chunk): Codes;
}

const OFFICE_DAYS = 0.52;
const HOME_DAYS = 0.84;
const HOME_ON_WEEKENDS = 0.8;

/** The connector a session without a resource came through, out of so many; 0 when there is none. */
export function connectorOfProbe(rowKey: number, connectors: number): number {
  return connectors === 0 ? 0 : 1 + below(draw(rowKey, ROW_FIELDS.connector), connectors);
}

/** Makes the reader of a world. */
export function createCodeReader(cast: Cast, shares: ScenarioShares): CodeReader {
  const sidecarBelow = shares.sidecar * 4294967296;
  const connectors = cast.directory.connectors.length;
  const { users, strangers } = cast;
  const keyOf = (chunk: Chunk, row: number): number => rowKeyOf(chunk.rowsKey, chunk.emission[row] ?? 0);

  const connector = (chunk: Chunk, row: number): number => {
    const resource = chunk.resource[row] ?? 0;
    return resource > 0
      ? (cast.connectorOfResource[resource] ?? 0)
      : connectorOfProbe(keyOf(chunk, row), connectors);
  };
  const sidecar = (chunk: Chunk, row: number): number =>
    draw(keyOf(chunk, row), ROW_FIELDS.sidecar) < sidecarBelow
      ? (cast.sidecarOfResource[chunk.resource[row] ?? 0] ?? 0)
      : 0;
  const strangerOf = (chunk: Chunk, row: number): number =>
    strangers[below(draw(keyOf(chunk, row), ROW_FIELDS.client), strangers.length)] ?? 0;
  const clientIp = (chunk: Chunk, row: number): number => {
    const stated = chunk.clients.get(row);
    if (stated !== undefined) return stated;
    const resource = chunk.resource[row] ?? 0;
    if (resource > 0 && cast.serverOfResource[resource] === 0) return 0;
    const user = users[chunk.user[row] ?? 0];
    return user === undefined || user.addresses.length === 0
      ? strangerOf(chunk, row)
      : addressOf(user, chunk.start[row] ?? 0);
  };
  const readers: Readonly<Record<CodeColumn, (chunk: Chunk, row: number) => number>> = {
    user: (chunk, row) => chunk.user[row] ?? 0,
    endUser: (chunk, row) => chunk.endUser[row] ?? 0,
    resource: (chunk, row) => chunk.resource[row] ?? 0,
    connector,
    sidecar,
    clientIp,
    serverIp: (chunk, row) => cast.serverOfResource[chunk.resource[row] ?? 0] ?? 0,
  };
  const sizes: Readonly<Record<CodeColumn, number>> = {
    user: users.length,
    endUser: users.length,
    resource: cast.serverOfResource.length,
    connector: connectors + 1,
    sidecar: cast.directory.sidecars.length + 1,
    clientIp: cast.clientAddresses.length,
    serverIp: cast.serverAddresses.length,
  };
  return {
    codeOf: (column, chunk, row) => readers[column](chunk, row),
    column: (column, chunk) => {
      const stored = storedColumn(column, chunk) ?? chunk.derived.get(column);
      if (stored !== undefined) return stored;
      const made = new (sizes[column] <= 256 ? Uint8Array : Uint16Array)(chunk.length);
      const read = readers[column];
      for (let row = 0; row < made.length; row++) made[row] = read(chunk, row);
      chunk.derived.set(column, made);
      return made;
    },
  };
}

function storedColumn(column: CodeColumn, chunk: Chunk): Codes | undefined {
  return column === 'user' || column === 'endUser' || column === 'resource' ? chunk[column] : undefined;
}

function addressOf({ isPerson, addresses, offsetMs, key }: CastUser, start: number): number {
  const day = Math.floor((start + offsetMs) / DAY_MS);
  return addresses[isPerson ? siteOf(deriveKey(key, day), day) : 0] ?? 0;
}

/** Where a person works on a day: 0 office, 1 home, 2 elsewhere through the VPN. */
function siteOf(dayKey: number, day: number): number {
  const at = fraction(draw(dayKey, ROW_FIELDS.client));
  // Day 0 was a Thursday: Saturdays are 2 and Sundays 3 days after a multiple of 7.
  const isWeekend = day % 7 === 2 || day % 7 === 3;
  if (isWeekend) return at < HOME_ON_WEEKENDS ? 1 : 2;
  if (at < OFFICE_DAYS) return 0;
  return at < HOME_DAYS ? 1 : 2;
}
