import { type JsonObject, memberAt, type RunView } from '../run-view.ts';
import { attributeOf, learntField } from './query.ts';
import { windowSessions } from './window.ts';

/** A clause for NOT, and which sessions of the window it is about. */
export interface ComplementClause {
  readonly text: string;
  readonly matches: (session: JsonObject) => boolean;
  /** True where the session has the field at all. */
  readonly hasField: (session: JsonObject) => boolean;
  /** True where the name was never seen to work: it follows from that of another field. */
  readonly isGuessed: boolean;
}

const CONNECTOR = ['connector', 'name'];

/**
 * The clause that NOT is tried on: one about a field that some sessions do not have, where the data and the way the
 * server names its fields allow it; otherwise the technology, or the status.
 */
export function complementClause(view: RunView): ComplementClause | undefined {
  const technology = learntField(view, 'technology');
  const connector = technology?.name === 'resource.technology' ? optionalConnector(view) : undefined;
  if (connector !== undefined) return connector;
  const attribute = technology === undefined ? 'status' : 'technology';
  const field = learntField(view, attribute);
  if (field === undefined) return undefined;
  return {
    text: `${field.name}:${field.value}`,
    matches: (session) => attributeOf(session, attribute) === field.value,
    hasField: (session) => attributeOf(session, attribute) !== undefined,
    isGuessed: false,
  };
}

function optionalConnector(view: RunView): ComplementClause | undefined {
  const nameOf = (session: JsonObject): unknown => memberAt(session, CONNECTOR);
  const names = windowSessions(view).map(nameOf);
  const value = names.find((name) => typeof name === 'string' && /^[\w-]+$/.test(name));
  // With one name only, NOT of it and NOT of a name nobody knows would be hard to tell apart.
  const isTelling = names.includes(undefined) && new Set(names).size > 2;
  if (typeof value !== 'string' || !isTelling) return undefined;
  return {
    text: `${CONNECTOR.join('.')}:"${value}"`,
    matches: (session) => nameOf(session) === value,
    hasField: (session) => nameOf(session) !== undefined,
    isGuessed: true,
  };
}
