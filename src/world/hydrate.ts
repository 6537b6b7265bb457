import type { Chunk } from './chunk.ts';
import { createTimestampWriter, formatDuration } from './civil-time.ts';
import type { CodeReader } from './code-columns.ts';
import type { Dictionaries } from './dictionaries.ts';
import { createFragments } from './fragments.ts';
import type { SessionIds } from './session-id.ts';
import type { SessionObject, SessionUser } from './session-object.ts';

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
    const parent = chunk.parentRow?.[row] ?? -1;
    return {
      id: idOf(chunk, row),
      startTime: formatTimestamp(start),
      ...(end <= now && { endTime: formatTimestamp(end), duration: formatDuration(end - start) }),
      sessionStatus: statusOf(chunk, row, now),
      ...partsOf(dictionaries(), codes, { chunk, row }),
      ...(parent >= 0 && { parentSessionId: idOf(chunk, parent) }),
    };
  };
  const toJson = (chunk: Chunk, row: number, now: number): string => {
    const start = chunk.start[row] ?? 0;
    const end = chunk.end[row] ?? 0;
    const ended =
      end <= now ? `,"endTime":"${formatTimestamp(end)}","duration":"${formatDuration(end - start)}"` : '';
    const parent = chunk.parentRow?.[row] ?? -1;
    const family = parent < 0 ? '' : `,"parentSessionId":"${idOf(chunk, parent)}"`;
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

function partsOf(
  dictionaries: Dictionaries,
  codes: CodeReader,
  { chunk, row }: { readonly chunk: Chunk; readonly row: number },
): SessionObject {
  const part = (column: keyof Dictionaries): SessionObject =>
    dictionaries[column][codes.codeOf(column, chunk, row)] ?? {};
  const client = part('clientIp').network;
  const server = part('serverIp').network;
  const { user } = part('user');
  return {
    ...((client || server) && { network: { ...client, ...server } }),
    ...part('sidecar'),
    ...(user && { user: withEndUser(user, part('endUser').user) }),
    ...part('resource'),
    ...part('connector'),
  };
}

function withEndUser(user: SessionUser, behind: SessionUser | undefined): SessionUser {
  return behind === undefined ? user : { ...user, formal: { ...user.formal, ...behind.formal } };
}
