import type { SessionObject, UserInfo } from '../world/session-object.ts';
import type { CodeColumn } from '../world/world.ts';

/** What a column holds: `list` is a list of texts, `decimal` a number written in decimal digits. */
export type ColumnType = 'text' | 'timestamp' | 'decimal' | 'list';

/** One value of a flat row as text; a list stays a list. Absent is undefined. */
export type Cell = string | readonly string[] | undefined;

/** A column of a flat table. */
export interface FlatColumn {
  /** snake_case. */
  readonly name: string;
  readonly type: ColumnType;
}

/** A column of the flat form of a session. Names are the wire's paths in snake_case, joined by `_`. */
export interface SessionColumn extends FlatColumn {
  /** Its path on the wire, e.g. `user.formal.endUser.email`. */
  readonly path: string;
  /** Its value; works on a partial session too, such as a dictionary entry. */
  readonly read: (session: SessionObject) => Cell;
}

/** A part of a flat row: the row's own values, an entry of a dictionary, or the parent. */
export type ColumnGroup = CodeColumn | 'own' | 'family';

/** The parts of a flat row, in order: those of the row itself, those of a dictionary, and the parent. */
export const COLUMN_GROUPS: readonly ColumnGroup[] = [
  'own',
  'clientIp',
  'serverIp',
  'sidecar',
  'user',
  'endUser',
  'resource',
  'connector',
  'family',
];

/**
 * The flat form of a session, for CSV, SQL and flat Parquet, by group. `duration_seconds` is `duration`
 * as a number; every other column holds the wire's value.
 */
export const SESSION_COLUMNS: Readonly<Record<ColumnGroup, readonly SessionColumn[]>> = {
  own: [
    column('id', (session) => session.id),
    column('startTime', (session) => session.startTime, { type: 'timestamp' }),
    column('endTime', (session) => session.endTime, { type: 'timestamp' }),
    column('duration', (session) => secondsOf(session.duration), {
      type: 'decimal',
      name: 'duration_seconds',
    }),
    column('sessionStatus', (session) => session.sessionStatus),
  ],
  clientIp: [column('network.clientIpAddress', (session) => session.network?.clientIpAddress)],
  serverIp: [column('network.serverIpAddress', (session) => session.network?.serverIpAddress)],
  sidecar: [
    column('sidecar.id', (session) => session.sidecar?.id),
    column('sidecar.name', (session) => session.sidecar?.name),
    column('sidecar.technology', (session) => session.sidecar?.technology),
  ],
  user: [
    column('user.type', (session) => session.user?.type),
    column('user.username', (session) => session.user?.username),
    column('user.native.username', (session) => session.user?.native?.username),
    ...userInfoColumns('user.formal.user', (session) => session.user?.formal?.user),
  ],
  endUser: userInfoColumns('user.formal.endUser', (session) => session.user?.formal?.endUser),
  resource: [
    column('resource.type', (session) => session.resource?.type),
    column('resource.id', (session) => session.resource?.id),
    column('resource.name', (session) => session.resource?.name),
    column('resource.technology', (session) => session.resource?.technology),
  ],
  connector: [
    column('connector.id', (session) => session.connector?.id),
    column('connector.name', (session) => session.connector?.name),
  ],
  family: [column('parentSessionId', (session) => session.parentSessionId)],
};

/** All columns of {@link SESSION_COLUMNS} in order. */
export const ALL_SESSION_COLUMNS: readonly SessionColumn[] = COLUMN_GROUPS.flatMap(
  (group) => SESSION_COLUMNS[group],
);

/** `"4.262s"` -> `"4.262"`: a protobuf Duration in decimal seconds. Source: documented (protobuf JSON). */
export function secondsOf(duration: string | undefined): string | undefined {
  return duration?.replace(/s$/, '');
}

function userInfoColumns(
  path: string,
  read: (session: SessionObject) => UserInfo | undefined,
): SessionColumn[] {
  return [
    column(`${path}.id`, (session) => read(session)?.id),
    column(`${path}.name`, (session) => read(session)?.name),
    column(`${path}.email`, (session) => read(session)?.email),
    column(`${path}.type`, (session) => read(session)?.type),
    column(`${path}.groups`, (session) => read(session)?.groups, { type: 'list' }),
    column(`${path}.externalIds`, (session) => read(session)?.externalIds, { type: 'list' }),
  ];
}

function column(
  path: string,
  read: (session: SessionObject) => Cell,
  { type = 'text', name = snakeCase(path) }: { readonly type?: ColumnType; readonly name?: string } = {},
): SessionColumn {
  return { name, type, path, read };
}

function snakeCase(path: string): string {
  return path.replaceAll('.', '_').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
