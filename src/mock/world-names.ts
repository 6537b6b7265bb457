import {
  DEFAULT_NAMES,
  type NamedPerson,
  type NamedResource,
  type NameSource,
} from '../openapi/name-source.ts';
import type { SessionObject } from '../world/session-object.ts';
import type { World } from '../world/world.ts';

/**
 * The people, resources and connectors of a world, so that generated answers and sessions speak of the same ones.
 * Where the world has none of a kind, a small set of the kit's own.
 */
export function namesOfWorld(world: World): NameSource {
  const people = world.dictionary('user').flatMap(personOf);
  const resources = world.dictionary('resource').flatMap(resourceOf);
  const connectors = world.dictionary('connector').flatMap(({ connector: { id, name } = {} }) => {
    return id === undefined || name === undefined ? [] : [{ id, name }];
  });
  return {
    people: people.length > 0 ? people : DEFAULT_NAMES.people,
    resources: resources.length > 0 ? resources : DEFAULT_NAMES.resources,
    connectors: connectors.length > 0 ? connectors : DEFAULT_NAMES.connectors,
    domain: people[0]?.email.split('@')[1] ?? DEFAULT_NAMES.domain,
  };
}

function personOf({ user }: SessionObject): NamedPerson[] {
  const { id, name, email, groups = [] } = user?.formal?.user ?? {};
  // Machines have no e-mail address.
  if (id === undefined || name === undefined || email === undefined) return [];
  return [{ id, name, email, groups, ...(user?.username === undefined ? {} : { username: user.username }) }];
}

function resourceOf({ resource: { id, name, type, technology } = {} }: SessionObject): NamedResource[] {
  if (id === undefined || name === undefined || type === undefined || technology === undefined) return [];
  return [{ id, name, type, technology }];
}
