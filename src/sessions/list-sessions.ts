import { ConnectError } from '../connect/connect-error.ts';
import type { World } from '../world/world.ts';
import { type Cursor, type CursorScope, decodeCursor, encodeCursor } from './cursor.ts';
import type { ListRequest } from './list-request.ts';
import type { ListMetadata, Page } from './page.ts';
import { readField } from './read-field.ts';
import { countRows, type Steps, selectRows } from './select-rows.ts';
import { type SessionPlan, sessionIndexOf } from './session-index.ts';
import { DEFAULT_SETTINGS, type SessionsSettings } from './settings.ts';
import { resolveWindow } from './window.ts';

/** What a listing depends on besides request and world. */
export interface ListOptions {
  /** The instant at which the world is seen, ms since 1970; a cursor brings its own. */
  readonly now: number;
  /** Default: {@link DEFAULT_SETTINGS}. */
  readonly settings?: SessionsSettings;
}

/**
 * ListSessionsV2 as a pure function: one page of the world's sessions, newest first unless sorted.
 * Throws ConnectError `invalid_argument` for a query, sort, time or cursor that cannot be read.
 * Source: documented (parameters), assumed (order, window bounds, sort syntax: see {@link SessionsSettings}).
 */
export function listSessions(request: ListRequest, world: World, options: ListOptions): Page {
  return finishSteps(listSessionsInSteps(request, world, options));
}

/**
 * {@link listSessions} as a generator that pauses every few milliseconds of scanning. What can be wrong with a
 * request is thrown before the first pause.
 */
export function* listSessionsInSteps(request: ListRequest, world: World, options: ListOptions): Steps<Page> {
  const { settings = DEFAULT_SETTINGS } = options;
  const scope = createScope(request, world);
  const cursor = readCursor(request.cursor ?? '', scope, settings);
  const now = cursor?.now ?? options.now;
  const { plan, warnings } = readQuery(request.query ?? '', { world, now, settings });
  const rows = resolveWindow(request, { world, now, settings });
  const selected = yield* selectRows(world, {
    rows,
    order: readField('sortBy', () => sessionIndexOf(world).order(request.sortBy ?? '', settings)),
    plan,
    now,
    most: request.limit + 1,
    after: cursor === undefined ? undefined : findRow(cursor, world),
  });
  const indices = selected.slice(0, request.limit);
  const hasCursor =
    selected.length > request.limit ||
    (settings.lastFullPageCursor === 'present' && selected.length === request.limit);
  const last = hasCursor ? indices.at(-1) : undefined;
  const nextCursor =
    last === undefined ? undefined : encodeCursor({ sessionId: world.idAt(last), now }, scope);
  const count = settings.count === 'total' ? yield* countRows(world, { rows, plan, now }) : indices.length;
  const listMetadata = describePage(indices, world, { count, nextCursor, settings });
  return { indices, now, listMetadata, warnings };
}

/** How many sessions a query selects. Throws ConnectError `invalid_argument` for a query that cannot be read. */
export function countSessions(query: string, world: World, options: ListOptions): number {
  const { now, settings = DEFAULT_SETTINGS } = options;
  const { plan } = readQuery(query, { world, now, settings });
  return finishSteps(countRows(world, { rows: { low: 0, high: world.count(now) }, plan, now }));
}

function finishSteps<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

interface ReadContext {
  readonly world: World;
  readonly now: number;
  readonly settings: SessionsSettings;
}

function readQuery(
  text: string,
  { world, now, settings }: ReadContext,
): { readonly plan: SessionPlan['plan'] | undefined; readonly warnings: SessionPlan['warnings'] } {
  if (text === '') return { plan: undefined, warnings: [] };
  return readField(
    'query',
    () => sessionIndexOf(world).query(text, { now, settings }),
    settings.brokenQueryCode,
  );
}

function createScope(request: ListRequest, world: World): CursorScope {
  const { query = '', sortBy = '', startTimestamp = '', endTimestamp = '' } = request;
  return { world: world.identity, query, sortBy, startTimestamp, endTimestamp };
}

function readCursor(
  text: string,
  scope: CursorScope,
  { foreignCursor }: SessionsSettings,
): Cursor | undefined {
  if (text === '') return undefined;
  const cursor = decodeCursor(text, scope);
  if (cursor === undefined) {
    throw new ConnectError('invalid_argument', 'cursor: not one of this server; pass nextCursor unchanged');
  }
  if (cursor.isForeign && foreignCursor === 'error') {
    const reason = 'belongs to another query, sortBy, startTimestamp or endTimestamp; repeat them unchanged';
    throw new ConnectError('invalid_argument', `cursor: ${reason}`);
  }
  return cursor;
}

function findRow(cursor: Cursor, world: World): number {
  const index = world.find(cursor.sessionId);
  if (index !== -1) return index;
  throw new ConnectError('invalid_argument', 'cursor: its session is no longer here; start the walk again');
}

interface PageFacts {
  readonly count: number;
  readonly nextCursor: string | undefined;
  readonly settings: SessionsSettings;
}

function describePage(
  indices: readonly number[],
  world: World,
  { count, nextCursor, settings }: PageFacts,
): ListMetadata {
  const first = indices[0];
  const last = indices.at(-1);
  const hasEdges = settings.pageEdges === 'ids' && first !== undefined && last !== undefined;
  return {
    ...(hasEdges ? { after: world.idAt(last), before: world.idAt(first) } : {}),
    ...(settings.count === 'absent' || count === 0 ? {} : { count }),
    ...(nextCursor === undefined ? {} : { nextCursor }),
  };
}
