import type { Validator } from '../openapi/compile-validator.ts';
import { fixtureError } from '../sessions/fixture-error.ts';
import { replacing } from '../sessions/fixture-parts.ts';
import type { FixtureOperation, FixtureTarget, SessionPatch } from '../sessions/fixtures.ts';
import type { FixtureEntry } from './fixture-entries.ts';
import type { FixtureNames } from './fixture-names.ts';
import { parseRelativeTime, wireDuration, wireInstant } from './fixture-time.ts';

/** What the words in a fixture mean. */
export interface FixtureMeaning {
  readonly names: FixtureNames;
  /** ms since 1970. */
  readonly now: number;
  /** Checks a session; undefined for fixtures of the package, which a test has checked. */
  readonly validate: Validator | undefined;
}

/** The operation of an entry: times absolute, names replaced, checked. Throws KitError `ERR_FIXTURE_INVALID`. */
export function resolveFixture(entry: FixtureEntry, meaning: FixtureMeaning): FixtureOperation {
  const { kind, value, source } = entry;
  switch (kind) {
    case 'add':
      // The validator has shown that it is a session.
      return { kind, session: resolveSession(entry, { value, at: '', meaning }), source };
    case 'patch':
      return {
        kind,
        target: targetOf(entry, ['set']),
        set: resolveSession(entry, { value: memberOf(value, 'set'), at: '/set', meaning }),
        source,
      };
    case 'drop':
      return { kind, target: typeof value === 'string' ? { id: value } : targetOf(entry, []), source };
  }
}

interface Unresolved {
  readonly value: unknown;
  /** Pointer of the session inside the entry. */
  readonly at: string;
  readonly meaning: FixtureMeaning;
}

function resolveSession(entry: FixtureEntry, { value, at, meaning }: Unresolved): SessionPatch {
  if (!isRecord(value)) throw wrong(entry, at, 'a session is an object');
  const resolved = withTimes(withNames(entry, value, { at, meaning }), meaning.now);
  const [violation] = meaning.validate?.(withoutNulls(resolved)) ?? [];
  if (violation !== undefined) throw wrong(entry, `${at}${violation.pointer}`, violation.message);
  return resolved;
}

type Session = Readonly<Record<string, unknown>>;

function withTimes(session: Session, now: number): Session {
  const resolved = { ...session };
  for (const name of ['startTime', 'endTime']) {
    const time = resolved[name];
    if (typeof time === 'string') resolved[name] = parseRelativeTime(time, now) ?? wireInstant(time);
  }
  const { duration } = resolved;
  if (typeof duration === 'string') resolved['duration'] = wireDuration(duration);
  return resolved;
}

function withNames(
  entry: FixtureEntry,
  session: Session,
  { at, meaning }: Omit<Unresolved, 'value'>,
): Session {
  const { names } = meaning;
  const named = (value: unknown, member: string, find: (name: string) => object): unknown => {
    if (typeof value !== 'string' || !value.startsWith('@')) return value;
    try {
      return replacing(find(value.slice(1)), member.split('/').slice(1));
    } catch (error) {
      throw wrong(entry, `${at}${member}`, error instanceof Error ? error.message : String(error));
    }
  };
  const resolved: Record<string, unknown> = { ...session };
  for (const kind of ['resource', 'connector', 'sidecar'] as const) {
    if (kind in session) resolved[kind] = named(session[kind], `/${kind}`, (name) => names.thing(kind, name));
  }
  if (!('user' in session)) return resolved;
  const user = named(session['user'], '/user', names.user);
  resolved['user'] = user;
  const formal = memberOf(user, 'formal');
  if (!isRecord(user) || !isRecord(formal)) return resolved;
  const infos = Object.entries(formal).map(
    ([member, info]) => [member, named(info, `/user/formal/${member}`, names.info)] as const,
  );
  resolved['user'] = { ...user, formal: Object.fromEntries(infos) };
  return resolved;
}

function targetOf(entry: FixtureEntry, others: readonly string[]): FixtureTarget {
  const { value } = entry;
  const members = isRecord(value) ? Object.keys(value) : [];
  const [id, where] = [memberOf(value, 'id'), memberOf(value, 'where')];
  const isKnown = members.length === 1 + others.length && others.every((name) => members.includes(name));
  if (isKnown && typeof id === 'string') return { id };
  if (isKnown && typeof where === 'string') return { where };
  const expected = others.length === 0 ? 'an id, or an object' : 'an object';
  throw wrong(entry, '', `expected ${expected} with ${['id or where (a query)', ...others].join(' and ')}`);
}

/** What a patch sets to null it takes away: nothing is left to check. */
function withoutNulls(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const kept = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutNulls(member)]));
}

function wrong(entry: FixtureEntry, member: string, reason: string): Error {
  return fixtureError({ ...entry.source, line: entry.lineOf(member) }, reason, member);
}

function memberOf(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

function isRecord(value: unknown): value is Session {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
