import type { Cast } from './cast.ts';
import type { Machine, Person } from './directory.ts';
import type { SessionObject, SessionUser, UserInfo } from './session-object.ts';
import type { CodeColumn } from './world.ts';

/** All dictionaries of a world, deeply frozen: they are shared by every session made from them. */
export type Dictionaries = Readonly<Record<CodeColumn, readonly SessionObject[]>>;

/** Makes the dictionaries: entry 0 of each is `{}`, the others are the parts of sessions by number. */
export function createDictionaries(cast: Cast): Dictionaries {
  const { people, machines, natives, resources, connectors, sidecars } = cast.directory;
  const infos = [...people.map(infoOfPerson), ...machines.map(infoOfMachine)];
  return deepFreeze({
    user: [{}, ...infos.map((info) => ({ user: formalUser(info) })), ...natives.map(nativeEntry)],
    endUser: [{}, ...infos.map((endUser) => ({ user: { formal: { endUser } } }))],
    resource: [
      {},
      ...resources.map(({ type, id, name, technology }) => ({ resource: { type, id, name, technology } })),
    ],
    connector: [{}, ...connectors.map(({ id, name }) => ({ connector: { id, name } }))],
    sidecar: [{}, ...sidecars.map(({ id, name, technology }) => ({ sidecar: { id, name, technology } }))],
    clientIp: cast.clientAddresses.map((address) =>
      address === '' ? {} : { network: { clientIpAddress: address } },
    ),
    serverIp: cast.serverAddresses.map((address) =>
      address === '' ? {} : { network: { serverIpAddress: address } },
    ),
  });
}

function infoOfPerson({ id, name, email, groups, externalIds }: Person): UserInfo {
  return {
    id,
    name,
    email,
    type: 'human',
    ...(groups.length > 0 && { groups }),
    ...(externalIds.length > 0 && { externalIds }),
  };
}

function infoOfMachine({ id, name, groups }: Machine): UserInfo {
  return { id, name, type: 'machine', ...(groups.length > 0 && { groups }) };
}

function formalUser(user: UserInfo): SessionUser {
  return { type: 'formal', username: `idp:formal:${user.type}:${user.email ?? user.name}`, formal: { user } };
}

function nativeEntry({ username }: { readonly username: string }): SessionObject {
  return { user: { type: 'native', username, native: { username } } };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFreeze(member);
  }
  return value;
}
