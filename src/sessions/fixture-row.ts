import { createHash } from 'node:crypto';
import { createTimestampWriter, formatDuration } from '../world/civil-time.ts';
import type { SessionObject } from '../world/session-object.ts';
import { encodeBase32 } from '../world/type-id.ts';
import type { World } from '../world/world.ts';
import { fixtureError } from './fixture-error.ts';
import { changeParts, partsOf, type SessionParts } from './fixture-parts.ts';
import { changeTimes, type FixtureTimes, statusAt, type TimesContext } from './fixture-times.ts';
import type { SessionPatch } from './fixtures.ts';

/** A session that a fixture has made or changed. */
export interface FixtureRow extends FixtureTimes {
  readonly id: string;
  readonly parts: SessionParts;
  readonly parentId: string | undefined;
}

const NEW: Omit<FixtureRow, 'id'> = {
  start: 0,
  end: Number.POSITIVE_INFINITY,
  isQuiet: false,
  parts: {},
  parentId: undefined,
};

/** The row of an added session; `isTaken` tells which ids exist. Throws KitError `ERR_FIXTURE_INVALID`. */
export function createRow(
  session: SessionObject,
  context: TimesContext,
  isTaken: (id: string) => boolean,
): FixtureRow {
  if (session.startTime === undefined) throw fixtureError(context.source, 'startTime is missing');
  const row = changeRow({ ...NEW, id: '' }, { ...session, id: undefined }, context);
  const { id } = session;
  if (id === undefined || id === '') return { ...row, id: freeId(row, isTaken) };
  if (isTaken(id)) {
    throw fixtureError(context.source, `a session ${JSON.stringify(id)} exists; patch or drop it`, '/id');
  }
  return { ...row, id };
}

/** A row after a change. Throws KitError `ERR_FIXTURE_INVALID`. */
export function changeRow(row: FixtureRow, change: SessionPatch, context: TimesContext): FixtureRow {
  if (change['id'] !== undefined) {
    throw fixtureError(context.source, 'the id of a session cannot be changed', '/id');
  }
  const parent = change['parentSessionId'];
  return {
    ...changeTimes(change, row, context),
    id: row.id,
    parts: changeParts(row.parts, partsOf(change)),
    parentId: parent === undefined ? row.parentId : String(parent ?? '') || undefined,
  };
}

/** A session of a world as a row. */
export function rowOfWorld(world: World, index: number, now: number): FixtureRow {
  const { id = '', parentSessionId, ...session } = world.at(index, now);
  const parts = changeParts({}, partsOf(session));
  for (const { start, end, quiet } of world.scan({ low: index, high: index + 1, descending: false })) {
    return {
      id,
      parts,
      parentId: parentSessionId,
      start: start[0] ?? 0,
      end: end[0] ?? 0,
      isQuiet: quiet[0] === 1,
    };
  }
  throw new RangeError(`no session at index ${index}`);
}

/** Makes the function that turns rows into sessions, members in the order of the wire. */
export function createRowReader(): (row: FixtureRow, now: number) => SessionObject {
  const formatTimestamp = createTimestampWriter();
  return (row, now) => {
    const { id, start, end, parentId } = row;
    const { network, sidecar, user, resource, connector, ...others } = row.parts;
    return {
      id,
      startTime: formatTimestamp(start),
      ...(end <= now && { endTime: formatTimestamp(end), duration: formatDuration(end - start) }),
      sessionStatus: statusAt(row, now),
      ...(network !== undefined && { network }),
      ...(sidecar !== undefined && { sidecar }),
      ...(user !== undefined && { user }),
      ...(resource !== undefined && { resource }),
      ...(connector !== undefined && { connector }),
      ...(parentId !== undefined && { parentSessionId: parentId }),
      ...others,
    };
  };
}

/** An id as sessions have them: a UUIDv7 of the start, the rest from the content. */
function freeId(row: FixtureRow, isTaken: (id: string) => boolean): string {
  const { start, end, isQuiet, parts, parentId } = row;
  for (let copy = 0; ; copy++) {
    const text = JSON.stringify([start, String(end), isQuiet, parts, parentId, copy]);
    const bytes = createHash('sha256').update(text).digest();
    const high = Math.floor(start / 65_536);
    const w1 = ((start - high * 65_536) << 16) | 0x7000 | (bytes.readUInt16BE(0) >>> 4);
    const w2 = 0x80000000 | (bytes.readUInt32BE(2) >>> 2);
    const id = `session_${encodeBase32(high, w1, w2, bytes.readUInt32BE(6))}`;
    if (!isTaken(id)) return id;
  }
}
