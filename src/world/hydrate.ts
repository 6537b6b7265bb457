import type { Chunk } from './chunk.ts';
import { createTimestampWriter, formatDuration } from './civil-time.ts';
import type { CodeReader } from './code-columns.ts';
import type { Dictionaries } from './dictionaries.ts';
import { createFragments } from './fragments.ts';
import type { SessionIds } from './session-id.ts';
import type { SessionObject, SessionUser } from './session-object.ts';
import type { CodeColumn } from './world.ts';

/** Makes sessions out of rows. */
export interface Hydrator {
  idOf(chunk: Chunk, row: number): string;
  toObject(chunk: Chunk, row: number, now: number): SessionObject;
  /** `JSON.stringify` of {@link Hydrator.toObject}, byte for byte. */
  toJson(chunk: Chunk, row: number, now: number): string;
}

/** What a hydrator reads from. */
export interface HydratorOptions {
  readonly ids: SessionIds;
  readonly codes: CodeReader;
  readonly dictionaries: () => Dictionaries;
}

/** A session under construction: members are added in the order of the wire. */
type Draft = { -readonly [Member in keyof SessionObject]: SessionObject[Member] };

const NOTHING: SessionObject = {};

/** Makes the hydrator of a world. */
export function createHydrator({ ids, codes, dictionaries }: HydratorOptions): Hydrator {
  const formatTimestamp = createTimestampWriter();
  const fragments = createFragments(dictionaries);
  const idOf = (chunk: Chunk, row: number): string =>
    ids.encode(
      { bucket: chunk.bucket, emission: chunk.emission[row] ?? 0 },
      chunk.idsKey,
      chunk.start[row] ?? 0,
    );
  const toObject = (chunk: Chunk, row: number, now: number): SessionObject => {
    const start = chunk.start[row] ?? 0;
    const end = chunk.end[row] ?? 0;
    const session: Draft = { id: idOf(chunk, row), startTime: formatTimestamp(start) };
    if (end <= now) {
      session.endTime = formatTimestamp(end);
      session.duration = formatDuration(end - start);
    }
    session.sessionStatus = statusOf(chunk, row, now);
    addParts(session, { dictionaries: dictionaries(), codes, chunk, row });
    const parent = chunk.parents.get(row);
    if (parent !== undefined) session.parentSessionId = idOf(chunk, parent);
    return session;
  };
  const toJson = (chunk: Chunk, row: number, now: number): string => {
    const start = chunk.start[row] ?? 0;
    const end = chunk.end[row] ?? 0;
    const ended =
      end <= now ? `,"endTime":"${formatTimestamp(end)}","duration":"${formatDuration(end - start)}"` : '';
    const parent = chunk.parents.get(row);
    const family = parent === undefined ? '' : `,"parentSessionId":"${idOf(chunk, parent)}"`;
    const user = chunk.user[row] ?? 0;
    return `{"id":"${idOf(chunk, row)}","startTime":"${formatTimestamp(start)}"${ended},"sessionStatus":"${statusOf(
      chunk,
      row,
      now,
    )}"${fragments.network(
      codes.codeOf('clientIp', chunk, row),
      codes.codeOf('serverIp', chunk, row),
    )}${fragments.sidecar(codes.codeOf('sidecar', chunk, row))}${fragments.user(
      user,
      chunk.endUser[row] ?? 0,
    )}${fragments.resource(chunk.resource[row] ?? 0)}${fragments.connector(
      codes.codeOf('connector', chunk, row),
    )}${family}}`;
  };
  return { idOf, toObject, toJson };
}

function statusOf(chunk: Chunk, row: number, now: number): string {
  if ((chunk.end[row] ?? 0) <= now) return 'completed';
  return chunk.quiet[row] === 1 ? 'idle' : 'active';
}

interface RowParts {
  readonly dictionaries: Dictionaries;
  readonly codes: CodeReader;
  readonly chunk: Chunk;
  readonly row: number;
}

function addParts(session: Draft, parts: RowParts): void {
  const network = networkOf(partOf('clientIp', parts).network, partOf('serverIp', parts).network);
  if (network !== undefined) session.network = network;
  const { sidecar } = partOf('sidecar', parts);
  if (sidecar !== undefined) session.sidecar = sidecar;
  const { user } = partOf('user', parts);
  if (user !== undefined) session.user = withEndUser(user, partOf('endUser', parts).user);
  const { resource } = partOf('resource', parts);
  if (resource !== undefined) session.resource = resource;
  const { connector } = partOf('connector', parts);
  if (connector !== undefined) session.connector = connector;
}

function partOf(column: CodeColumn, { dictionaries, codes, chunk, row }: RowParts): SessionObject {
  return dictionaries[column][codes.codeOf(column, chunk, row)] ?? NOTHING;
}

function networkOf(
  client: SessionObject['network'],
  server: SessionObject['network'],
): SessionObject['network'] {
  return client === undefined || server === undefined ? (client ?? server) : { ...client, ...server };
}

function withEndUser(user: SessionUser, behind: SessionUser | undefined): SessionUser {
  return behind === undefined ? user : { ...user, formal: { ...user.formal, ...behind.formal } };
}
