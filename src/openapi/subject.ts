import { type Draw, drawsOf } from './draw.ts';
import type { NamedConnector, NamedPerson, NamedResource, NameSource } from './name-source.ts';

/** Whom or what an object is about, so that its properties agree with each other. */
export interface Subject {
  /** What the object is, in one lower-case word: `user`, `order`. */
  readonly entity: string;
  /** The kind of thing its own `id` and `name` belong to. */
  readonly kind: 'person' | 'resource' | 'connector' | 'other';
  readonly person: NamedPerson;
  readonly resource: NamedResource;
  readonly connector: NamedConnector;
  /** When it began, in ms since 1970: all its times follow from this one. */
  readonly startMs: number;
  /** Distinguishes it from all others. */
  readonly key: string;
}

/** What a subject is made from. */
export interface SubjectOptions {
  readonly names: NameSource;
  /** ms since 1970. */
  readonly now: number;
  readonly key: string;
  readonly entity: string;
  /** Position in a list. */
  readonly index?: number;
  /** Number of the person, resource and connector, counted beyond the end of each list; drawn where absent. */
  readonly rank?: number;
  /** An id the object is known to have, e.g. from the path. */
  readonly knownId?: string;
}

const PERSON =
  /^(user|person|people|member|employee|owner|author|assignee|customer|contact|admin|creator|reporter|reviewer|approver|sender|recipient|human|actor|profile|account)$/;
const RESOURCE = /^(resource|datastore|database|datasource|warehouse|instance|cluster)$/;
const CONNECTOR = /^(connector|gateway|proxy|agent)$/;

/** The kind of thing a word names. */
export function kindOf(word: string): Subject['kind'] {
  if (PERSON.test(word)) return 'person';
  if (RESOURCE.test(word)) return 'resource';
  return CONNECTOR.test(word) ? 'connector' : 'other';
}

const DAY_MS = 86_400_000;

/** Chooses whom and what an object is about. */
export function subjectOf(options: SubjectOptions): Subject {
  const { names, now, key, entity, index } = options;
  const draw = drawsOf(`${key} subject`);
  const kind = kindOf(entity);
  return {
    entity,
    kind,
    person: choose(names.people, draw, options),
    resource: choose(names.resources, draw, options),
    connector: choose(names.connectors, draw, options),
    // Lists read newest first; objects of their own lie somewhere in the last month.
    startMs:
      index === undefined
        ? now - Math.floor(draw.float() * 30 * DAY_MS) - 60_000
        : now - stepsBack(index, draw),
    key,
  };
}

function stepsBack(index: number, draw: Draw): number {
  return (index + 1) * 600_000 - Math.floor(draw.float() * 500_000);
}

function choose<T extends { readonly id: string }>(
  entries: readonly T[],
  draw: Draw,
  { rank, knownId }: SubjectOptions,
): T {
  const known = knownId === undefined ? undefined : entries.find(({ id }) => id === knownId);
  if (known !== undefined) return known;
  const drawn = draw.pick(entries);
  return rank === undefined ? drawn : (entries[rank % entries.length] ?? drawn);
}
