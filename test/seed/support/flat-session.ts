import type { SessionObject } from '../../../src/world/session-object.ts';

/** A value of the wire by its path, e.g. `user.formal.endUser.email`. */
export function valueAt(session: SessionObject, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], session);
}

/** Paths of the wire by column name; `duration_seconds`, `start_time` and `end_time` are left out. */
export const PATHS: Readonly<Record<string, string>> = {
  id: 'id',
  session_status: 'sessionStatus',
  network_client_ip_address: 'network.clientIpAddress',
  network_server_ip_address: 'network.serverIpAddress',
  sidecar_id: 'sidecar.id',
  sidecar_name: 'sidecar.name',
  sidecar_technology: 'sidecar.technology',
  user_type: 'user.type',
  user_username: 'user.username',
  user_native_username: 'user.native.username',
  user_formal_user_id: 'user.formal.user.id',
  user_formal_user_name: 'user.formal.user.name',
  user_formal_user_email: 'user.formal.user.email',
  user_formal_user_type: 'user.formal.user.type',
  user_formal_user_groups: 'user.formal.user.groups',
  user_formal_user_external_ids: 'user.formal.user.externalIds',
  user_formal_end_user_id: 'user.formal.endUser.id',
  user_formal_end_user_name: 'user.formal.endUser.name',
  user_formal_end_user_email: 'user.formal.endUser.email',
  user_formal_end_user_type: 'user.formal.endUser.type',
  user_formal_end_user_groups: 'user.formal.endUser.groups',
  user_formal_end_user_external_ids: 'user.formal.endUser.externalIds',
  resource_type: 'resource.type',
  resource_id: 'resource.id',
  resource_name: 'resource.name',
  resource_technology: 'resource.technology',
  connector_id: 'connector.id',
  connector_name: 'connector.name',
  parent_session_id: 'parentSessionId',
};

/** A session as a flat row: texts and lists as they are, times in ms, the duration in seconds; absent is null. */
export function flatSession(session: SessionObject): Record<string, unknown> {
  const { startTime, endTime, duration } = session;
  return {
    ...Object.fromEntries(
      Object.entries(PATHS).map(([name, path]) => [name, valueAt(session, path) ?? null]),
    ),
    start_time: startTime === undefined ? null : Date.parse(startTime),
    end_time: endTime === undefined ? null : Date.parse(endTime),
    duration_seconds: duration === undefined ? null : Number(duration.replace('s', '')),
  };
}
