import type { QueryWarning } from '../query/query-warning.ts';
import type { SessionObject } from '../world/session-object.ts';
import type { World } from '../world/world.ts';

/** `listMetadata` of an answer; unpopulated fields are absent. Source: documented, meaning of before and after assumed. */
export interface ListMetadata {
  /** Id of the page's last session. */
  readonly after?: string;
  /** Id of the page's first session. */
  readonly before?: string;
  /** Sessions on this page. */
  readonly count?: number;
  /** Present only when another session exists. */
  readonly nextCursor?: string;
}

/** One answer's sessions, as world indices, and what goes with them. */
export interface Page {
  /** World indices in the order of the page. */
  readonly indices: readonly number[];
  /** The instant at which every session of the page is seen, ms since 1970. */
  readonly now: number;
  readonly listMetadata: ListMetadata;
  /** What is legal in the query and probably not meant. */
  readonly warnings: readonly QueryWarning[];
}

/** The page's sessions as objects. */
export function pageToSessions(page: Page, world: World): readonly SessionObject[] {
  return page.indices.map((index) => world.at(index, page.now));
}
