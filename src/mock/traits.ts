import { isCode } from '../connect/code.ts';
import type { ProfileFacts } from '../files/profile-facts.ts';
import { DEFAULT_SETTINGS, type SessionsSettings, STRICT_SETTINGS } from '../sessions/settings.ts';
import { type WireTraits, wireTraitsOf } from './wire-traits.ts';

/** How a mock behaves where nobody documents how the real service does: its mode, and a profile on top. */
export interface MockTraits {
  readonly sessions: SessionsSettings;
  /** What a request without limit gets: a refusal, or a page of this size. */
  readonly absentLimit: 'refused' | number;
  /** Whether a key is also taken as `Authorization: Bearer`. */
  readonly acceptsBearer: boolean;
  readonly wire: WireTraits;
  /** Names of facts the mock cannot imitate, each with the reason. */
  readonly notImitated: readonly string[];
}

/** Sessions on a page when the request names no limit. Source: assumed (the documented sample has none). */
const ABSENT_LIMIT = 100;

/** The traits of a mode, with the facts of a profile in place of what they say otherwise. */
export function traitsOf({ strict }: { readonly strict: boolean }, facts: ProfileFacts = {}): MockTraits {
  const limit = strict ? 'refused' : ABSENT_LIMIT;
  return {
    sessions: sessionsSettings(strict ? STRICT_SETTINGS : DEFAULT_SETTINGS, facts),
    absentLimit: facts.limitAbsent === 'accepted' ? ABSENT_LIMIT : (facts.limitAbsent ?? limit),
    acceptsBearer: facts.bearer === 'accepted',
    wire: wireTraitsOf(facts),
    notImitated: notImitated(facts),
  };
}

function sessionsSettings(mode: SessionsSettings, facts: ProfileFacts): SessionsSettings {
  return {
    ...mode,
    extraFields: extraFields(facts),
    unknownNames: facts.unknownFields ?? mode.unknownNames,
    ...definedOnly({
      sortExamples: sortExamples(facts),
      unknownField: facts.queryUnknownField && ERROR_OR[facts.queryUnknownField],
      brokenQueryCode: codeOf(facts.queryBroken),
      defaultOperator: facts.defaultOperator,
      unknownSort: facts.sortUnknown && ERROR_OR[facts.sortUnknown],
      defaultOrder: facts.defaultOrder === 'other' ? undefined : facts.defaultOrder,
      windowStart: facts.windowStart,
      windowEnd: facts.windowEnd,
      invertedWindow: facts.windowInverted && ERROR_OR[facts.windowInverted],
      malformedTime: facts.timeMalformed && ERROR_OR[facts.timeMalformed],
      count: facts.count === 'other' ? undefined : facts.count,
      pageEdges: facts.pageEdges && EDGES[facts.pageEdges],
      foreignCursor: facts.cursorForeignQuery && FOREIGN_CURSOR[facts.cursorForeignQuery],
      lastFullPageCursor: facts.cursorOnLastPage,
    }),
  };
}

const ERROR_OR = { refused: 'error', empty: 'empty', ignored: 'ignored' } as const;
const EDGES = { 'first and last id': 'ids', absent: 'absent', other: undefined } as const;
const FOREIGN_CURSOR = { refused: 'error', accepted: 'accepted' } as const;

function sortExamples({
  sortAscending: ascending,
  sortDescending: descending,
}: ProfileFacts): SessionsSettings['sortExamples'] {
  return ascending === undefined || descending === undefined ? undefined : { ascending, descending };
}

function codeOf(text: string | undefined): SessionsSettings['brokenQueryCode'] | undefined {
  return text !== undefined && isCode(text) ? text : undefined;
}

function extraFields({
  idField,
  statusField,
  technologyField,
}: ProfileFacts): SessionsSettings['extraFields'] {
  return Object.fromEntries([
    ...(idField === undefined ? [] : [[idField, 'id']]),
    ...(statusField === undefined ? [] : [[statusField, 'session_status']]),
    ...(technologyField === undefined ? [] : [[technologyField, 'resource.technology']]),
  ]);
}

type Defined<T> = { readonly [Name in keyof T]?: Exclude<T[Name], undefined> };

function definedOnly<T extends object>(members: T): Defined<T> {
  // Only members without a value are left out, so what remains has the declared types.
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Defined<T>;
}

function notImitated(facts: ProfileFacts): string[] {
  const { limitAbsent, limitZero, defaultOrder, count, pageEdges, queryBroken } = facts;
  const hasOwnZero = limitZero !== undefined && limitAbsent !== undefined && limitZero !== limitAbsent;
  return [
    ...(hasOwnZero ? ['limitZero: on this wire 0 and absent are one'] : []),
    ...(defaultOrder === 'other' ? ['defaultOrder: the profile does not say which'] : []),
    ...(count === 'other' ? ['count: the profile does not say what it counts'] : []),
    ...(pageEdges === 'other' ? ['pageEdges: the profile does not say what they hold'] : []),
    ...(queryBroken !== undefined && codeOf(queryBroken) === undefined
      ? [`queryBroken: ${queryBroken} is no code of Connect`]
      : []),
  ];
}
