import { createSessionComparator } from '../../src/query/compare-sessions.ts';
import { compileSessionQuery } from '../../src/query/compile-session-query.ts';
import { parseSort } from '../../src/query/parse-sort.ts';
import type { ListRequest } from '../../src/sessions/list-request.ts';
import { listSessions } from '../../src/sessions/list-sessions.ts';
import type { Page } from '../../src/sessions/page.ts';
import type { SessionObject } from '../../src/world/session-object.ts';
import type { World } from '../../src/world/world.ts';

/** What a listing asks for, besides its pages. */
export type Listing = Omit<ListRequest, 'limit' | 'cursor'>;

/** Every session revealed at `now`, as an object. */
export function sessionsOf(world: World, now: number): readonly SessionObject[] {
  return Array.from({ length: world.count(now) }, (_, index) => world.at(index, now));
}

/** The ids a listing must give, in order: filter and sort over plain objects, no columns, no binary search. */
export function expectedIds(
  sessions: readonly SessionObject[],
  listing: Listing,
  now: number,
): readonly string[] {
  const { query = '', sortBy = '', startTimestamp, endTimestamp } = listing;
  const from = startTimestamp === undefined ? Number.NEGATIVE_INFINITY : Date.parse(startTimestamp);
  const until = endTimestamp === undefined ? Number.POSITIVE_INFINITY : Date.parse(endTimestamp);
  const { matches } = compileSessionQuery(query, { now });
  const found = sessions.filter((session) => {
    const start = Date.parse(session.startTime ?? '');
    return start >= from && start < until && matches(session);
  });
  return found.sort(createSessionComparator(parseSort(sortBy))).map(({ id = '' }) => id);
}

/** How a walk goes. */
export interface Walk {
  /** Limits of the pages, taken in turn. */
  readonly limits: readonly number[];
  /** Clock of page number `page`, ms since 1970. */
  readonly clock: (page: number) => number;
}

/** Every page of a listing, following `nextCursor` to its end. Throws when it does not end. */
export function walkWorld(world: World, listing: Listing, { limits, clock }: Walk): readonly Page[] {
  const pages: Page[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    if (pages.length > 2000) throw new Error('the walk does not end');
    const limit = limits[pages.length % limits.length] ?? 1;
    const page = listSessions({ ...listing, limit, cursor }, world, { now: clock(pages.length) });
    pages.push(page);
    cursor = page.listMetadata.nextCursor;
  }
  return pages;
}

/** The ids on pages, in order. */
export function idsOnPages(pages: readonly Page[], world: World): readonly string[] {
  return pages.flatMap(({ indices }) => indices.map((index) => world.idAt(index)));
}
