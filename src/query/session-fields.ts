import { type NumberForm, parseNumber, type Scalar } from './field.ts';

/** The columns of a world that hold dictionary numbers; `user` is without `user.formal.end_user`. */
export const ENTITY_COLUMNS = [
  'user',
  'endUser',
  'resource',
  'connector',
  'sidecar',
  'clientIp',
  'serverIp',
] as const;

/** One of {@link ENTITY_COLUMNS}. */
export type EntityColumn = (typeof ENTITY_COLUMNS)[number];

/** Where a world keeps a field: an entity's dictionary or a column of its own. */
export type SessionColumn =
  | EntityColumn
  | 'start'
  | 'end'
  | 'duration'
  | 'durationMs'
  | 'status'
  | 'id'
  | 'parent';

/** One queryable field of SessionObject. Source: documented (paths), assumed (types and aliases). */
export interface SessionField {
  /** Canonical path, snake_case as in the proto file. */
  readonly path: string;
  readonly type: 'raw' | 'default' | 'date' | 'number' | 'ip';
  readonly column: SessionColumn;
  /** Other names, besides camelCase. */
  readonly aliases: readonly string[];
  readonly isList?: true;
  readonly numberForm?: NumberForm;
}

/** Words without a field look here. Source: assumed. */
export const SESSION_DEFAULT_FIELDS = [
  'user',
  'end_user',
  'resource.name',
  'resource.technology',
  'connector.name',
  'id',
] as const;

/** Names of Formal's pages that SessionObject does not have: known, always empty. Source: documented (pages). */
export const EMPTY_SESSION_NAMES = [
  'risk_level',
  'policy_action',
  'policy_actions',
  'policy_name',
  'query',
  'command',
  'table',
  'table_names',
  'encrypted',
  'environment',
  'hostname',
  'query_count',
  'space',
  'contextual_data',
] as const;

/** Names that mean any of several fields. Source: assumed. */
export const SESSION_NAME_GROUPS: Readonly<Record<string, readonly string[]>> = {
  user: [
    'user.username',
    'user.formal.user.name',
    'user.formal.user.email',
    'user.formal.user.id',
    'user.native.username',
  ],
  end_user: ['user.formal.end_user.name', 'user.formal.end_user.email', 'user.formal.end_user.id'],
  resource: ['resource.name', 'resource.id'],
  connector: ['connector.name', 'connector.id'],
  sidecar: ['sidecar.id', 'sidecar.name'],
};

const SECONDS: NumberForm = {
  fromValue: (value) => durationOf(value, 1),
  fromText: (text) => secondsOf(text),
};
const MILLISECONDS: NumberForm = {
  fromValue: (value) => durationOf(value, 1000),
  fromText: (text) => (text.endsWith('s') ? scaled(secondsOf(text), 1000) : parseNumber(text)),
};

/** Every queryable field. Source: documented (paths), assumed (types and aliases). */
export const SESSION_FIELDS: readonly SessionField[] = [
  { path: 'id', type: 'raw', column: 'id', aliases: ['session_id', 'session.id'] },
  {
    path: 'start_time',
    type: 'date',
    column: 'start',
    aliases: ['timestamp', 'start', 'started_at', 'session.start_time'],
  },
  { path: 'end_time', type: 'date', column: 'end', aliases: ['end', 'ended_at', 'session.end_time'] },
  {
    path: 'duration',
    type: 'number',
    column: 'duration',
    aliases: ['duration_s', 'session.duration'],
    numberForm: SECONDS,
  },
  {
    path: 'duration',
    type: 'number',
    column: 'durationMs',
    aliases: ['duration_ms'],
    numberForm: MILLISECONDS,
  },
  { path: 'session_status', type: 'raw', column: 'status', aliases: ['status', 'state', 'session.status'] },
  {
    path: 'network.client_ip_address',
    type: 'ip',
    column: 'clientIp',
    aliases: ['client_ip', 'client_ip_address', 'ip', 'session.client_ip_address'],
  },
  {
    path: 'network.server_ip_address',
    type: 'ip',
    column: 'serverIp',
    aliases: ['server_ip', 'server_ip_address'],
  },
  { path: 'sidecar.id', type: 'raw', column: 'sidecar', aliases: ['sidecar_id'] },
  { path: 'sidecar.name', type: 'default', column: 'sidecar', aliases: ['sidecar_name'] },
  { path: 'sidecar.technology', type: 'raw', column: 'sidecar', aliases: [] },
  { path: 'user.type', type: 'raw', column: 'user', aliases: ['user_type'] },
  { path: 'user.username', type: 'default', column: 'user', aliases: ['username', 'user_username'] },
  ...userInfoFields('user.formal.user', 'user', {
    id: ['user.id', 'user_id'],
    name: ['user.name', 'user_name'],
    email: ['user.email', 'user_email', 'email'],
    type: ['user.sub_type', 'user_sub_type', 'user.formal.type'],
    groups: ['user.groups', 'groups', 'group'],
    external_ids: ['user.external_ids'],
  }),
  ...userInfoFields('user.formal.end_user', 'endUser', {
    id: endUserNames('id'),
    name: endUserNames('name'),
    email: endUserNames('email'),
    type: endUserNames('type'),
    groups: endUserNames('groups'),
    external_ids: endUserNames('external_ids'),
  }),
  {
    path: 'user.native.username',
    type: 'default',
    column: 'user',
    aliases: ['native_user', 'native.username'],
  },
  { path: 'resource.id', type: 'raw', column: 'resource', aliases: ['resource_id'] },
  { path: 'resource.name', type: 'default', column: 'resource', aliases: ['resource_name'] },
  { path: 'resource.type', type: 'raw', column: 'resource', aliases: ['resource_type'] },
  {
    path: 'resource.technology',
    type: 'raw',
    column: 'resource',
    aliases: ['technology', 'protocol', 'resource_technology'],
  },
  { path: 'connector.id', type: 'raw', column: 'connector', aliases: ['connector_id'] },
  { path: 'connector.name', type: 'default', column: 'connector', aliases: ['connector_name'] },
  { path: 'parent_session_id', type: 'raw', column: 'parent', aliases: ['parent', 'parent_id'] },
];

type UserInfoAliases = Readonly<
  Record<'id' | 'name' | 'email' | 'type' | 'groups' | 'external_ids', readonly string[]>
>;

function userInfoFields(
  path: string,
  column: EntityColumn,
  aliases: UserInfoAliases,
): readonly SessionField[] {
  return [
    { path: `${path}.id`, type: 'raw', column, aliases: aliases.id },
    { path: `${path}.name`, type: 'default', column, aliases: aliases.name },
    { path: `${path}.email`, type: 'default', column, aliases: aliases.email },
    { path: `${path}.type`, type: 'raw', column, aliases: aliases.type },
    { path: `${path}.groups`, type: 'raw', column, aliases: aliases.groups, isList: true },
    { path: `${path}.external_ids`, type: 'raw', column, aliases: aliases.external_ids, isList: true },
  ];
}

function endUserNames(name: string): readonly string[] {
  return [`end_user.${name}`, `end_user_${name}`, `enduser.${name}`];
}

function secondsOf(text: string): number | undefined {
  return parseNumber(text.endsWith('s') ? text.slice(0, -1) : text);
}

function scaled(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor;
}

/** A protobuf Duration, `4.262s`, in units of which `perSecond` make a second, without rounding twice. */
function durationOf(value: Scalar, perSecond: 1 | 1000): number | undefined {
  if (typeof value === 'number') return value * perSecond;
  const text = String(value);
  if (perSecond === 1 || !text.endsWith('s')) return scaled(secondsOf(text), perSecond);
  const [whole = '', fraction = ''] = text.slice(0, -1).split('.');
  return parseNumber(`${whole}${fraction.padEnd(3, '0').slice(0, 3)}.${fraction.slice(3)}0`);
}
