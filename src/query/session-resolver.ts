import { type BoundField, type FieldResolver, type Resolution, readPath } from './field.ts';
import { createSuggester } from './nearest-name.ts';
import {
  EMPTY_SESSION_NAMES,
  SESSION_FIELDS,
  SESSION_NAME_GROUPS,
  type SessionField,
} from './session-fields.ts';

const FIELD_BY_PATH: ReadonlyMap<string, BoundField> = new Map(
  // The first entry of a path is its canonical form.
  [...SESSION_FIELDS].reverse().map((field) => [field.path, bindField(field)]),
);
const FIELD_BY_ALIAS: ReadonlyMap<string, BoundField> = new Map(
  SESSION_FIELDS.flatMap((field) => {
    const bound = bindField(field);
    return field.aliases.map((alias) => [alias, bound] as const);
  }),
);
const EMPTY_NAMES: ReadonlySet<string> = new Set(EMPTY_SESSION_NAMES);
const ALL_NAMES: readonly string[] = [
  ...FIELD_BY_PATH.keys(),
  ...Object.keys(SESSION_NAME_GROUPS),
  ...FIELD_BY_ALIAS.keys(),
  ...EMPTY_NAMES,
];

/**
 * What a name means for sessions: a canonical path means itself, then names of several fields, aliases, objects
 * (presence only), names that are known and empty. camelCase is folded segment by segment.
 * Source: assumed (the real index's names are not documented).
 */
export function resolveField(name: string): Resolution {
  return resolveWith(name, (unknown) => createSuggester(ALL_NAMES)(unknown));
}

/** What a server's own names differ in. */
export interface NameChanges {
  /** Names besides the usual ones, each with the canonical path it stands for. */
  readonly extraFields?: Readonly<Record<string, string>>;
  /** Usual names that are not known. */
  readonly unknownNames?: readonly string[];
}

/** {@link resolveField} for the names of one query, with the hints that go with them. */
export function createSessionResolver({
  extraFields = {},
  unknownNames = [],
}: NameChanges = {}): FieldResolver {
  const suggest = createSuggester(ALL_NAMES);
  const resolve = (name: string): Resolution => {
    if (Object.hasOwn(extraFields, name)) return resolveWith(extraFields[name] ?? name, suggest);
    if (unknownNames.includes(name)) return { kind: 'unknown', nearest: undefined };
    return resolveWith(name, suggest);
  };
  return { resolve, adviseValue };
}

function resolveWith(name: string, suggest: (name: string) => string | undefined): Resolution {
  const path = name.split('.').map(foldCamelCase).join('.');
  const exact = FIELD_BY_PATH.get(path);
  if (exact !== undefined) return { kind: 'fields', fields: [exact] };
  const group = Object.hasOwn(SESSION_NAME_GROUPS, path) ? SESSION_NAME_GROUPS[path] : undefined;
  if (group !== undefined)
    return { kind: 'fields', fields: group.flatMap((member) => FIELD_BY_PATH.get(member) ?? []) };
  const alias = FIELD_BY_ALIAS.get(path);
  if (alias !== undefined) return { kind: 'fields', fields: [alias] };
  const inside = [...FIELD_BY_PATH.values()].filter((field) => field.path.startsWith(`${path}.`));
  if (inside.length > 0) return { kind: 'object', fields: inside };
  const [head = ''] = path.split('.', 1);
  return EMPTY_NAMES.has(head) ? { kind: 'empty' } : { kind: 'unknown', nearest: suggest(path) };
}

function bindField(field: SessionField): BoundField {
  const keys = field.path.split('.').map(toCamelCase);
  const { path, type, column, numberForm } = field;
  const bound = { path, type, column, read: (document: unknown) => readPath(document, keys) };
  return numberForm === undefined ? bound : { ...bound, numberForm };
}

function foldCamelCase(segment: string): string {
  return segment.replace(
    /([a-z0-9])([A-Z])/g,
    (_, before: string, capital: string) => `${before}_${capital.toLowerCase()}`,
  );
}

function toCamelCase(segment: string): string {
  return segment.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

const USER_TYPES: ReadonlySet<string> = new Set(['human', 'machine']);

function adviseValue(field: BoundField, text: string): string | undefined {
  if (field.path !== 'user.type' || !USER_TYPES.has(text)) return undefined;
  return `user.type is formal or native, so ${text} matches nothing; did you mean user.sub_type:${text}?`;
}
