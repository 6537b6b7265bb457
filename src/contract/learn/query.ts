import type { Exchange } from '../exchange.ts';
import { idOf, type JsonObject, memberAt, pageOf, type RunView, sessionsOf } from '../run-view.ts';
import { isWindowComplete, sentMessage, windowSessions } from './window.ts';

/** Two attributes with few values that the query language is tried on. */
export type AttributeName = 'status' | 'technology';

interface Attribute {
  readonly path: readonly string[];
  /** Names the query language might know it by, the likeliest first. */
  readonly names: readonly string[];
}

const ATTRIBUTES: Readonly<Record<AttributeName, Attribute>> = {
  status: { path: ['sessionStatus'], names: ['session_status', 'status', 'sessionStatus'] },
  technology: {
    path: ['resource', 'technology'],
    names: ['resource.technology', 'technology', 'resource_technology'],
  },
};

const ID_NAMES = ['id', 'session_id'];
const SIMPLE_VALUE = /^[a-z][a-z0-9_]*$/;

/** The value of an attribute of a session. */
export function attributeOf(session: JsonObject, attribute: AttributeName): unknown {
  return memberAt(session, ATTRIBUTES[attribute].path);
}

/** Values of an attribute in the window that need no quoting, the most frequent first. */
export function attributeValues(view: RunView, attribute: AttributeName): readonly string[] {
  const counts = new Map<string, number>();
  for (const session of windowSessions(view)) {
    const value = attributeOf(session, attribute);
    if (typeof value === 'string' && SIMPLE_VALUE.test(value))
      counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([value]) => value);
}

/** The value to ask for: the second most frequent where there are two, so that an ignored query shows. */
export function probeValue(view: RunView, attribute: AttributeName): string | undefined {
  const values = attributeValues(view, attribute);
  return values[1] ?? values[0];
}

/** Names still to be tried for an attribute, the profile's first; the list ends once one has worked. */
export function namesToTry(view: RunView, attribute: AttributeName): readonly string[] {
  const { profile } = view.settings;
  const known = attribute === 'status' ? profile?.statusField : profile?.technologyField;
  const names = [...new Set([...(known === undefined ? [] : [known]), ...ATTRIBUTES[attribute].names])];
  return learntField(view, attribute) === undefined ? names : [];
}

/** A name the query language knows, with a value that sessions of the window have. */
export interface LearntField {
  readonly name: string;
  readonly value: string;
}

/** The first name whose answer was exactly the sessions with the value; undefined where none was. */
export function learntField(view: RunView, attribute: AttributeName): LearntField | undefined {
  const value = probeValue(view, attribute);
  if (value === undefined || !isWindowComplete(view)) return undefined;
  const expected = idSet(windowSessions(view).filter((session) => attributeOf(session, attribute) === value));
  const hit = view
    .exchanges(`query/${attribute}`)
    .find((exchange) => pageOf(exchange) !== undefined && isSameSet(idSet(sessionsOf(exchange)), expected));
  const name = hit === undefined ? undefined : fieldOfQuery(hit);
  return name === undefined ? undefined : { name, value };
}

function fieldOfQuery(exchange: Exchange): string | undefined {
  return /^(.*):[^:]*$/.exec(String(sentMessage(exchange)['query']))?.[1];
}

/** Names to try for the id. */
export function idNames(view: RunView): readonly string[] {
  const known = view.settings.profile?.idField;
  const names = [...new Set([...(known === undefined ? [] : [known]), ...ID_NAMES])];
  return learntIdField(view) === undefined ? names : [];
}

/** The session that queries by id look for: one in the middle of the window. */
export function sessionToFind(view: RunView): string | undefined {
  const sessions = windowSessions(view);
  const id = sessions[Math.floor(sessions.length / 2)]?.['id'];
  return typeof id === 'string' && /^[\w-]+$/.test(id) ? id : undefined;
}

/** The name by which the query language knows a session's id. */
export function learntIdField(view: RunView): string | undefined {
  const wanted = sessionToFind(view);
  const hit = view.exchanges('query/id').find((exchange) => {
    const found = sessionsOf(exchange);
    return found.length === 1 && found[0]?.['id'] === wanted;
  });
  return hit === undefined ? undefined : fieldOfQuery(hit);
}

/** Names that were tried and are not known, where another name is; undefined where there are none. */
export function unknownNames(view: RunView): readonly string[] | undefined {
  const learnt = [
    { probe: 'query/id', name: learntIdField(view) },
    { probe: 'query/status', name: learntField(view, 'status')?.name },
    { probe: 'query/technology', name: learntField(view, 'technology')?.name },
  ];
  const names = learnt.flatMap(({ probe, name }) => {
    const tried = view.exchanges(probe).flatMap((exchange) => fieldOfQuery(exchange) ?? []);
    return name === undefined ? [] : tried.filter((other) => other !== name);
  });
  return names.length === 0 ? undefined : names;
}

/** The ids of sessions as a set. */
export function idSet(sessions: readonly JsonObject[]): ReadonlySet<string> {
  return new Set(sessions.map(idOf));
}

/** True when two sets have the same members. */
export function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((member) => b.has(member));
}
