import { isObject, type JsonObject } from './run-view.ts';
import { canonicalText, sameValue } from './same-value.ts';

/** What may still change while a session has not ended. */
const UNSETTLED: readonly string[] = ['sessionStatus', 'endTime', 'duration'];

/**
 * Members in which a later look at a session differs from an earlier one. A completed session stays as it is; one
 * that was not completed yet may have ended in between, and only then its status, end and duration are free.
 */
export function changedMembers(earlier: JsonObject, later: JsonObject): readonly string[] {
  const names = [...new Set([...Object.keys(earlier), ...Object.keys(later)])];
  const isSettled = earlier['sessionStatus'] === 'completed';
  return names
    .filter((name) => isSettled || !UNSETTLED.includes(name))
    .filter((name) => !sameValue(earlier[name] ?? null, later[name] ?? null));
}

/** How one look at a page differs from an earlier one. */
export interface PageDifference {
  /** What the earlier look says should be there. */
  readonly expected: string;
  readonly got: string;
  /** JSON pointer, with `*` for positions. */
  readonly where: string;
}

/**
 * The first difference between two looks at the same page: its sessions value by value and in order, and everything
 * beside them. Of cursors only the presence counts, because they need not be the same text twice.
 */
export function pageDifference(earlier: JsonObject, later: JsonObject): PageDifference | undefined {
  return sessionsDifference(listOf(earlier), listOf(later)) ?? restDifference(earlier, later);
}

function listOf(page: JsonObject): readonly unknown[] {
  const list = page['sessions'];
  return Array.isArray(list) ? list : [];
}

/** The first difference between two looks at the same list of sessions, in order and value by value. */
export function sessionsDifference(
  earlier: readonly unknown[],
  later: readonly unknown[],
): PageDifference | undefined {
  const where = '/sessions';
  const same = `the same ${earlier.length} sessions in the same order`;
  if (earlier.length !== later.length) return { expected: same, got: `${later.length} sessions`, where };
  const idOf = (session: unknown): unknown => (isObject(session) ? session['id'] : session);
  if (!sameValue(earlier.map(idOf), later.map(idOf))) {
    const isReordered = sameValue(sortedTexts(earlier.map(idOf)), sortedTexts(later.map(idOf)));
    return { expected: same, got: isReordered ? 'another order' : 'other sessions', where };
  }
  const changed = earlier.flatMap((session, at) => {
    const other = later[at];
    return isObject(session) && isObject(other) ? changedMembers(session, other) : [];
  });
  if (changed.length === 0) return undefined;
  return {
    expected: same,
    got: `other values of ${[...new Set(changed)].join(', ')}`,
    where: `/sessions/*/${changed[0]}`,
  };
}

function sortedTexts(values: readonly unknown[]): readonly string[] {
  return values.map(canonicalText).toSorted();
}

function restDifference(earlier: JsonObject, later: JsonObject): PageDifference | undefined {
  const one = restOf(earlier);
  const two = restOf(later);
  const name = [...new Set([...Object.keys(one), ...Object.keys(two)])].find(
    (candidate) => !sameValue(one[candidate] ?? null, two[candidate] ?? null),
  );
  if (name === undefined) return undefined;
  const names = isObject(two[name]) ? Object.keys(two[name]).join(', ') : 'none';
  return { expected: `the same ${name}`, got: `another one, with ${names}`, where: `/${name}` };
}

/** A page without its sessions, and with cursors reduced to their presence. */
function restOf({ sessions: _, listMetadata: metadata, ...rest }: JsonObject): JsonObject {
  if (!isObject(metadata)) return metadata === undefined ? rest : { ...rest, listMetadata: metadata };
  const { nextCursor, ...others } = metadata;
  return { ...rest, listMetadata: { ...others, ...(nextCursor === undefined ? {} : { nextCursor: true }) } };
}
