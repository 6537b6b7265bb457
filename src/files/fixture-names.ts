import type { SessionObject, SessionUser, UserInfo } from '../world/session-object.ts';
import type { World } from '../world/world.ts';

/** What `@NAME` can mean, by the place it stands in. */
export interface FixtureNames {
  /** A whole `user`: whoever it is acts for themselves. */
  user(name: string): SessionUser;
  /** A `user.formal.user` or `user.formal.endUser`. */
  info(name: string): UserInfo;
  /** A `resource`, `connector` or `sidecar`. */
  thing(kind: ThingKind, name: string): object;
}

/** The members of a session that are named by their own name or id. */
export type ThingKind = 'resource' | 'connector' | 'sidecar';

/**
 * Looks names up among everybody and everything of a world. People answer to their e-mail, its part before the
 * `@`, their full name, and the first word of their address; others to name or id. Whatever names nobody, or
 * more than one, throws RangeError.
 */
export function createFixtureNames(world: World): FixtureNames {
  const info = (name: string): UserInfo => {
    const found = userNamed(world, name).formal?.user;
    if (found !== undefined) return found;
    throw new RangeError(`@${name} is a native user, which is not in the directory`);
  };
  return {
    info,
    user: (name) => {
      const user = userNamed(world, name);
      if (user.formal?.user === undefined) return user;
      return { ...user, formal: { ...user.formal, endUser: user.formal.user } };
    },
    thing: (kind, name) => {
      const all = world.dictionary(kind).flatMap((entry) => entry[kind] ?? []);
      const names = (thing: { readonly id?: string; readonly name?: string }) => [thing.name, thing.id];
      return only(all, { name, kind, tiers: [names], label: (thing) => `${thing.name} (${thing.id})` });
    },
  };
}

function userNamed(world: World, name: string): SessionUser {
  const all = world.dictionary('user').flatMap(({ user }: SessionObject) => user ?? []);
  return only(all, {
    name,
    kind: 'user',
    tiers: [exactNames, firstNames],
    label: (user) => user.username ?? '',
  });
}

function exactNames({ username, formal }: SessionUser): readonly (string | undefined)[] {
  const { email, name, id } = formal?.user ?? {};
  return [username, email, email?.split('@')[0], name, id];
}

function firstNames({ formal }: SessionUser): readonly (string | undefined)[] {
  return [formal?.user?.email?.split(/[.@]/)[0]];
}

interface Wanted<T> {
  readonly name: string;
  readonly kind: string;
  /** Ways to be named, the most exact first. */
  readonly tiers: readonly ((candidate: T) => readonly (string | undefined)[])[];
  readonly label: (candidate: T) => string;
}

function only<T>(all: readonly T[], { name, kind, tiers, label }: Wanted<T>): T {
  for (const names of tiers) {
    const found = all.filter((candidate) => names(candidate).includes(name));
    const [first, ...others] = found;
    if (first === undefined) continue;
    if (others.length === 0) return first;
    const some = found.slice(0, 3).map(label).join(', ');
    throw new RangeError(`@${name} may be any of ${found.length}: ${some}; write it in full`);
  }
  throw new RangeError(`no ${kind} of this world is named ${name}`);
}
