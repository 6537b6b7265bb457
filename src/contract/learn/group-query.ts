import { remember } from '../remember.ts';
import type { JsonObject, RunView } from '../run-view.ts';
import { attributeOf, attributeValues, idSet, isSameSet, learntField } from './query.ts';
import { isWindowComplete, windowSessions } from './window.ts';

/** A query with a group, AND, OR and NOT, what it must give, and what it gives where it is misread. */
export interface GroupQuery {
  readonly text: string;
  /** Ids of the sessions that match. */
  readonly expected: ReadonlySet<string>;
  /** Misreadings that give something else on this data. */
  readonly misreadings: ReadonlyMap<string, ReadonlySet<string>>;
}

type Predicate = (session: JsonObject) => boolean;

interface Clauses {
  readonly technology: Predicate;
  readonly one: Predicate;
  readonly other: Predicate;
}

/** Each reads `(technology OR NOT one) AND NOT other` in its own wrong way. */
const MISREADINGS: Readonly<Record<string, (clauses: Clauses) => Predicate>> = {
  'parentheses ignored':
    ({ technology, one, other }) =>
    (session) =>
      technology(session) || (!one(session) && !other(session)),
  'NOT ignored inside the group':
    ({ technology, one, other }) =>
    (session) =>
      (technology(session) || one(session)) && !other(session),
  'AND NOT read as AND':
    ({ technology, one, other }) =>
    (session) =>
      (technology(session) || !one(session)) && other(session),
  'NOT ignored everywhere':
    ({ technology, one, other }) =>
    (session) =>
      (technology(session) || one(session)) && other(session),
  'AND NOT dropped':
    ({ technology, one }) =>
    (session) =>
      technology(session) || !one(session),
  'the group dropped':
    ({ other }) =>
    (session) =>
      !other(session),
};

/**
 * The query of this shape that tells most misreadings apart on the window's data; undefined where the names of the
 * fields are not known, or the data tells none.
 */
export const groupQuery: (view: RunView) => GroupQuery | undefined = remember((view) => {
  const status = learntField(view, 'status')?.name;
  const technology = learntField(view, 'technology')?.name;
  if (status === undefined || technology === undefined || !isWindowComplete(view)) return undefined;
  const statuses = attributeValues(view, 'status');
  const candidates = attributeValues(view, 'technology').flatMap((kind) =>
    statuses.flatMap((one) =>
      statuses
        .filter((other) => other !== one)
        .map((other) => {
          const text = `(${technology}:${kind} OR NOT ${status}:${one}) AND NOT ${status}:${other}`;
          return createGroupQuery(view, text, [kind, one, other]);
        }),
    ),
  );
  const [best] = candidates.toSorted((a, b) => b.misreadings.size - a.misreadings.size);
  return best === undefined || best.misreadings.size === 0 ? undefined : best;
});

function createGroupQuery(
  view: RunView,
  text: string,
  [kind, one, other]: readonly [kind: string, one: string, other: string],
): GroupQuery {
  const clauses: Clauses = {
    technology: (session) => attributeOf(session, 'technology') === kind,
    one: (session) => attributeOf(session, 'status') === one,
    other: (session) => attributeOf(session, 'status') === other,
  };
  const idsWhere = (matches: Predicate): ReadonlySet<string> => idSet(windowSessions(view).filter(matches));
  const expected = idsWhere(
    (session) => (clauses.technology(session) || !clauses.one(session)) && !clauses.other(session),
  );
  const misread = Object.entries(MISREADINGS).map(([name, read]) => [name, idsWhere(read(clauses))] as const);
  return { text, expected, misreadings: new Map(misread.filter(([, ids]) => !isSameSet(ids, expected))) };
}
