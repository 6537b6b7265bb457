import type { SessionObject } from '../world/session-object.ts';
import type { SessionPatch } from './fixtures.ts';

type Shape = { readonly [member: string]: Shape | null };

const INFO: Shape = { id: null, name: null, email: null, type: null, groups: null, externalIds: null };
const PARTS: Shape = {
  network: { clientIpAddress: null, serverIpAddress: null },
  sidecar: { id: null, name: null, technology: null },
  user: {
    type: null,
    username: null,
    formal: { user: INFO, endUser: INFO },
    native: { username: null },
  },
  resource: { type: null, id: null, name: null, technology: null },
  connector: { id: null, name: null },
};

/** A session's members besides id, times, status and parent. */
export type SessionParts = Omit<
  SessionObject,
  'id' | 'startTime' | 'endTime' | 'duration' | 'sessionStatus' | 'parentSessionId'
>;

/**
 * Parts after a change (RFC 7396), with members in the order of the wire and unpopulated ones (`""`, `[]`) left
 * out, as proto3 does. Deeply frozen.
 */
export function changeParts(parts: SessionParts, change: SessionPatch): SessionParts {
  // Members of a session stay members of a session; values were checked against the document.
  return deepFreeze(ordered(merged(parts, change), PARTS)) as SessionParts;
}

/** The change without the members that are not parts. */
export function partsOf(change: SessionPatch): SessionPatch {
  const { id: _, startTime, endTime, duration, sessionStatus, parentSessionId, ...parts } = change;
  return parts;
}

/**
 * A change that replaces what stands at a path of a session by `value`, instead of merging it: members that
 * `value` lacks are `null`.
 */
export function replacing(value: object, path: readonly string[]): SessionPatch {
  const shape = path.reduce<Shape>((outer, name) => outer[name] ?? {}, PARTS);
  return whole(value, shape);
}

function whole(value: object, shape: Shape): SessionPatch {
  const given = new Map<string, unknown>(Object.entries(value));
  const names = new Set([...Object.keys(shape), ...given.keys()]);
  const entries = [...names].map((name) => {
    const member = given.get(name) ?? null;
    return [name, isRecord(member) ? whole(member, shape[name] ?? {}) : member] as const;
  });
  return Object.fromEntries(entries);
}

function merged(value: unknown, change: unknown): unknown {
  if (!isRecord(change)) return change;
  const result: Record<string, unknown> = isRecord(value) ? { ...value } : {};
  for (const [name, part] of Object.entries(change)) {
    if (part === null) delete result[name];
    else result[name] = merged(result[name], part);
  }
  return result;
}

function ordered(value: unknown, shape: Shape | null): unknown {
  if (Array.isArray(value)) return [...value];
  if (!isRecord(value)) return value;
  const known = Object.keys(shape ?? {});
  const others = Object.keys(value).filter((name) => !known.includes(name));
  const entries = [...known, ...others]
    .filter((name) => isPopulated(value[name]))
    .map((name) => [name, ordered(value[name], shape?.[name] ?? null)] as const);
  return Object.fromEntries(entries);
}

function isPopulated(value: unknown): boolean {
  return value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFreeze(member);
  }
  return value;
}
